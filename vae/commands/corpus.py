"""`dctvae corpus`: compose songs to train on."""

import argparse
import os
from pathlib import Path

from vae.commands.arguments import Subparsers, add_command, add_json, count
from vae.commands.facts import print_facts
from vae.corpus.library import FORMATS, Order, fill
from vae.progress import ProgressBar

SECONDS = 128.0


def add_parser(subparsers: Subparsers) -> None:
    """Take how many songs, and where they go."""
    parser = add_command(subparsers, "corpus", "compose songs to train on")
    parser.add_argument(
        "--songs", type=count, required=True, metavar="N", help="how many"
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="the folder they go to; those that are there already are kept",
    )
    parser.add_argument(
        "--seed", type=count, default=0, metavar="S", help="of the corpus (default 0)"
    )
    parser.add_argument(
        "--first", type=count, default=0, metavar="I", help="the first song (default 0)"
    )
    parser.add_argument(
        "--rate",
        type=int,
        default=44_100,
        metavar="HZ",
        help="11025 is quicker and holds all that a model hears (default 44100)",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=max(1, (os.cpu_count() or 2) - 1),
        metavar="J",
        help="processes (default: all cores but one)",
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=SECONDS,
        metavar="T",
        help="how long each is, 4 to 600 (default 128)",
    )
    parser.add_argument(
        "--format",
        choices=sorted(FORMATS),
        default="flac",
        help="ogg is smaller, flac loses nothing (default flac)",
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Compose, render and write the songs that are not there yet."""
    order = Order(
        seed=arguments.seed,
        first=arguments.first,
        songs=arguments.songs,
        out=arguments.out,
        rate=arguments.rate,
        seconds=arguments.seconds,
        format=arguments.format,
    )
    try:
        with ProgressBar() as bar:
            made = fill(order, jobs=arguments.jobs, told=bar)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(
            "stopped; the same command goes on with the songs that are missing"
        ) from None
    print_facts(
        {"songs": order.songs, "new": made, "folder": str(order.out)},
        as_json=arguments.json,
    )
