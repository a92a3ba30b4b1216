"""`dctvae name`: what each axis of a model does, found out and kept in its file."""

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path

from vae.checkpoint import load_checkpoint, write_traits
from vae.commands.arguments import (
    Subparsers,
    add_cache,
    add_command,
)
from vae.commands.output import add_force, check_output
from vae.dataset import load_dataset
from vae.evaluation.agreement import Agreement, agreement
from vae.evaluation.effects import Effects, measure_effects
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.reference import drawn_files
from vae.evaluation.subject import Subject
from vae.latents.directions import directions_to_plain
from vae.latents.traits import to_plain
from vae.progress import ProgressBar
from vae.training.naming import heard_files, see_it_is_done
from vae.training.records import Preparation, to_line


def add_parser(subparsers: Subparsers) -> None:
    """Take a model, and songs to hear it on."""
    parser = add_command(subparsers, "name", "find out what each axis of a model does")
    parser.add_argument(
        "model", type=Path, metavar="MODEL", help="a model file, as training writes it"
    )
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="FOLDER",
        help="songs to hear it on (default: those of the run that MODEL lies in)",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="NAMED",
        help="where the named model goes (default: MODEL itself)",
    )
    add_force(parser)
    add_cache(parser)
    parser.add_argument(
        "--json", action="store_true", help="print JSON lines, the last one the names"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Measure the axes on some songs, name them, and keep the names with the model.

    Raises
    ------
    CheckpointError, DatasetError, OutputError, TrainingError
    """
    model: Path = arguments.model
    target: Path = arguments.output or model
    checkpoint = load_checkpoint(model)
    if target == model:
        see_it_is_done(model)
    check_output(target, force=arguments.force or target == model)
    with ProgressBar() as bar:

        def told(stage: str, share: float) -> None:
            if arguments.json:
                done = Preparation(stage=stage, done=round(100 * share), total=100)
                print(to_line(done, time.time()), end="", flush=True)
            else:
                bar(stage, share)

        try:
            told("looking for songs", 0)
            files = arguments.folders and drawn_files(arguments.folders)
            dataset = load_dataset(
                files or heard_files(model),
                checkpoint.config.transform,
                cache=arguments.cache,
                progress=lambda share: told("preparing the songs", share),
            )
            frames = checkpoint.config.frames
            songs = [Excerpt.of(one, frames) for one in dataset.songs]
            told("listening", 0)
            subject = Subject(checkpoint)
            effects = measure_effects(
                subject, songs, lambda share: told("listening", share)
            )
            found = agreement(
                subject,
                dataset.songs,
                effects.axes,
                lambda share: told("comparing", share),
            )
        except KeyboardInterrupt:
            raise KeyboardInterrupt("stopped; nothing was changed") from None
    write_traits(model, effects.axes, effects.directions, target, checkpoint.model_hash)
    if arguments.json:
        _print_line(effects, found)
    else:
        _print_words(effects, found)


def _print_line(effects: Effects, found: Agreement | None) -> None:
    facts = {
        "kind": "names",
        "axes": to_plain(effects.axes),
        "directions": directions_to_plain(effects.directions),
        "agreement": None if found is None else asdict(found),
    }
    print(json.dumps(facts), flush=True)


def _print_words(effects: Effects, found: Agreement | None) -> None:
    for number, axis in enumerate(effects.axes, 1):
        print(f"{number:3} {axis.ends or '(nothing to hear)':40} {axis.amounts}")
    print("directions along which one thing is heard to change:")
    for one in effects.directions:
        print(f"    {one.does.ends:40} {one.does.amounts}")
    if found is not None:
        print(f"against the factors of {found.songs} songs:")
        for name, correlation in (found.traits | found.axes).items():
            print(f"  {name}: {correlation:+.2f}")
        print(f"  {found.right} axes are named rightly, {found.wrong} wrongly")
