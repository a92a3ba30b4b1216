"""Where a command writes: looked at before any work is done."""

import argparse
import os
from pathlib import Path

from vae.errors import OutputError
from vae.files import is_folder, is_there
from vae.sound.formats import SoundFormat, format_of


def add_output(parser: argparse.ArgumentParser, metavar: str, what: str) -> None:
    """Where the result goes, and whether over a file that is there."""
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar=metavar, help=what
    )
    add_force(parser)


def add_force(parser: argparse.ArgumentParser) -> None:
    """Whether a file that is there may be written over."""
    parser.add_argument(
        "--force", action="store_true", help="write over a file that is there"
    )


def check_output(path: Path, *, force: bool) -> None:
    """See that a file can go where it was asked for; what is empty is no file.

    Raises
    ------
    OutputError
        A file is there already, and not to be written over; or no folder is, or it is
        closed to this person.
    """
    if is_folder(path):
        raise OutputError(f"{path} is a folder; name a file in it")
    if not is_there(path.parent):
        raise OutputError(f"{path} cannot be written: there is no such folder")
    if not os.access(path.parent, os.W_OK):
        raise OutputError(f"{path} cannot be written: its folder is closed to you")
    if is_there(path) and path.stat().st_size > 0 and not force:
        raise OutputError(
            f"{path} is there already; name another file, or write over it with --force"
        )


def check_sound_output(
    path: Path, *, force: bool, form: SoundFormat | None = None
) -> None:
    """The same for a sound file, whose name has to end as its format's do.

    Raises
    ------
    OutputError, AudioError
    """
    format_of(path, form)
    check_output(path, force=force)
