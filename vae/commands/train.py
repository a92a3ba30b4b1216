"""`dctvae train`: its arguments, and what it prints while it runs."""

import argparse
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from vae.commands.arguments import Subparsers, add_cache, add_command
from vae.commands.training_options import add_options, check_same, options_of
from vae.commands.training_words import TrainingWords
from vae.errors import TrainingError
from vae.interruption import ends_at_once
from vae.progress import ProgressBar
from vae.training.event_files import EventFiles
from vae.training.folder import RunFolder
from vae.training.processes import leads
from vae.training.reader import read_log
from vae.training.records import Preparation, Record, to_line
from vae.training.summary import summary


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
    parser.add_argument(
        "--no-names",
        action="store_true",
        help="do not find out, at the end, what each slider of the model does",
    )
    parser.add_argument("--json", action="store_true", help="print the log's lines")
    parser.add_argument(
        "--tensorboard",
        action="store_true",
        help="write event files too; needs the extra of that name",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Train a model on folders of songs, or go on with that.

    Raises
    ------
    TrainingError, ConfigError, DatasetError, CheckpointError
    """
    resume, folder = arguments.resume is not None, _folder(arguments)
    run_folder = RunFolder(folder, writing=leads())
    if resume:
        options = run_folder.reopen()
        check_same(arguments, options)
    else:
        options = options_of(arguments)
        run_folder.create(options)
    with ends_at_once():
        from vae.training.loop import train
        from vae.training.naming import STAGE

    stage = ""
    events = EventFiles(folder) if arguments.tensorboard else None
    with ProgressBar() as bar, _told_to_end():
        words = TrainingWords(bar, options)

        def listen(record: Record) -> None:
            nonlocal stage
            if isinstance(record, Preparation):
                stage = record.stage
            if events is not None:
                events.take(record)
            if arguments.json:
                print(to_line(record, time.time()), end="", flush=True)
            else:
                words.tell(record)

        try:
            checkpoint = train(
                options,
                run_folder,
                resume=resume,
                cache=arguments.cache,
                names=not arguments.no_names,
                listen=listen,
            )
        except KeyboardInterrupt:
            raise _stopped(run_folder, naming=stage == STAGE) from None
        finally:
            if events is not None:
                events.close()
    if not arguments.json and run_folder.writing:
        print(f"model: {run_folder.model}\nsongs: {len(checkpoint.songs)}")
        print("\n".join(summary(read_log(folder))))


def _folder(arguments: argparse.Namespace) -> Path:
    """Of the run, new or gone on with."""
    named: list[Path | None] = [arguments.resume, arguments.out]
    for folder in named:
        if folder is not None and folder != Path():
            return folder
    raise TrainingError("name the run folder with --out, or with --resume")


def _stopped(run: RunFolder, *, naming: bool) -> KeyboardInterrupt:
    """What is said of a run that was stopped from outside."""
    again = f"'dctvae train --resume {run.path}'"
    if naming:
        return KeyboardInterrupt(
            f"stopped; {run.model} is whole, but its sliders have no names yet: "
            f"{again} finds them"
        )
    return KeyboardInterrupt(f"stopped; {again} goes on after the last whole epoch")


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
