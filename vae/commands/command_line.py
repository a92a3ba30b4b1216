"""The command line of `dctvae`, read for the one command that it names."""

import argparse
import re
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from vae.errors import DctvaeError

# As help lists them; each is a module of `vae.commands`.
COMMANDS = (
    *("info", "roundtrip", "prepare", "survey", "rehearse", "train"),
    *("tweak", "encode", "decode", "sample"),
    *("evaluate", "name", "corpus", "varispeed", "pack", "bench"),
)

# What argparse says of a number that is none, and what a person calls numbers.
NO_NUMBER = re.compile(r"invalid (\w+) value: '(.*)'")
NUMBERS = {
    **dict.fromkeys(("int", "count"), "a whole number"),
    **dict.fromkeys(("float", "semitones", "share"), "a number"),
}


def read_command_line(given: Sequence[str]) -> argparse.Namespace:
    """The arguments, and as `run` what to do with them.

    Only the command that is named is loaded. Some need nothing that takes long to load,
    and are there at once, as the version is.

    Raises
    ------
    DctvaeError
        They are not as the command wants them.
    """
    parser: argparse.ArgumentParser = _Parser(
        prog="dctvae", description="A variational autoencoder of music."
    )
    parser.add_argument(
        "--version", action=_Version, nargs=0, help="say which version this is"
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    named = given[0] if given else ""
    known: Sequence[str] = COMMANDS
    if named in (*COMMANDS, "--version"):
        known = tuple(name for name in COMMANDS if name == named)
    for name in known:
        import_module(f"vae.commands.{name}").add_parser(subparsers)
    return parser.parse_args(given)


class _Parser(argparse.ArgumentParser):
    """Bad arguments are bad input like any other: one line, exit status 1."""

    def error(self, message: str) -> NoReturn:
        found = NO_NUMBER.search(message)
        if found is not None and found[1] in NUMBERS:
            words = f"{found[2] or 'nothing'} is not {NUMBERS[found[1]]}"
            message = message.replace(found[0], words)
        raise DctvaeError(f"{message} ('{self.prog} --help' says more)")


class _Version(argparse.Action):
    """Looks up the version only where it is asked for: that takes a while."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        _namespace: argparse.Namespace,
        _values: object,
        _option: str | None = None,
    ) -> None:
        from importlib.metadata import version

        print(version("dctvae-explorer"))
        parser.exit()
