"""`dctvae bench`: how fast a model explores."""

import argparse
import json
from dataclasses import asdict

from vae.bench import bench
from vae.checkpoint import load_checkpoint
from vae.commands.arguments import Subparsers, add_json, add_model
from vae.progress import ProgressBar


def add_parser(subparsers: Subparsers) -> None:
    """Take a model."""
    parser = subparsers.add_parser("bench", help="measure how fast a model explores")
    add_model(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Time what a slider move is made of."""
    with ProgressBar() as bar:
        report = bench(load_checkpoint(arguments.model), bar)
    if arguments.json:
        print(json.dumps(asdict(report)))
        return
    for name, value in asdict(report).items():
        if isinstance(value, dict):
            print(
                f"{name}: {value['median_ms']:.2f} ms "
                f"({value['fastest_ms']:.2f} to {value['slowest_ms']:.2f})"
            )
        else:
            print(f"{name}: {value:.3g}")
