"""Whether training still leads anywhere."""

from vae.training.figures import Astray
from vae.training.records import Step

MEMORY = 0.9  # what a step leaves of the running mean of the loss
FAR = 2.0  # nats per coefficient above the lowest mean so far: lost, not just noisy
FIRST_STEPS = 20  # before which there is no mean to speak of


class Watch:
    """Follows the loss of step after step."""

    def __init__(self) -> None:
        self._mean = self._lowest = float("inf")
        self._steps = 0

    def see(self, step: Step) -> None:
        """Take in a step.

        Raises
        ------
        Astray
            The loss has risen far above where it was.
        """
        first = self._steps == 0
        self._mean = (
            step.nats if first else MEMORY * self._mean + (1 - MEMORY) * step.nats
        )
        self._steps += 1
        if self._steps < FIRST_STEPS:
            return
        self._lowest = min(self._lowest, self._mean)
        if self._mean > self._lowest + FAR:
            raise Astray(
                f"the likelihood has risen from {self._lowest:.2f} to "
                f"{self._mean:.2f} nats in epoch {step.epoch + 1}"
            )
