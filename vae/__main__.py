"""`dctvae`: compress, train, encode, decode and measure from the command line."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
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


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 with one line on stderr when not."""
    given = list(sys.argv[1:] if argv is None else argv)
    if isinstance(sys.stdout, TextIOWrapper):  # names of files need not be text
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        arguments = _parser(given[:1]).parse_args(given)
        arguments.run(arguments)
    except DctvaeError as error:
        print(f"dctvae: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("dctvae: stopped", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read our output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        what = error.filename or "what is printed"
        print(f"dctvae: {what}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


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


def _parser(named: Sequence[str]) -> argparse.ArgumentParser:
    """What reads the command line; only the command that is named is loaded.

    Some need nothing that takes long to load, and are there at once, as the version is.
    """
    parser: argparse.ArgumentParser = _Parser(
        prog="dctvae", description="A variational autoencoder of music."
    )
    parser.add_argument(
        "--version", action=_Version, nargs=0, help="say which version this is"
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    known: Sequence[str] = COMMANDS
    if named and named[0] in (*COMMANDS, "--version"):
        known = tuple(name for name in COMMANDS if name in named)
    for name in known:
        import_module(f"vae.commands.{name}").add_parser(subparsers)
    return parser


if __name__ == "__main__":
    sys.exit(main())
