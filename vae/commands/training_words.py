"""What `dctvae train` says: a bar for what goes on, a line for what is done."""

from vae.progress import ProgressBar
from vae.training.options import Options
from vae.training.records import (
    Epoch,
    Preparation,
    Record,
    Recovery,
    Refused,
    Start,
    Step,
)

MOST_REFUSED = 20  # files that are told one by one


class TrainingWords:
    """Puts a run's records into words."""

    def __init__(self, bar: ProgressBar, options: Options) -> None:
        self._bar = bar
        self._config = options.train
        self._refused = 0

    def tell(self, record: Record) -> None:
        """Say what a person wants to know of it."""
        match record:
            case Preparation():
                self._bar(record.stage, record.share)
            case Refused():
                self._refused += 1
                if self._refused <= MOST_REFUSED:
                    self._bar.say(record.reason)
            case Start():
                if self._refused > MOST_REFUSED:
                    more = self._refused - MOST_REFUSED
                    self._bar.say(f"and {more} more cannot be trained on")
            case Step():
                config = self._config
                steps = -(-config.samples_per_epoch // config.batch_size)
                self._bar("training", (record.step + 1) / (steps * config.epochs))
            case Epoch():
                self._bar.say(_epoch_line(record, self._config.epochs))
            case Recovery():
                self._bar.say(
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
