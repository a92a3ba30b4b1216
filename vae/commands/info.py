"""`dctvae info`: what a model is."""

import argparse
import json
from pathlib import Path

from vae.checkpoint import load_checkpoint
from vae.commands.arguments import Subparsers, add_command, add_json


def add_parser(subparsers: Subparsers) -> None:
    """Take a model."""
    parser = add_command(subparsers, "info", "say what a model is")
    parser.add_argument(
        "model",
        nargs="?",
        type=Path,
        metavar="MODEL",
        help="the shipped one where not given",
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Say what a model is."""
    checkpoint = load_checkpoint(arguments.model)
    config = checkpoint.config
    by_ear = [one.does.name for one in checkpoint.directions]
    facts = {
        "title": checkpoint.title,
        "image_shape": list(config.image_shape),
        "latent_size": config.latent_size,
        "frames_per_latent": config.frames_per_latent,
        "overlap": config.transform.overlap,
        "likelihood": config.likelihood,
        "network": config.network,
        "parameters": checkpoint.model().parameter_count,
        "band_hz": round(config.transform.band_hz, 1),
        "named_sliders": sum(bool(one.name) for one in checkpoint.traits),
        "by_ear": by_ear,
        "songs": [song.title for song in checkpoint.songs],
        "model_hash": checkpoint.model_hash,
        "training": checkpoint.training,
    }
    if arguments.json:
        print(json.dumps(facts))
        return
    for name, value in facts.items():
        if name == "songs":
            print(f"songs: {len(checkpoint.songs)}")
        elif name == "by_ear":
            print(f"by_ear: {', '.join(by_ear) or 'nothing'}")
        elif name != "training":
            print(f"{name}: {value}")
