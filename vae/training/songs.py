"""Which songs a run learns from, and which it is only judged by."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from vae.dataset import Dataset, Split, load_dataset
from vae.training.journal import Journal
from vae.training.options import Options
from vae.training.processes import Processes


def songs_of(
    options: Options, cache: Path | None, journal: Journal, together: Processes
) -> tuple[Dataset, Split]:
    """The songs of a run's folders, what was refused, and how they are split.

    Prepared by one process of each machine, then found by the others.

    Raises
    ------
    DatasetError
        There is nothing to train on.
    """
    dataset = _loaded(options.folders, options, cache, journal, together)
    config = options.train
    if not options.validation:
        return dataset, dataset.split(config.validation_fraction, config.seed)
    held_out = _loaded(options.validation, options, cache, journal, together)
    refused = (*dataset.refused, *held_out.refused)
    return replace(dataset, refused=refused), dataset.without(held_out)


def _loaded(
    folders: Sequence[Path],
    options: Options,
    cache: Path | None,
    journal: Journal,
    together: Processes,
) -> Dataset:
    def load() -> Dataset:
        return load_dataset(
            folders,
            options.model.transform,
            cache=cache,
            versions=options.train.time_offsets,
            progress=journal.shares("preparing songs"),
        )

    if together.local_rank > 0:
        together.wait()
        return load()
    dataset = load()
    together.wait()
    return dataset
