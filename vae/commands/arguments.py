"""Arguments that several commands take."""

import argparse
from pathlib import Path
from typing import TypeAlias

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_command(
    subparsers: Subparsers, name: str, what: str
) -> argparse.ArgumentParser:
    """A command by its name, and what it does, in a few words for its help."""
    return subparsers.add_parser(
        name, help=what, description=f"{what[0].upper()}{what[1:]}."
    )


def add_folders(parser: argparse.ArgumentParser, what: str) -> None:
    """Some folders of songs."""
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help=what)


def add_cache(parser: argparse.ArgumentParser) -> None:
    """Where songs are kept once they are decoded and transformed."""
    parser.add_argument(
        "--cache", type=Path, metavar="DIR", help="where prepared songs are kept"
    )


def add_model(parser: argparse.ArgumentParser) -> None:
    """Which model works."""
    parser.add_argument(
        "--model", type=Path, metavar="MODEL", help="the shipped one where not given"
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Whether a program reads what is printed."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def count(text: str) -> int:
    """A number of things, 0 or more."""
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} is negative")
    return value


def share(text: str) -> float:
    """A share of the whole, 0 to 1."""
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value
