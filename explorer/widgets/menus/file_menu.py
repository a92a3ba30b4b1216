"""The File menu."""

from explorer.widgets.menus.action_spec import ActionSpec, Menu

FILE = Menu(
    title="File",
    specs=(
        ActionSpec(
            name="open_song",
            text="&Open songs…",
            tip="Open sound files: the first becomes the source, the sliders go to it",
            keys=("Ctrl+O",),
            icon="song",
        ),
        ActionSpec(
            name="next_song",
            text="&Next song",
            tip="Open the next song of the list",
            keys=("Ctrl+PgDown",),
            do=lambda session: session.songs.step(1),
            able=lambda session: len(session.songs.entries) > 1,
        ),
        ActionSpec(
            name="previous_song",
            text="Pre&vious song",
            tip="Open the song before in the list",
            keys=("Ctrl+PgUp",),
            do=lambda session: session.songs.step(-1),
            able=lambda session: len(session.songs.entries) > 1,
        ),
        ActionSpec(
            name="remove_song",
            text="Remove son&g",
            tip="Take the open song out of the list, and with it what was done to it",
            do=lambda session: session.songs.remove_current(),
            able=lambda session: len(session.songs.entries) > 1,
        ),
        ActionSpec(
            name="open_model",
            text="Open &model…",
            tip="Open a trained model",
            keys=("Ctrl+Alt+O",),
            icon="model",
        ),
        ActionSpec(
            name="open_project",
            text="Open p&roject…",
            tip="Go on with songs and edits that were saved together",
            keys=("Ctrl+Shift+O",),
            separated=True,
        ),
        ActionSpec(
            name="save_project",
            text="&Save project",
            tip="Save all songs of the list, their edits, slots and bookmarks",
            keys=("Ctrl+S",),
            needs_song=True,
        ),
        ActionSpec(
            name="save_project_as",
            text="Save project &as…",
            tip="Save the project to another file, and go on with that one",
            keys=("Ctrl+Shift+S",),
            needs_song=True,
        ),
        ActionSpec(
            name="open_preset",
            text="Open &preset…",
            tip="Go to a point saved in a file",
            keys=("Ctrl+P",),
            separated=True,
            needs_song=True,
        ),
        ActionSpec(
            name="save_preset",
            text="Save prese&t…",
            tip="Save the present point to a file",
            keys=("Ctrl+Alt+S",),
            needs_song=True,
        ),
        ActionSpec(
            name="export",
            text="&Export sound…",
            tip="Write the whole song, as it is heard now, to a WAV or FLAC file",
            keys=("Ctrl+E",),
            icon="export",
            separated=True,
            needs_song=True,
        ),
        ActionSpec(
            name="quit",
            text="&Quit",
            tip="Close the program",
            keys=("Ctrl+Q",),
            separated=True,
        ),
    ),
    signals=lambda session: (session.songs.changed,),
)
