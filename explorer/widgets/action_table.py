"""Everything the window can be told to do, in one table.

Menus, buttons, shortcuts and the keyboard reference are made from it.
"""

from dataclasses import dataclass

MENUS = ("File", "Edit", "Play", "View", "Help")


@dataclass(frozen=True, kw_only=True)
class ActionSpec:
    """One thing to do.

    Attributes
    ----------
    name : str
        By which widgets find it.
    menu : str
        One of MENUS.
    tip : str
        What it does, in a sentence without its shortcut.
    keys : tuple of str
        Shortcuts, the first one shown in the menu.
    """

    name: str
    menu: str
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    separated: bool = False  # from what is above it in the menu
    needs_song: bool = False


SPECS = (
    ActionSpec(
        name="open_song",
        menu="File",
        text="&Open song…",
        tip="Open a sound file: it becomes the source, and the sliders go to its point",
        keys=("Ctrl+O",),
        icon="song",
    ),
    ActionSpec(
        name="open_model",
        menu="File",
        text="Open &model…",
        tip="Open a trained model",
        keys=("Ctrl+Shift+O",),
        icon="model",
    ),
    ActionSpec(
        name="export",
        menu="File",
        text="&Export sound…",
        tip="Write the whole song, as it is heard now, to a WAV or FLAC file",
        keys=("Ctrl+E",),
        icon="export",
        separated=True,
        needs_song=True,
    ),
    ActionSpec(
        name="quit",
        menu="File",
        text="&Quit",
        tip="Close the program",
        keys=("Ctrl+Q",),
        separated=True,
    ),
    ActionSpec(
        name="undo",
        menu="Edit",
        text="&Undo",
        tip="Take back the last change of the sliders",
        keys=("Ctrl+Z",),
        icon="undo",
    ),
    ActionSpec(
        name="redo",
        menu="Edit",
        text="&Redo",
        tip="Do again what was taken back",
        keys=("Ctrl+Shift+Z", "Ctrl+Y"),
        icon="redo",
    ),
    ActionSpec(
        name="random",
        menu="Edit",
        text="R&andom point",
        tip="Go to a random point of the training songs' own cloud",
        keys=("R",),
        icon="random",
        separated=True,
        needs_song=True,
    ),
    ActionSpec(
        name="reset",
        menu="Edit",
        text="Re&set all sliders",
        tip="Put every slider back to the song's own value",
        keys=("Ctrl+R",),
        icon="reset",
    ),
    ActionSpec(
        name="play",
        menu="Play",
        text="&Play",
        tip="Play, or pause",
        keys=("Space",),
        icon="play",
        needs_song=True,
    ),
    ActionSpec(
        name="loop",
        menu="Play",
        text="&Loop",
        tip="Play the song round and round",
        keys=("L",),
        icon="loop",
        checkable=True,
    ),
    ActionSpec(
        name="start",
        menu="Play",
        text="Go to the &start",
        tip="Move the playhead to the start of the song",
        keys=("Home",),
        icon="start",
        needs_song=True,
    ),
    ActionSpec(
        name="back",
        menu="Play",
        text="&Back 5 s",
        tip="Move the playhead back by five seconds",
        keys=("Ctrl+Left",),
        needs_song=True,
    ),
    ActionSpec(
        name="forward",
        menu="Play",
        text="&Forward 5 s",
        tip="Move the playhead on by five seconds",
        keys=("Ctrl+Right",),
        needs_song=True,
    ),
    ActionSpec(
        name="source_song",
        menu="Play",
        text="Source: the so&ng",
        tip="The sliders filter the song itself",
        keys=("Ctrl+1",),
        icon="song",
        checkable=True,
        separated=True,
        needs_song=True,
    ),
    ActionSpec(
        name="source_noise",
        menu="Play",
        text="Source: n&oise",
        tip="The sliders filter noise: what is heard is the model alone",
        keys=("Ctrl+2",),
        icon="noise",
        checkable=True,
        needs_song=True,
    ),
    ActionSpec(
        name="louder",
        menu="Play",
        text="Lo&uder",
        tip="Play one decibel louder",
        keys=("Ctrl+Up",),
        separated=True,
    ),
    ActionSpec(
        name="quieter",
        menu="Play",
        text="&Quieter",
        tip="Play one decibel quieter",
        keys=("Ctrl+Down",),
    ),
    ActionSpec(
        name="restart_engine",
        menu="Play",
        text="Start the &engine again",
        tip="Start the engine again after it has stopped for good",
        separated=True,
    ),
    ActionSpec(
        name="full_screen",
        menu="View",
        text="&Full screen",
        tip="Give the window the whole screen",
        keys=("F11",),
        checkable=True,
    ),
    ActionSpec(
        name="keyboard",
        menu="Help",
        text="&Keyboard and mouse",
        tip="Every key and what it does",
        keys=("F1",),
    ),
    ActionSpec(
        name="about",
        menu="Help",
        text="&About",
        tip="What this program is",
    ),
)
