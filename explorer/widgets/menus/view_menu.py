"""The View menu."""

from explorer.widgets.menus.action_spec import ActionSpec, Menu

VIEW = Menu(
    title="View",
    specs=(
        ActionSpec(
            name="songs",
            text="&Songs",
            tip="The songs that are loaded, to go from one to another",
            keys=("Ctrl+J",),
            icon="song",
            checkable=True,
        ),
        ActionSpec(
            name="history",
            text="&History and bookmarks",
            tip="Every step so far, to go back to any of them, and the bookmarks",
            keys=("Ctrl+H",),
            icon="history",
            checkable=True,
        ),
        ActionSpec(
            name="map",
            text="&Map of the songs",
            tip="The songs on two sliders, and the present point as a cursor to drag",
            keys=("Ctrl+M",),
            icon="map",
            checkable=True,
        ),
        ActionSpec(
            name="taller_picture",
            text="Taller &picture",
            tip="Give the picture more of the room, and the sliders less",
            keys=("Ctrl+Shift+Up",),
            separated=True,
        ),
        ActionSpec(
            name="taller_sliders",
            text="Taller sl&iders",
            tip="Give the sliders more of the room, and the picture less",
            keys=("Ctrl+Shift+Down",),
        ),
        ActionSpec(
            name="usual_layout",
            text="&Usual layout",
            tip="Put panels, picture and sliders back to where they were at first",
            keys=("Ctrl+Shift+Y",),
        ),
        ActionSpec(
            name="full_screen",
            text="&Full screen",
            tip="Give the window the whole screen",
            keys=("F11",),
            checkable=True,
        ),
        ActionSpec(
            name="theme_dark",
            text="&Dark",
            tip="Light on dark, for a dim room",
            keys=("F7",),
            separated=True,
            checkable=True,
        ),
        ActionSpec(
            name="theme_light",
            text="&Light",
            tip="Dark on light, for a bright room",
            keys=("F8",),
            checkable=True,
        ),
    ),
)
