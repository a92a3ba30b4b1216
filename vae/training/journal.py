"""What a run says: into the log of its folder, and to whoever listens."""

import time
from collections.abc import Callable, Sequence

from vae.errors import TrainingError
from vae.files import write_bytes
from vae.training import control
from vae.training.folder import RunFolder, way_on
from vae.training.reader import LOG
from vae.training.records import (
    Axes,
    End,
    Epoch,
    Picture,
    Preparation,
    Record,
    Recovery,
    Step,
    Unnamed,
    from_line,
    to_line,
)

SELDOM_S = 0.5  # between two lines about the same preparation
OF_AN_EPOCH = (Axes, Epoch, Picture, Recovery, Step)


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
            The log cannot be written: the disk is full, or the folder is gone.
        """
        if not self._run.writing:
            return
        self._write(records)
        if self._listen is not None:
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

    def take_back(self, epochs_done: int) -> None:
        """Take back what the log says of later epochs, and of how the run has ended.

        Raises
        ------
        TrainingError
            The log cannot be written.
        """
        path = self._run.path / LOG
        if not self._run.writing or not path.exists():
            return
        kept = [
            line
            for line in path.read_bytes().splitlines(keepends=True)
            if line.endswith(b"\n") and _holds(line, epochs_done)
        ]
        try:
            write_bytes(path, b"".join(kept))
        except OSError as error:
            raise self._unwritten(error) from error

    def _write(self, records: Sequence[Record]) -> None:
        text = "".join(to_line(record, time.time()) for record in records)
        try:
            with (self._run.path / LOG).open("ab", buffering=0) as file:
                file.write(text.encode())
        except OSError as error:
            raise self._unwritten(error) from error

    def _unwritten(self, error: OSError) -> TrainingError:
        sentence = f"the log cannot be written in {self._run.path}: {error.strerror}"
        return TrainingError(sentence, way_on(error))


def _holds(text: bytes, epochs_done: int) -> bool:
    try:
        line = from_line(text.decode())
    except (ValueError, KeyError, TypeError):
        return False
    if line is None:
        return True
    if epochs_done == 0:  # everything is said anew
        return False
    if isinstance(line.record, OF_AN_EPOCH):
        return line.record.epoch < epochs_done
    return not isinstance(line.record, End | Unnamed)
