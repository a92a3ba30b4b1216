"""How a run ends: whatever happens is told in words, in the log and in the status."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import torch

from vae.errors import DctvaeError, TrainingError
from vae.training.folder import Progress
from vae.training.journal import Journal
from vae.training.pulse import Pulse
from vae.training.records import End
from vae.training.status import State

LESS_MEMORY = "choose a smaller batch, shorter samples or a smaller network"


@contextmanager
def ending(
    journal: Journal, pulse: Pulse, progress: Callable[[], Progress]
) -> Iterator[Callable[[State], None]]:
    """Tell how the block ended; it is given a way to say that it was stopped.

    Raises
    ------
    TrainingError
        In place of running out of memory.
    """
    begun = time.monotonic()
    reason: list[State] = ["finished"]

    def tell(state: State, sentence: str, advice: str = "") -> None:
        done = progress()
        pulse.say(state, sentence, advice=advice, epochs_done=done.epochs_done)
        with suppress(DctvaeError):  # the disk may be what it failed of
            journal.tell(
                End(
                    reason=state,
                    sentence=sentence,
                    advice=advice,
                    epochs_done=done.epochs_done,
                    best_epoch=done.best_epoch,
                    best_loss=done.best_loss if done.best_epoch >= 0 else None,
                    elapsed_s=time.monotonic() - begun,
                )
            )

    try:
        yield reason.append
    except KeyboardInterrupt:
        tell("stopped", "stopped from outside", "resume it to go on")
        raise
    except BrokenPipeError:
        tell("stopped", "whoever read what it says has gone", "resume it to go on")
        raise
    except TrainingError as error:
        tell("failed", error.sentence, error.advice)
        raise
    except DctvaeError as error:
        tell("failed", str(error))
        raise
    except (MemoryError, torch.OutOfMemoryError) as error:
        short = TrainingError("the memory does not suffice", LESS_MEMORY)
        tell("failed", short.sentence, short.advice)
        raise short from error
    except BaseException as error:
        if "not enough memory" in str(error):  # torch on a CPU
            short = TrainingError("the memory does not suffice", LESS_MEMORY)
            tell("failed", short.sentence, short.advice)
            raise short from error
        tell("failed", f"an unexpected error: {type(error).__name__}: {error}")
        raise
    epochs = progress().epochs_done
    word = "stopped as asked" if reason[-1] == "stopped" else "finished"
    tell(reason[-1], f"{word} after {epochs} epochs")
