"""What a run writes while the training goes on.

A graphics card takes an epoch of a small schedule in less time than a disk takes what
has to be kept of it. There a thread writes, and what waits to be written gives way to
what is newer: where training comes to a sudden end, no more is lost than was trained
while something was written. On a CPU everything is written at once, and no more is
lost than the epoch in work.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Literal, NamedTuple

Kind = Literal["best", "last"]


class Saving:
    """Writes the best model and the last state, again and again.

    A last state says which model was the best so far, so that it is never written
    before that one: a best model makes all that waits superfluous, a last state only
    another one.

    Parameters
    ----------
    beside : bool
        In a thread; else whoever saves waits.
    """

    def __init__(self, *, beside: bool) -> None:
        self.beside = beside
        self._pool = ThreadPoolExecutor(1, "saving") if beside else None
        self._jobs: list[_Job] = []

    def save(self, kind: Kind, write: Callable[[], None]) -> None:
        """Write what is newest of a kind.

        Raises
        ------
        TrainingError
            It cannot be written; of a thread, something before it could not.
        """
        if self._pool is None:
            write()
            return
        self._jobs = [one for one in self._jobs if not one.gives_way(kind)]
        self._see_to(lambda one: one.written.done())
        self._jobs.append(_Job(kind, self._pool.submit(write)))

    def wait(self) -> None:
        """Until all is written.

        Raises
        ------
        TrainingError
            It cannot be.
        """
        self._see_to(lambda _: True)

    def _see_to(self, which: Callable[["_Job"], bool]) -> None:
        """Let go of some jobs, once they are done; tell if they failed."""
        jobs, self._jobs = self._jobs, []
        for one in jobs:
            if which(one):
                one.written.result()
            else:
                self._jobs.append(one)


class _Job(NamedTuple):
    """Something that is to be written, or was."""

    kind: Kind
    written: Future[None]

    def gives_way(self, kind: Kind) -> bool:
        """Take it back if something newer of a kind is there and it was not begun."""
        superfluous = kind == "best" or self.kind == "last"
        return superfluous and self.written.cancel()
