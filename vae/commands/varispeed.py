"""`dctvae varispeed`: the same songs faster and slower, to train on too."""

import argparse
from pathlib import Path

from vae.commands.arguments import Subparsers, add_command, add_folders, add_json
from vae.commands.facts import print_facts
from vae.progress import ProgressBar
from vae.varispeed import FARTHEST, SEMITONES, vary


def add_parser(subparsers: Subparsers) -> None:
    """Take folders of songs, where to write, and how much faster and slower."""
    parser = add_command(
        subparsers, "varispeed", "play songs faster and slower, for more to train on"
    )
    add_folders(parser, "songs, in folders and those below them")
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="the folder they go to; those that are there already are kept",
    )
    parser.add_argument(
        "--semitones",
        nargs="+",
        type=semitones,
        default=SEMITONES,
        metavar="N",
        help="up or down, -24 to 24 (default -6 -4 -2 2 4 6)",
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Write every song at every speed, and say what could not be read."""
    with ProgressBar() as bar:
        written, refused = vary(
            arguments.folders,
            arguments.out,
            arguments.semitones,
            lambda share: bar("playing", share),
        )
        for refusal in refused:
            bar.say(refusal.reason)
    facts = {"written": written, "refused": len(refused), "folder": str(arguments.out)}
    print_facts(facts, as_json=arguments.json)


def semitones(text: str) -> float:
    """How far up or down, -24 to 24."""
    value = float(text)
    if not abs(value) <= FARTHEST:
        raise argparse.ArgumentTypeError(
            f"{text} is not between {-FARTHEST:g} and {FARTHEST:g} semitones"
        )
    return value
