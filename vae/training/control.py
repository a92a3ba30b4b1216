"""The `control` file of a run folder: what another process wishes of a training.

It holds one word. The loop looks for it at every step: `pause` makes it wait, `resume`
go on, `stop` end after this step and keep the best model so far. While songs are
prepared `stop` ends the run at once.
"""

from contextlib import suppress
from pathlib import Path
from typing import Literal, get_args

from vae.files import write_bytes

NAME = "control"
Wish = Literal["pause", "resume", "stop"]
WISHES: tuple[Wish, ...] = get_args(Wish)


def ask(folder: Path, wish: Wish) -> None:
    """Leave a wish for the process that trains in a run folder.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    write_bytes(folder / NAME, f"{wish}\n".encode(), durable=False)


def wished(folder: Path) -> Wish | None:
    """The wish that waits in a run folder."""
    try:
        word = (folder / NAME).read_text().strip()
    except (OSError, UnicodeDecodeError):
        return None
    return next((wish for wish in WISHES if wish == word), None)


def forget(folder: Path) -> None:
    """Take the wish away: it is fulfilled, or of another time."""
    with suppress(OSError):
        (folder / NAME).unlink()
