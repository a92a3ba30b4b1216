"""`dctvae bench`: how fast a model explores, or how fast one is trained."""

import argparse
import json
from dataclasses import asdict, replace
from typing import get_args

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
        report = bench_training(preset, config, bar)
    if arguments.json:
        print(json.dumps(asdict(report)))
        return
    for name, value in asdict(report).items():
        print(f"{name}: {value if isinstance(value, str) else f'{value:.4g}'}")
