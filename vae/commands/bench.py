"""`dctvae bench`: how fast a model explores, or how fast one is trained."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any, get_args

from vae.bench import bench
from vae.checkpoint import load_checkpoint
from vae.commands.arguments import (
    Subparsers,
    add_command,
    add_json,
    add_model,
    count,
)
from vae.config import DeviceName
from vae.interruption import ends_at_once
from vae.presets import PRESETS
from vae.progress import ProgressBar


def add_parser(subparsers: Subparsers) -> None:
    """Take a model, or what would be trained."""
    parser = add_command(
        subparsers, "bench", "measure how fast a model explores, or is trained"
    )
    add_model(parser)
    parser.add_argument(
        "--train", action="store_true", help="measure training, of noise, instead"
    )
    parser.add_argument(
        "--preset",
        choices=sorted(PRESETS),
        default="seed",
        help="with --train: which recipe (default seed)",
    )
    parser.add_argument(
        "--batch-size", type=count, metavar="N", help="with --train: images a step"
    )
    parser.add_argument(
        "--device",
        choices=get_args(DeviceName),
        help="with --train: what computes (default auto)",
    )
    parser.add_argument(
        "--profile",
        action="store_true",
        help="with --train: where the time goes, too, and what bounds it",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="with --train: whether the device's losses are a CPU's, too",
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Time what a slider move is made of, or a step of training."""
    if arguments.train:
        _run_training(arguments)
        return
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


def _run_training(arguments: argparse.Namespace) -> None:
    with ends_at_once():
        from vae.training.bench import bench_training

    preset = PRESETS[arguments.preset]
    config = preset.train
    if arguments.batch_size is not None:
        config = replace(config, batch_size=arguments.batch_size)
    if arguments.device is not None:
        config = replace(config, device=arguments.device)
    with ProgressBar() as bar:
        report = bench_training(
            preset,
            config,
            bar,
            profile=arguments.profile,
            check=arguments.check,
        )
    if arguments.json:
        print(json.dumps(asdict(report)))
        return
    for line in _told(asdict(report)):
        print(line)


def _told(figures: dict[str, Any], indent: str = "") -> Iterator[str]:
    """A line for each figure that there is, those of a group indented."""
    for name, value in figures.items():
        if isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _told(value, indent + "  ")
        elif value is not None:
            number = value if isinstance(value, str) else f"{value:.4g}"
            yield f"{indent}{name}: {number}"
