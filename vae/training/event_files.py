"""The figures of a run as event files for TensorBoard, which a library writes."""

from functools import partial
from pathlib import Path
from typing import Any

from vae.errors import TrainingError
from vae.training.records import Axes, Baselines, Epoch, Record, Start, Step

FOLDER = "tensorboard"  # within the run folder


class EventFiles:
    """Takes records as they come, `Start` before any figures.

    What was written of steps that a resumed run takes again is hidden.

    Parameters
    ----------
    run : Path
        The run folder.

    Raises
    ------
    TrainingError
        The library is not installed.
    """

    def __init__(self, run: Path) -> None:
        try:
            from tensorboardX import SummaryWriter
        except ImportError as error:
            raise TrainingError(
                "event files need the package tensorboardX",
                "install it with: pip install 'dctvae-explorer[tensorboard]'",
            ) from error
        self._writer_of = partial(SummaryWriter, str(run / FOLDER))
        self._writer: Any = None  # until it is known where the run goes on

    def take(self, record: Record) -> None:
        """Write the figures of one record."""
        match record:
            case Start():
                first_step = record.first_epoch * record.steps_per_epoch
                self._writer = self._writer_of(purge_step=first_step or None)
            case Step():
                for name in ("loss", "nats", "kl_nats", "gradient_norm"):
                    self._add(f"step/{name}", getattr(record, name), record.step)
                self._add("step/learning_rate", record.learning_rate, record.step)
            case Epoch():
                for name in ("loss", "nats", "kl_nats"):
                    for part in ("training", "validation"):
                        value = getattr(getattr(record, part), name)
                        self._add(f"{part}/{name}", value, record.epoch)
                for name in ("participation_ratio", "samples_per_s"):
                    self._add(f"epoch/{name}", getattr(record, name), record.epoch)
                self._writer.flush()
            case Axes():
                self._add("epoch/live_sliders", record.live, record.epoch)
            case Baselines():
                self._add("validation/mean_spectrum", record.mean_spectrum, 0)
                self._add("validation/components", record.components, 0)

    def close(self) -> None:
        """Write what is left."""
        if self._writer is not None:
            self._writer.close()

    def _add(self, name: str, value: float, step: int) -> None:
        self._writer.add_scalar(name, value, step)
