"""`dctvae corpus`: compose songs to train on."""

import argparse
import json
import os
from pathlib import Path

from vae.corpus.library import FORMATS, Order, fill
from vae.errors import CorpusError
from vae.progress import ProgressBar

SECONDS = 128.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may follow `dctvae corpus`."""
    parser.add_argument("--songs", type=int, required=True, metavar="N")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--seed", type=int, default=0, metavar="S", help="of the corpus (default 0)"
    )
    parser.add_argument(
        "--first", type=int, default=0, metavar="I", help="the first song (default 0)"
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
    parser.add_argument("--seconds", type=float, default=SECONDS, metavar="T")
    parser.add_argument("--format", choices=sorted(FORMATS), default="flac")
    parser.add_argument("--json", action="store_true", help="print JSON")
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
        raise CorpusError(
            "stopped; the same command goes on with the songs that are missing"
        ) from None
    facts = {"songs": order.songs, "new": made, "folder": str(order.out)}
    if arguments.json:
        print(json.dumps(facts))
    else:
        for name, value in facts.items():
            print(f"{name}: {value}")
