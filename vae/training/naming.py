"""Names for the sliders of the model that a run leaves, heard on the run's own songs.

They come last: the model is whole before they are looked for, and stays so whatever
becomes of that.
"""

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import numpy as np

from vae.checkpoint import Checkpoint, load_checkpoint, save_checkpoint, write_traits
from vae.dataset import SongImage, Split
from vae.errors import CheckpointError, DctvaeError, TrainingError
from vae.evaluation.effects import POINTS, measure_effects
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.subject import Subject
from vae.search import find_files
from vae.training import control
from vae.training.folder import RunFolder
from vae.training.journal import Journal
from vae.training.obedience import Obedience, Stopped
from vae.training.options import OPTIONS, Options
from vae.training.pace import Pace
from vae.training.processes import Processes
from vae.training.pulse import Pulse
from vae.training.reader import read_log
from vae.training.records import Named, Start, Unnamed
from vae.training.status import read_status

STAGE = "naming the sliders"
STOPPED = "stopped as asked"
SPARE = 3  # files drawn for each song wanted: not every file is one

T = TypeVar("T")


def name_sliders(run: RunFolder, split: Split, journal: Journal, pulse: Pulse) -> None:
    """Find names for a finished model, and write them into it.

    Where that fails, or is to stop, the model stays as it is, and the log says why.

    Raises
    ------
    KeyboardInterrupt
        Everything is to end.
    """
    begun = time.monotonic()
    songs = heard_songs(split)
    pulse.say("running", STAGE)
    alone = Processes()  # the others wait until it is done
    wishes = Obedience(run, alone, pulse, Pace(), doing=STAGE)
    try:
        tell = journal.shares(STAGE)

        def advance(share: float) -> None:
            wishes.obey()
            tell(share)

        checkpoint = load_checkpoint(run.model)
        excerpts = [Excerpt.of(song, checkpoint.config.frames) for song in songs]
        axes, directions = measure_effects(Subject(checkpoint), excerpts, advance)
        write_traits(
            run.model, axes, directions, run.model, model_hash=checkpoint.model_hash
        )
    except Stopped:
        leave_unnamed(journal, STOPPED)
    except KeyboardInterrupt:
        if control.wished(run.path) != "stop":
            raise
        control.forget(run.path)
        leave_unnamed(journal, STOPPED)
    except DctvaeError as error:
        leave_unnamed(journal, str(error))
    except Exception as error:  # noqa: BLE001 - a run does not fail of what it calls itself
        leave_unnamed(journal, f"{type(error).__name__}: {error}")
    else:
        journal.tell(
            Named(
                songs=len(songs),
                axes=sum(bool(one.name) for one in axes),
                directions=tuple(one.does.name for one in directions),
                elapsed_s=time.monotonic() - begun,
            )
        )


def leave_unnamed(journal: Journal, reason: str) -> None:
    """Say that there are no names, and why, as far as the disk lets it."""
    with suppress(DctvaeError):
        journal.tell(Unnamed(reason=reason))


def save_model(path: Path, checkpoint: Checkpoint) -> Checkpoint:
    """Write a model file; where it was the same model before, its names stay.

    Returns
    -------
    Checkpoint
        As it is read again.

    Raises
    ------
    CheckpointError
        It cannot be written.
    """
    before = None
    with suppress(CheckpointError):
        before = load_checkpoint(path)
    save_checkpoint(path, checkpoint)
    saved = load_checkpoint(path)
    if before is None or not before.traits or before.model_hash != saved.model_hash:
        return saved
    write_traits(path, before.traits, before.directions, path)
    return load_checkpoint(path)


def heard_songs(split: Split) -> list[SongImage]:
    """The songs to listen to: those held out, and of the others what is wanting."""
    songs = {song.path: song for song in _shuffled(split.validation)}
    songs |= {song.path: song for song in _shuffled(split.training)}
    return list(songs.values())[:POINTS]


def heard_files(model: Path) -> list[Path]:
    """The sound files to listen to for a model that lies in its run's folder.

    Raises
    ------
    TrainingError
        It lies in none, the run is still under way, or its songs are gone.
    DatasetError
        A folder of songs is closed to this person.
    """
    folder = model.parent
    if not (folder / OPTIONS).exists():
        raise TrainingError(
            f"{model} lies in no run folder, whose songs it could be heard on",
            "name at least one folder of songs",
        )
    starts = [one for one in read_log(folder) if isinstance(one, Start)]
    held_out = [Path(one) for one in (starts[-1].validation_paths if starts else ())]
    heard = [one for one in _shuffled(held_out) if one.is_file()][:POINTS]
    wanting = SPARE * (POINTS - len(heard))
    if wanting:
        folders = [one for one in Options.read(folder).folders if one.exists()]
        others = [one for one in find_files(folders).files if one not in heard]
        heard += _shuffled(others)[:wanting]
    if not heard:
        raise TrainingError(
            f"the songs of the run in {folder} are not there any more",
            "name a folder of songs",
        )
    return heard


def see_it_is_done(model: Path) -> None:
    """See that no run is about to write a model anew.

    Raises
    ------
    TrainingError
        One is.
    """
    status = read_status(model.parent)
    if status is not None and status.alive:
        raise TrainingError(
            f"the run in {model.parent} is still under way",
            "it names the sliders of its model when it is done",
        )


def _shuffled(things: Iterable[T]) -> list[T]:
    """The same ones in an order of chance, the same each time."""
    listed = list(things)
    order = np.random.default_rng(0).permutation(len(listed))
    return [listed[number] for number in order]
