"""The figures of a run as event files for TensorBoard, which a library writes."""

from pathlib import Path

from vae.errors import TrainingError
from vae.training.records import Axes, Baselines, Epoch, Record, Step

FOLDER = "tensorboard"  # within the run folder


class EventFiles:
    """Takes records as they come.

    Parameters
    ----------
    run : Path
        The run folder.
    first_step : int
        Where a resumed run goes on; what was written of later steps is hidden.

    Raises
    ------
    TrainingError
        The library is not installed.
    """

    def __init__(self, run: Path, *, first_step: int = 0) -> None:
        try:
            from tensorboardX import SummaryWriter
        except ImportError as error:
            raise TrainingError(
                "event files need the package tensorboardX",
                "install it with: pip install 'dctvae-explorer[tensorboard]'",
            ) from error
        self._writer = SummaryWriter(str(run / FOLDER), purge_step=first_step or None)

    def take(self, record: Record) -> None:
        """Write the figures of one record."""
        match record:
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
        self._writer.close()

    def _add(self, name: str, value: float, step: int) -> None:
        self._writer.add_scalar(name, value, step)
