"""A run folder: all that one training leaves behind, and what resuming reads.

options.json        what was asked for, written first
state.json          what the run is doing now; see `status`
log.jsonl           what it said, a record a line; see `records`
control             what another process wishes of it; see `control`
lock                held by the process that works on it; see `claim`
pictures/           a held-out song and its reconstruction, every few epochs
last.safetensors    everything needed to go on, after the last whole epoch
base.safetensors    a model: that whose weights were gone on from, if any
best.safetensors    a model: the epoch with the lowest validation loss so far
model.safetensors   a model: the best weights with the basis and paths of all songs

A file is whole or not there: each is written beside, synced and renamed, and the log
grows by whole lines. Where several processes train together, one of them writes.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import safetensors
import safetensors.torch
from torch import Tensor

from vae.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from vae.errors import CheckpointError, TrainingError
from vae.files import write_bytes
from vae.tensor_file import write_tensors
from vae.training import control
from vae.training.claim import claim
from vae.training.options import OPTIONS, VERSION, Options
from vae.training.reader import BASE, BEST, LAST, MODEL, PICTURES
from vae.training.status import read_status

FULL = "free some space or choose another folder; --resume goes on from the last epoch"
GONE = "it was moved or taken away; --resume goes on from the last epoch where it lies"


def way_on(error: OSError) -> str:
    """What to do where a run folder cannot be written."""
    return GONE if isinstance(error, FileNotFoundError) else FULL


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a run has come."""

    epochs_done: int = 0
    steps_done: int = 0
    best_loss: float = float("inf")  # of the validation
    best_epoch: int = -1
    turns: int = 0  # how often it went astray and was taken up again


class RunFolder:
    """The files of one run.

    Parameters
    ----------
    path : Path
    writing : bool
        False in the processes that only help.
    """

    def __init__(self, path: Path, *, writing: bool = True) -> None:
        self.path = path
        self.writing = writing

    @property
    def best(self) -> Path:
        """The model with the lowest validation loss so far."""
        return self.path / BEST

    @property
    def model(self) -> Path:
        """The finished model."""
        return self.path / MODEL

    @property
    def pictures(self) -> Path:
        """The folder of pictures."""
        return self.path / PICTURES

    @property
    def holds_state(self) -> bool:
        """True where there is something to go on from."""
        return (self.path / LAST).exists()

    def load_base(self, path: Path) -> Checkpoint:
        """The model at a path; a copy is kept here, and taken from then on.

        Raises
        ------
        CheckpointError
            It is no model, or damaged.
        TrainingError
            It cannot be copied.
        """
        kept = self.path / BASE
        if kept.exists():
            return load_checkpoint(kept)
        loaded = load_checkpoint(path)
        try:
            write_bytes(kept, path.read_bytes())
        except OSError as error:
            raise TrainingError(
                f"{path} cannot be copied to {self.path}: {error.strerror}", FULL
            ) from error
        return loaded

    def create(self, options: Options) -> None:
        """Make the folder and write the options.

        Raises
        ------
        TrainingError
            It holds a run already, that has come to something or is being worked on,
            or it cannot be written.
        """
        if not self.writing:
            return
        status = read_status(self.path)
        if self.holds_state or (status is not None and status.alive):
            raise TrainingError(
                f"{self.path} holds a run already",
                "resume it with --resume, or name another folder",
            )
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            claim(self.path)
            write_bytes(self.path / OPTIONS, options.to_json().encode())
        except OSError as error:
            raise TrainingError(
                f"{self.path} cannot be written: {error.strerror}"
            ) from error

    def reopen(self) -> Options:
        """The options of a run that is gone on with; clears what a killed one left.

        Raises
        ------
        TrainingError
            There is no run here, one of a format that cannot be gone on with, or one
            that another process works on.
        """
        options = Options.read(self.path)
        if options.version < VERSION and not self.holds_state:
            raise TrainingError(
                f"the run in {self.path} is of an older format", "begin a new one"
            )
        if self.writing:
            claim(self.path)
            control.forget(self.path)
            for folder in (self.path, self.pictures):
                for left in folder.glob(".*"):  # `atomic_path` begins its names so
                    with suppress(OSError):
                        left.unlink()
        return options

    def save_picture(self, name: str, png: bytes) -> None:
        """Write a picture.

        Raises
        ------
        TrainingError
            The disk is full or the folder is gone.
        """
        try:
            self.pictures.mkdir(exist_ok=True)
            write_bytes(self.pictures / name, png, durable=False)
        except OSError as error:
            raise TrainingError(
                f"no picture can be saved in {self.path}: {error.strerror}",
                way_on(error),
            ) from error

    def save_best(self, checkpoint: Checkpoint) -> None:
        """Write the best model so far.

        Raises
        ------
        TrainingError
            The disk is full or the folder is gone; the one before stays.
        """
        try:
            save_checkpoint(self.best, checkpoint)
        except CheckpointError as error:
            raise TrainingError(str(error), FULL) from error

    def save_last(self, tensors: dict[str, Tensor], progress: Progress) -> None:
        """Write all that is needed to go on.

        Raises
        ------
        TrainingError
            The disk is full or the folder is gone; the last state stays.
        """
        metadata = {"progress": json.dumps(asdict(progress))}
        try:
            write_tensors(self.path / LAST, tensors, metadata)
        except OSError as error:
            raise TrainingError(
                f"the state cannot be saved in {self.path}: {error.strerror}; the last "
                "saved epoch is intact",
                way_on(error),
            ) from error

    def load_last(self) -> tuple[dict[str, Tensor], Progress]:
        """What `save_last` wrote.

        Raises
        ------
        TrainingError
            The state is damaged.
        """
        path = self.path / LAST
        try:
            with safetensors.safe_open(path, framework="pt") as file:
                progress = Progress(**json.loads((file.metadata() or {})["progress"]))
            return safetensors.torch.load_file(path), progress
        except (
            OSError,
            safetensors.SafetensorError,
            TypeError,
            ValueError,
            KeyError,
        ) as error:
            raise TrainingError(f"{path} cannot be resumed: {error}") from error
