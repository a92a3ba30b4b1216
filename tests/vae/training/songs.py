"""What the tests of training train on, and how."""

from dataclasses import dataclass
from pathlib import Path

from tests.models import TINY
from vae.checkpoint import Checkpoint
from vae.config import ModelConfig, TrainConfig
from vae.dataset import Split, load_dataset
from vae.training.folder import RunFolder
from vae.training.loop import train
from vae.training.options import Options
from vae.training.records import Epoch, Record

SHORT = TrainConfig(
    epochs=4,
    samples_per_epoch=8,
    batch_size=4,
    learning_rate=3e-3,
    dictionary_frames=200,
    dictionary_rounds=5,
    validation_fraction=0.3,
    picture_epochs=2,
    device="cpu",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Trained:
    """A finished run and all it said."""

    checkpoint: Checkpoint
    records: list[Record]

    @property
    def epochs(self) -> list[Epoch]:
        return [record for record in self.records if isinstance(record, Epoch)]


def options_of(
    songs: Path,
    model: ModelConfig = TINY,
    config: TrainConfig = SHORT,
    base: Path | None = None,
) -> Options:
    return Options(folders=(songs,), model=model, train=config, base=base)


def trained_split(options: Options) -> Split:
    """The songs that a run with these options trains on."""
    (songs,) = options.folders
    cache, config = songs.parent / "cache", options.train
    dataset = load_dataset([songs], options.model.transform, cache=cache)
    return dataset.split(config.validation_fraction, config.seed)


def begun(folder: Path, options: Options) -> RunFolder:
    run = RunFolder(folder)
    run.create(options)
    return run


def run_of(
    folder: Path,
    songs: Path,
    model: ModelConfig = TINY,
    config: TrainConfig = SHORT,
) -> Trained:
    options = options_of(songs, model, config)
    records: list[Record] = []
    run, cache = begun(folder, options), songs.parent / "cache"
    checkpoint = train(options, run, cache=cache, listen=records.append)
    return Trained(checkpoint=checkpoint, records=records)


def resumed(folder: Path, songs: Path) -> Trained:
    records: list[Record] = []
    run, cache = RunFolder(folder), songs.parent / "cache"
    options = run.reopen()
    checkpoint = train(options, run, resume=True, cache=cache, listen=records.append)
    return Trained(checkpoint=checkpoint, records=records)
