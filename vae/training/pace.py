"""How long an epoch usually takes, so that the time left can be told."""

MEMORY = 0.7  # what one epoch leaves of what was usual


class Pace:
    """How long an epoch usually takes."""

    def __init__(self) -> None:
        self._usual_s = 0.0
        self._paused_s = 0.0

    def paused(self, seconds: float) -> None:
        """Time that the present epoch was not worked on."""
        self._paused_s += seconds

    def usual(self, elapsed_s: float) -> float:
        """Seconds, once this epoch is taken in too."""
        worked = max(0.0, elapsed_s - self._paused_s)
        self._paused_s = 0.0
        first = self._usual_s == 0
        self._usual_s = (
            worked if first else MEMORY * self._usual_s + (1 - MEMORY) * worked
        )
        return self._usual_s
