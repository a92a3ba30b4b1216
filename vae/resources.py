"""Where the files lie that the program brings along: the model and the demo song."""

from pathlib import Path

from vae.errors import AudioError, CheckpointError

FOLDERS = (
    Path(__file__).parent.parent / "resources",  # a checkout
    Path(__file__).parent / "shipped",  # an installed wheel
)
MODEL = "model.safetensors"
DEMO_SONG = "demo.ogg"


def resource(name: str) -> Path | None:
    """The path of a shipped file, or None where it is missing."""
    for folder in FOLDERS:
        if (folder / name).is_file():
            return folder / name
    return None


def shipped_model() -> Path:
    """The model that is opened where none is named.

    Raises
    ------
    CheckpointError
        This installation brings none.
    """
    path = resource(MODEL)
    if path is None:
        raise CheckpointError(
            f"this installation has no {MODEL}; name a model, or train one with "
            "'dctvae train FOLDER --out RUN'"
        )
    return path


def demo_song() -> Path:
    """The song that is opened where none is named.

    Raises
    ------
    AudioError
        This installation brings none.
    """
    path = resource(DEMO_SONG)
    if path is None:
        raise AudioError(f"this installation has no demo song, {DEMO_SONG}")
    return path
