"""`dctvae name`: what each axis of a model does, found out and kept in its file."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from vae.checkpoint import load_checkpoint, write_traits
from vae.commands.arguments import (
    Subparsers,
    add_cache,
    add_command,
    add_folders,
    add_json,
)
from vae.commands.output import add_force, check_output
from vae.dataset import load_dataset
from vae.evaluation.agreement import agreement
from vae.evaluation.effects import measure_effects
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.reference import drawn_files
from vae.evaluation.subject import Subject
from vae.latents.directions import directions_to_plain
from vae.latents.traits import to_plain
from vae.progress import ProgressBar


def add_parser(subparsers: Subparsers) -> None:
    """Take a model, and songs to hear it on."""
    parser = add_command(subparsers, "name", "find out what each axis of a model does")
    parser.add_argument(
        "model", type=Path, metavar="MODEL", help="a model file, as training writes it"
    )
    add_folders(parser, "songs to hear it on")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="NAMED",
        help="where the named model goes (default: MODEL itself)",
    )
    add_force(parser)
    add_cache(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Measure the axes on some songs, name them, and keep the names with the model."""
    target = arguments.output or arguments.model
    if target != arguments.model:
        check_output(target, force=arguments.force)
    checkpoint = load_checkpoint(arguments.model)
    subject = Subject(checkpoint)
    with ProgressBar() as bar:
        dataset = load_dataset(
            drawn_files(arguments.folders),
            checkpoint.config.transform,
            cache=arguments.cache,
            progress=lambda share: bar("preparing the songs", share),
        )
        songs = [Excerpt.of(one, checkpoint.config.frames) for one in dataset.songs]
        effects = measure_effects(subject, songs, lambda share: bar("listening", share))
        axes, directions = effects
        found = agreement(
            subject, dataset.songs, axes, lambda share: bar("comparing", share)
        )
    write_traits(arguments.model, axes, directions, target)
    if arguments.json:
        facts = {
            "axes": to_plain(axes),
            "directions": directions_to_plain(directions),
            "agreement": None if found is None else asdict(found),
        }
        print(json.dumps(facts))
        return
    for number, axis in enumerate(axes, 1):
        print(f"{number:3} {axis.ends or '(nothing to hear)':40} {axis.amounts}")
    print("directions along which one thing is heard to change:")
    for one in directions:
        print(f"    {one.does.ends:40} {one.does.amounts}")
    if found is not None:
        print(f"against the factors of {found.songs} songs:")
        for name, correlation in (found.traits | found.axes).items():
            print(f"  {name}: {correlation:+.2f}")
        print(f"  {found.right} axes are named rightly, {found.wrong} wrongly")
