"""`options.json` of a run folder: what one training was asked to do, written first."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from vae.config import ModelConfig, TrainConfig, from_dict
from vae.errors import ConfigError, TrainingError

OPTIONS = "options.json"
FORMAT = "dctvae-run"
VERSION = 2


@dataclass(frozen=True, kw_only=True)
class Options:
    """What one training was asked to do."""

    folders: tuple[Path, ...]
    model: ModelConfig
    train: TrainConfig
    validation: tuple[Path, ...] = ()  # folders held out; else a share of the songs
    base: Path | None = None  # a model file whose weights are gone on from
    version: int = VERSION  # of the run folder's format

    def to_json(self) -> str:
        """JSON text that `from_json` reads back."""
        values = {
            "format": FORMAT,
            "version": self.version,
            "folders": [str(folder) for folder in self.folders],
            "validation": [str(folder) for folder in self.validation],
            "base": None if self.base is None else str(self.base),
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
        base = values.get("base")
        return cls(
            folders=tuple(Path(folder) for folder in values["folders"]),
            validation=tuple(Path(folder) for folder in values.get("validation", ())),
            base=None if base is None else Path(base),
            model=from_dict(ModelConfig, values["model"]),
            train=from_dict(TrainConfig, values["train"]),
            version=values["version"],
        )

    @classmethod
    def read(cls, run: Path) -> Self:
        """The options in a run folder.

        Raises
        ------
        TrainingError
            There is no run here, or its options are damaged.
        """
        path = run / OPTIONS
        if not path.exists():
            raise TrainingError(f"there is no run in {run}: it has no {OPTIONS}")
        try:
            return cls.from_json(path.read_text())
        except (OSError, ValueError, KeyError, TypeError, ConfigError) as error:
            raise TrainingError(f"{path} cannot be read: {error}") from error

    def check(self, processes: int) -> None:
        """See that samples fit the model, and batches the processes that share them.

        Raises
        ------
        TrainingError
            They do not.
        """
        config, model = self.train, self.model
        frames = config.sample_frames or model.frames
        whole = model.windowed and frames != model.frames
        if frames % model.frames_per_latent or whole:
            allowed = model.frames if model.windowed else model.frames_per_latent
            word = "be" if model.windowed else "be a multiple of"
            raise TrainingError(f"sample_frames is {frames}; it must {word} {allowed}")
        left = config.samples_per_epoch % config.batch_size
        if config.batch_size % processes or left % processes:
            raise TrainingError(
                f"a batch of {config.batch_size} of {config.samples_per_epoch} samples "
                f"cannot be shared by {processes} processes",
                f"choose multiples of {processes} for both",
            )
