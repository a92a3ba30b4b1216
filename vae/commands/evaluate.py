"""`dctvae evaluate`: how good a model is on songs it was not trained on."""

import argparse
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from vae.checkpoint import load_checkpoint
from vae.commands.arguments import (
    Subparsers,
    add_cache,
    add_command,
    add_folders,
    add_json,
    add_model,
)
from vae.dataset import load_dataset
from vae.evaluation.evaluation import Evaluation, evaluate
from vae.evaluation.point_sound import PointSound
from vae.evaluation.reference import load_reference
from vae.evaluation.spread import Spread
from vae.progress import ProgressBar


def add_parser(subparsers: Subparsers) -> None:
    """Take songs never trained on, and those that were."""
    parser = add_command(
        subparsers, "evaluate", "measure a model on songs it was not trained on"
    )
    add_folders(parser, "songs it never saw")
    parser.add_argument(
        "--reference",
        nargs="+",
        type=Path,
        default=[],
        metavar="TRAIN_FOLDER",
        help="the songs it was trained on: what the baselines learn from",
    )
    add_cache(parser)
    add_model(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Measure a model on songs it was not trained on, and print what was found."""
    checkpoint = load_checkpoint(arguments.model)
    transform = checkpoint.config.transform
    reference = None
    with ProgressBar() as bar:
        if arguments.reference:
            reference = load_reference(
                arguments.reference,
                transform,
                frames=checkpoint.config.frames,
                cache=arguments.cache,
                told=bar,
            )
        dataset = load_dataset(
            arguments.folders,
            transform,
            cache=arguments.cache,
            progress=lambda share: bar("preparing the songs", share),
        )
        found = evaluate(
            checkpoint, dataset.songs, reference, cache=arguments.cache, told=bar
        )
    if arguments.json:
        print(json.dumps(_facts(found)))
    else:
        _print(found)


def _facts(found: Evaluation) -> dict[str, object]:
    """All that was found, as plain values."""
    songs = [
        {
            **asdict(song),
            "scores": {name: one._asdict() for name, one in song.scores.items()},
        }
        for song in found.songs
    ]
    return {
        **asdict(found),
        "songs": songs,
        "live_sliders": found.axes.live_sliders,
        "variance_in_range": found.aggregate.variance_in_range,
    }


def _print(found: Evaluation) -> None:
    """What matters most, as text."""
    print(f"{len(found.songs)} songs: median (quartiles)")
    _print_table("nats", found.nats, found.better_than.get)
    _print_table("lsd_db", found.lsd_db, lambda _: None)
    for name in ("flatness_db", "dynamics_db"):
        own = getattr(found, f"song_{name}")
        print(f"{name}: {getattr(found, name)}; the songs' own {own}")
    print(f"…of each song, off its own by {found.dynamics_off_db}")
    latents, axes = found.aggregate, found.axes
    in_range = f"{latents.variance_in_range} of {len(latents.variance)} latents"
    print(f"kl_nats: {latents.kl_nats:.1f}")
    print(f"active_latents: {latents.active_latents}")
    print(f"participation_ratio: {latents.participation_ratio:.1f}")
    print(f"aggregate variance between 0.7 and 1.3: {in_range}")
    print(f"live_sliders: {axes.live_sliders} of {len(axes.change_db)}")
    print(f"change_db: {Spread.of(axes.change_db)}")
    print(f"largest_jump_db: at most {max(axes.largest_jump_db):.3f}")
    print(f"edge_ratio: at most {max(axes.edge_ratio):.3f}")
    print(f"likeness of the first 16 axes: at most {axes.likeness:.3f}")
    _print_sound(found.sound)


def _print_sound(sound: PointSound) -> None:
    """What points sound like."""
    print(f"songs: {sound.song_loudness_lufs} LUFS, width {sound.song_width_db} dB")
    for source, spread in sound.loudness_lu.items():
        print(
            f"random points with {source}: {spread} LU from their song, "
            f"{sound.near[source]} within 3, width {sound.width_db[source]} dB; "
            f"a held chord's tremolo {sound.tremolo_db[source]:.1f} dB"
        )
    print(f"silent: {sound.silent}, harsh: {sound.harsh}")


def _print_table(
    title: str, rows: Mapping[str, Spread], share: Callable[[str], float | None]
) -> None:
    print(f"{title}:")
    for name, spread in rows.items():
        better = share(name)
        beaten = "" if better is None else f"  the model is better on {better:.0%}"
        print(f"  {name:14} {spread}{beaten}")
