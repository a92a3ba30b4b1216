"""`dctvae train`: its arguments, and what it prints while it runs."""

import argparse
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import get_args

from vae.commands.arguments import Subparsers, add_cache, add_command
from vae.config import Balance, DeviceName, Precision
from vae.errors import TrainingError
from vae.presets import PRESETS, further
from vae.progress import ProgressBar
from vae.training.event_files import EventFiles
from vae.training.folder import RunFolder
from vae.training.options import Options
from vae.training.processes import leads
from vae.training.reader import read_log
from vae.training.records import Epoch, Preparation, Record, Recovery, Step, to_line
from vae.training.summary import summary

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


def add_parser(subparsers: Subparsers) -> None:
    """Take folders of songs, a run folder, and what to do otherwise than usual."""
    parser = add_command(subparsers, "train", "train a model on folders of songs")
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="FOLDER",
        help="songs, in folders and those below them",
    )
    parser.add_argument("--out", type=Path, metavar="RUN", help="the run folder")
    parser.add_argument(
        "--resume",
        nargs="?",
        type=Path,
        const=Path(),
        metavar="RUN",
        help="go on with the run in RUN, or in --out",
    )
    add_options(parser)
    add_cache(parser)
    parser.add_argument("--json", action="store_true", help="print the log's lines")
    parser.add_argument(
        "--tensorboard",
        action="store_true",
        help="write event files too; needs the extra of that name",
    )
    parser.set_defaults(run=run)


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
        "--epochs", type=int, metavar="N", help="after each, the model is judged"
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


def run(arguments: argparse.Namespace) -> None:
    """Train a model on folders of songs, or go on with that."""
    resume = arguments.resume is not None
    folder = (
        arguments.resume if resume and arguments.resume != Path() else arguments.out
    )
    if folder is None:
        raise TrainingError("name the run folder with --out, or with --resume")
    run_folder = RunFolder(folder, writing=leads())
    if resume:
        options = run_folder.reopen()
    else:
        options = options_of(arguments)
        run_folder.create(options)
    from vae.training.loop import train

    events = EventFiles(folder) if arguments.tensorboard else None
    with ProgressBar() as bar, _told_to_end():

        def listen(record: Record) -> None:
            if events is not None:
                events.take(record)
            if arguments.json:
                print(to_line(record, time.time()), end="", flush=True)
            else:
                _show(record, bar, options)

        try:
            checkpoint = train(
                options,
                run_folder,
                resume=resume,
                cache=arguments.cache,
                listen=listen,
            )
        except KeyboardInterrupt:
            raise TrainingError(
                "stopped",
                f"'dctvae train --resume {folder}' goes on after the last whole epoch",
            ) from None
        finally:
            if events is not None:
                events.close()
    if not arguments.json and run_folder.writing:
        print(f"model: {run_folder.model}\nsongs: {len(checkpoint.songs)}")
        print("\n".join(summary(read_log(folder))))


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


def _show(record: Record, bar: ProgressBar, options: Options) -> None:
    """A bar for what goes on, a line for what is done."""
    match record:
        case Preparation():
            bar(record.stage, record.share)
        case Step():
            config = options.train
            steps = -(-config.samples_per_epoch // config.batch_size)
            bar("training", (record.step + 1) / (steps * config.epochs))
        case Epoch():
            bar.say(_epoch_line(record, options.train.epochs))
        case Recovery():
            bar.say(
                f"{record.reason}; going back to epoch {record.epoch + 1} with a "
                f"learning rate of {record.learning_rate:.2g}"
            )


def _epoch_line(done: Epoch, epochs: int) -> str:
    return (
        f"epoch {done.epoch + 1}/{epochs}  "
        f"nats {done.training.nats:.4f}  held out {done.validation.nats:.4f}  "
        f"kl {done.validation.kl_nats:.0f}  "
        f"axes {done.participation_ratio:.1f}  "
        f"{done.samples_per_s:.1f} samples/s{'  best' if done.best else ''}"
    )


@contextmanager
def _told_to_end() -> Iterator[None]:
    """A polite request to end (SIGTERM) is taken like Ctrl-C."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
