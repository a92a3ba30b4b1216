"""How long a plan will take, and what memory it needs, before it is begun."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from psygnal import Signal

from explorer.session.training.plan import Plan
from explorer.session.training.requests import Rehearse, Request, StopRehearsing
from explorer.session.training.songs import Found

Phase = Literal["none", "measuring", "known", "failed"]


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """What a few steps of a plan have shown on this machine.

    Attributes
    ----------
    device : str
        Where they ran.
    samples_per_s : float
        Learned from.
    validated_per_s : float
        Held-out ones looked at.
    memory_bytes : int
        Of the whole process, or of the graphics card.
    memory_there_bytes : int
        What that device has in all.
    """

    device: str
    samples_per_s: float
    validated_per_s: float
    memory_bytes: int
    memory_there_bytes: int

    @property
    def fits(self) -> bool:
        """True where there is memory enough."""
        return self.memory_bytes <= self.memory_there_bytes


class Forecast:
    """Rehearses the present plan, and tells what came of it.

    Attributes
    ----------
    phase : "none", "measuring", "known" or "failed"
    rehearsal : Rehearsal or None
        Of the present plan.
    fault : str
        Why it failed, in a sentence.
    """

    changed = Signal()

    def __init__(self, request: Callable[[Request], None]) -> None:
        self.phase: Phase = "none"
        self.rehearsal: Rehearsal | None = None
        self.fault = ""
        self._request = request
        self._known: dict[tuple[object, ...], Rehearsal] = {}
        self._asked: Plan | None = None

    def measure(self, plan: Plan) -> None:
        """Rehearse a plan, unless one that takes as long was rehearsed before."""
        self._asked = plan
        known = self._known.get(_cost(plan))
        if known is not None:
            self._set("known", known)
            self._request(StopRehearsing())
        else:
            self._set("measuring")
            self._request(Rehearse(plan=plan))

    def forget(self) -> None:
        """Measure nothing now."""
        if self.phase == "measuring":
            self._request(StopRehearsing())
        self._set("none")

    def take(self, rehearsal: Rehearsal) -> None:
        """A rehearsal is over."""
        if self.phase == "measuring" and self._asked is not None:
            self._known[_cost(self._asked)] = rehearsal
            self._set("known", rehearsal)

    def fail(self, fault: str) -> None:
        """A rehearsal has failed."""
        if self.phase == "measuring":
            self._set("failed", fault=fault)

    def seconds(self, plan: Plan, found: Found) -> float | None:
        """How long training takes once the songs are prepared, or None."""
        shown = self.rehearsal
        if shown is None:
            return None
        epoch_s = plan.samples_per_epoch / shown.samples_per_s
        epoch_s += plan.held_out(found.songs) / shown.validated_per_s
        return plan.epochs * epoch_s

    def _set(
        self, phase: Phase, rehearsal: Rehearsal | None = None, fault: str = ""
    ) -> None:
        news = (phase, rehearsal, fault)
        if news != (self.phase, self.rehearsal, self.fault):
            self.phase, self.rehearsal, self.fault = news
            self.changed.emit()


def _cost(plan: Plan) -> tuple[object, ...]:
    """What of a plan decides how long one sample takes, and the memory."""
    return plan.preset, plan.base, plan.batch_size, plan.device
