"""What a run says: into its log, and to whoever listens."""

import time
from collections.abc import Callable

from vae.training import control
from vae.training.folder import RunFolder
from vae.training.records import Preparation, Record

SELDOM_S = 0.5  # between two lines about the same preparation


class Journal:
    """Writes each record down and passes it on; one process of many does so."""

    def __init__(
        self, run: RunFolder, listen: Callable[[Record], None] | None = None
    ) -> None:
        self._run = run
        self._listen = listen
        self._stage, self._said = "", 0.0

    def tell(self, *records: Record) -> None:
        """Say this.

        Raises
        ------
        TrainingError
            The log cannot be written.
        """
        self._run.tell(records)
        if self._listen is not None and self._run.writing:
            for record in records:
                self._listen(record)

    def prepared(self, stage: str, done: int, total: int) -> None:
        """Say how far a preparation has come, but not too often.

        Raises
        ------
        KeyboardInterrupt
            Another process wishes to stop: there is nothing yet that could be kept.
        """
        now = time.monotonic()
        if stage == self._stage and done < total and now - self._said < SELDOM_S:
            return
        self._stage, self._said = stage, now
        self.tell(Preparation(stage=stage, done=done, total=total))
        if control.wished(self._run.path) == "stop":
            raise KeyboardInterrupt

    def shares(self, stage: str) -> Callable[[float], None]:
        """As `prepared`, for what counts its share from 0 to 1; it begins now."""
        self.prepared(stage, 0, 100)
        return lambda share: self.prepared(stage, round(100 * share), 100)
