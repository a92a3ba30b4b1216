"""`dctvae rehearse`: how long a training will take, and what memory it needs."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from vae.commands.arguments import Subparsers, add_command, add_json
from vae.commands.training_options import add_options, options_of
from vae.interruption import ends_at_once
from vae.training.options import Options

NO_FOLDER = Path("rehearsal")  # nothing is read


def add_parser(subparsers: Subparsers) -> None:
    """Take what would be trained."""
    parser = add_command(
        subparsers, "rehearse", "say what a training will cost, in time and memory"
    )
    parser.add_argument(
        "--like",
        type=Path,
        metavar="RUN",
        help="rehearse what this run folder asks for",
    )
    add_options(parser)
    add_json(parser)
    parser.set_defaults(run=run, folders=[NO_FOLDER])


def run(arguments: argparse.Namespace) -> None:
    """Take a few steps on noise, and say what they cost."""
    if arguments.like is not None:
        options = Options.read(arguments.like)
    else:
        options = options_of(arguments)
    with ends_at_once():
        from vae.training.rehearsal import rehearse

    facts = asdict(rehearse(options))
    if arguments.json:
        print(json.dumps({"kind": "rehearsal", **facts}))
        return
    for name, value in facts.items():
        print(
            f"{name}: {value:.2f}" if isinstance(value, float) else f"{name}: {value}"
        )
