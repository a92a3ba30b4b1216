"""What a training may be told on the command line, of its network and of itself."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import get_args

from vae.config import Balance, DeviceName, Precision
from vae.errors import TrainingError
from vae.presets import PRESETS, further
from vae.training.options import Options

CHANGES = (  # fields of `TrainConfig` that have an argument of the same name
    "epochs",
    "samples_per_epoch",
    "batch_size",
    "sample_frames",
    "learning_rate",
    "beta",
    "average_decay",
    "balance",
    "time_offsets",
    "device",
    "precision",
    "seed",
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What a training may be told of the network and of itself."""
    start = parser.add_mutually_exclusive_group()
    start.add_argument(
        "--preset",
        choices=sorted(PRESETS),
        default="default",
        help="network and recipe to begin from; what follows changes it",
    )
    start.add_argument(
        "--base",
        type=Path,
        metavar="MODEL",
        help="go on from this model's weights, with its network",
    )
    parser.add_argument(
        "--frames-per-latent",
        type=int,
        metavar="N",
        help="frames that share one latent vector, a power of two; 512 is the seed's",
    )
    parser.add_argument(
        "--overlap", type=int, metavar="N", help="samples; 0 is the DCT-II"
    )
    parser.add_argument(
        "--epochs",
        type=int,
        metavar="N",
        help="how many; after each, the model is judged",
    )
    parser.add_argument(
        "--samples-per-epoch", type=int, metavar="N", help="stretches of songs drawn"
    )
    parser.add_argument(
        "--batch-size", type=int, metavar="N", help="samples learned from at once"
    )
    parser.add_argument(
        "--sample-frames",
        type=int,
        metavar="N",
        help="quarter seconds in a sample; shorter ones are cheaper",
    )
    parser.add_argument(
        "--learning-rate", type=float, metavar="X", help="size of the steps"
    )
    parser.add_argument("--beta", type=float, metavar="X", help="weight of the KL term")
    parser.add_argument(
        "--average-decay",
        type=float,
        metavar="X",
        help="of the averaged weights that are kept, a step; 0 keeps the last",
    )
    parser.add_argument(
        "--balance",
        choices=get_args(Balance),
        help="whether each minute of song is drawn alike, or each folder",
    )
    parser.add_argument(
        "--validation",
        nargs="+",
        type=Path,
        default=[],
        metavar="FOLDER",
        help="songs to hold out; a share of the songs where not given",
    )
    parser.add_argument(
        "--time-offsets",
        type=int,
        metavar="N",
        help="versions of each song, begun parts of a frame apart",
    )
    parser.add_argument(
        "--device",
        choices=get_args(DeviceName),
        help="what computes (default auto: the fastest there is)",
    )
    parser.add_argument(
        "--precision",
        choices=get_args(Precision),
        help="of the layers (default auto: bfloat16 on a graphics card)",
    )
    parser.add_argument(
        "--seed", type=int, metavar="N", help="of all that is drawn at random"
    )


def options_of(arguments: argparse.Namespace) -> Options:
    """The preset, with what the command line changes of it.

    Raises
    ------
    TrainingError, ConfigError
    """
    if not arguments.folders:
        raise TrainingError("name at least one folder of songs")
    preset = PRESETS[arguments.preset]
    model, config = preset.model, preset.train
    if arguments.base is not None:
        from vae.checkpoint import load_checkpoint

        model = load_checkpoint(arguments.base).config
        config = further(model)
    if arguments.overlap is not None:
        transform = replace(model.transform, overlap=arguments.overlap)
        model = replace(model, transform=transform)
    if arguments.frames_per_latent is not None:
        model = replace(model, frames_per_latent=arguments.frames_per_latent)
        if model.windowed:
            config = replace(config, sample_frames=0)
    given = {name: getattr(arguments, name) for name in CHANGES}
    config = replace(config, **{n: v for n, v in given.items() if v is not None})
    folders = tuple(folder.resolve() for folder in arguments.folders)
    held_out = tuple(folder.resolve() for folder in arguments.validation)
    return Options(
        folders=folders,
        validation=held_out,
        base=None if arguments.base is None else arguments.base.resolve(),
        model=model,
        train=config,
    )


def check_same(arguments: argparse.Namespace, options: Options) -> None:
    """See that a run that is gone on with is asked for nothing else than at first.

    Raises
    ------
    TrainingError
    """
    train, model = options.train, options.model
    kept = {name: getattr(train, name) for name in CHANGES}
    kept |= {
        "folders": options.folders,
        "validation": options.validation,
        "base": options.base,
        "frames_per_latent": model.frames_per_latent,
        "overlap": model.transform.overlap,
    }
    for name, value in kept.items():
        asked = getattr(arguments, name)
        if isinstance(asked, list):
            asked = tuple(folder.resolve() for folder in asked) or None
        elif isinstance(asked, Path):
            asked = asked.resolve()
        if asked is not None and asked != value:
            raise TrainingError(
                f"{name.replace('_', ' ')} cannot be changed in a run that is gone on "
                "with",
                "leave it out, or begin another run from its model with --base",
            )
