"""A run does what another process wishes of it: wait, go on, or stop."""

import time

from vae.training import control
from vae.training.folder import RunFolder
from vae.training.pace import Pace
from vae.training.processes import Processes
from vae.training.pulse import Pulse

GLANCE_S = 0.1  # between two looks for a wish while the run is paused


class Stopped(Exception):  # noqa: N818 - a wish, not an error
    """Someone asked to stop and to keep the best model so far."""


class Obedience:
    """Looks for wishes in the run folder; all processes of a run look together.

    Parameters
    ----------
    run : RunFolder
    together : Processes
    pulse : Pulse
        Told of pauses.
    pace : Pace
        Told how long they were.
    doing : str
        What goes on after one, in words.
    """

    def __init__(
        self,
        run: RunFolder,
        together: Processes,
        pulse: Pulse,
        pace: Pace,
        *,
        doing: str = "training",
    ) -> None:
        self._run = run
        self._together = together
        self._pulse = pulse
        self._pace = pace
        self._doing = doing

    def obey(self) -> None:
        """Do what is wished, if anything is.

        Raises
        ------
        Stopped
            That is the wish.
        """
        wish = self._wish()
        if wish == "pause":
            begun = time.monotonic()
            self._pulse.say("paused", "paused; it goes on when asked to")
            while wish == "pause":
                time.sleep(GLANCE_S)
                wish = self._wish()
            self._pulse.say("running", self._doing)
            self._pace.paused(time.monotonic() - begun)
        if wish is not None and self._run.writing:
            control.forget(self._run.path)
        if wish == "stop":
            raise Stopped

    def _wish(self) -> control.Wish | None:
        return self._together.told(control.wished(self._run.path))
