"""A run folder: all that one training leaves behind, and what resuming reads.

options.json        what was asked for, written first
log.jsonl           one line an epoch
state.safetensors   weights and optimiser after the last whole epoch, for resuming
best.safetensors    a checkpoint: the epoch with the lowest validation loss so far
model.safetensors   a checkpoint: the best weights with the full latent basis
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import safetensors
import safetensors.torch
from torch import Tensor, nn
from torch.optim import Optimizer

from vae.config import ModelConfig, TrainConfig, from_dict
from vae.errors import ConfigError, TrainingError
from vae.files import write_bytes

FORMAT = "dctvae-run"
VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Options:
    """What one training was asked to do."""

    folders: tuple[Path, ...]
    model: ModelConfig
    train: TrainConfig

    def to_json(self) -> str:
        """JSON text that `from_json` reads back."""
        values = {
            "format": FORMAT,
            "version": VERSION,
            "folders": [str(folder) for folder in self.folders],
            "model": asdict(self.model),
            "train": asdict(self.train),
        }
        return json.dumps(values, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The options that `to_json` wrote.

        Raises
        ------
        ValueError, KeyError, ConfigError
            The text is something else, or a field is outside what is allowed.
        """
        values = json.loads(text)
        if values["format"] != FORMAT or values["version"] > VERSION:
            raise ValueError("it is of another format or of a newer version")
        return cls(
            folders=tuple(Path(folder) for folder in values["folders"]),
            model=from_dict(ModelConfig, values["model"]),
            train=from_dict(TrainConfig, values["train"]),
        )


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a run has come."""

    epochs_done: int = 0
    best_loss: float = float("inf")
    best_epoch: int = -1


class RunFolder:
    """The files of one run."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def best(self) -> Path:
        """The checkpoint with the lowest validation loss so far."""
        return self.path / "best.safetensors"

    @property
    def model(self) -> Path:
        """The finished checkpoint."""
        return self.path / "model.safetensors"

    @property
    def holds_state(self) -> bool:
        """True where there is something to resume."""
        return self._state.exists()

    def create(self, options: Options) -> None:
        """Make the folder and write the options.

        Raises
        ------
        TrainingError
            It holds a run already, or cannot be written.
        """
        if self._options.exists():
            raise TrainingError(
                f"{self.path} holds a run already; resume it with --resume, or name "
                "another folder"
            )
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            write_bytes(self._options, options.to_json().encode())
        except OSError as error:
            raise TrainingError(
                f"{self.path} cannot be written: {error.strerror}"
            ) from error

    def options(self) -> Options:
        """What the run was asked to do.

        Raises
        ------
        TrainingError
            There is no run here, or its options are damaged.
        """
        if not self._options.exists():
            raise TrainingError(f"there is no run to resume in {self.path}")
        try:
            return Options.from_json(self._options.read_text())
        except (OSError, ValueError, KeyError, ConfigError) as error:
            raise TrainingError(f"{self._options} cannot be read: {error}") from error

    def log(self, record: dict[str, Any]) -> None:
        """Add one line to the log."""
        with self._log.open("a") as file:
            file.write(json.dumps(record) + "\n")

    def save_state(
        self, model: nn.Module, optimizer: Optimizer, progress: Progress
    ) -> None:
        """Write weights and optimiser, complete or not at all.

        Raises
        ------
        TrainingError
            The disk is full or the folder is gone; the last state stays.
        """
        tensors = {f"model.{name}": t for name, t in model.state_dict().items()}
        for index, moments in optimizer.state_dict()["state"].items():
            tensors |= {f"optimizer.{index}.{name}": t for name, t in moments.items()}
        contiguous = {name: t.contiguous().cpu() for name, t in tensors.items()}
        metadata = {"progress": json.dumps(asdict(progress))}
        try:
            write_bytes(self._state, safetensors.torch.save(contiguous, metadata))
        except OSError as error:
            raise TrainingError(
                f"the state cannot be saved in {self.path}: {error.strerror}; the last "
                "saved epoch is intact, and --resume goes on from it"
            ) from error

    def load_state(self, model: nn.Module, optimizer: Optimizer) -> Progress:
        """Put weights and optimiser back; log lines of later epochs are dropped.

        Raises
        ------
        TrainingError
            The state is damaged or belongs to another network.
        """
        try:
            with safetensors.safe_open(self._state, framework="pt") as file:
                progress = Progress(**json.loads((file.metadata() or {})["progress"]))
            tensors = safetensors.torch.load_file(self._state)
            model.load_state_dict(_under(tensors, "model."))
            state = optimizer.state_dict()
            state["state"] = _moments(_under(tensors, "optimizer."))
            optimizer.load_state_dict(state)
        except (
            safetensors.SafetensorError,
            RuntimeError,
            ValueError,
            KeyError,
        ) as error:
            raise TrainingError(f"{self._state} cannot be resumed: {error}") from error
        self._drop_log_from(progress.epochs_done)
        return progress

    def _drop_log_from(self, epoch: int) -> None:
        if self._log.exists():
            lines = self._log.read_text().splitlines(keepends=True)
            whole = [line for line in lines if line.endswith("\n")]
            kept = [line for line in whole if json.loads(line)["epoch"] < epoch]
            write_bytes(self._log, "".join(kept).encode())

    @property
    def _options(self) -> Path:
        return self.path / "options.json"

    @property
    def _log(self) -> Path:
        return self.path / "log.jsonl"

    @property
    def _state(self) -> Path:
        return self.path / "state.safetensors"


def _under(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): tensor
        for name, tensor in tensors.items()
        if name.startswith(prefix)
    }


def _moments(tensors: dict[str, Tensor]) -> dict[int, dict[str, Tensor]]:
    state: dict[int, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        index, moment = name.split(".")
        state.setdefault(int(index), {})[moment] = tensor
    return state
