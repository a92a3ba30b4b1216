"""Writing down what is heard."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from psygnal import Signal

from explorer.engine.protocol import (
    Recorded,
    SoundFormat,
    StartRecording,
    StopRecording,
)
from explorer.session.file_name import fresh_path
from vae.sound.salvage import salvage

if TYPE_CHECKING:
    from explorer.session.session import Session

FORMAT: SoundFormat = "wav24"


class Recorder:
    """Records everything that goes to the device, until it is told to stop.

    Attributes
    ----------
    path : Path or None
        Of the recording under way; None: there is none.
    finishing : bool
        True from stopping until the file is complete.
    """

    changed = Signal()

    def __init__(self, session: "Session", clock_ns: Callable[[], int]) -> None:
        self.path: Path | None = None
        self.finishing = False
        self._session = session
        self._clock_ns = clock_ns
        self._request = 0
        self._began_ns = 0

    @property
    def on(self) -> bool:
        """True while it records."""
        return self.path is not None and not self.finishing

    @property
    def length_s(self) -> float:
        """How long it has recorded."""
        return (self._clock_ns() - self._began_ns) / 1e9 if self.on else 0.0

    def toggle(self) -> None:
        """Begin a recording in the folder for them, or end the one under way."""
        if self.on:
            self.stop()
        elif self.path is None:
            name = f"Recording {datetime.now():%Y-%m-%d %H.%M.%S}.wav"
            self.start(self._session.places.recordings() / name)

    def start(self, path: Path) -> None:
        """Record into a file, a new one where one of that name is there or begun."""
        if self.path is not None or self._session.engine.phase != "running":
            return
        path = fresh_path(path)
        self.path, self._began_ns = path, self._clock_ns()
        self._request = self._session.tasks.number()
        self._session.orders.send(
            StartRecording(request=self._request, path=path, format=FORMAT)
        )
        self.changed.emit()

    def stop(self) -> None:
        """Complete the file."""
        if self.on:
            self.finishing = True
            self._session.orders.send(StopRecording(request=self._request))
            self.changed.emit()

    # ------------------------------------------------------------ the engine's side

    def take(self, event: Recorded) -> None:
        """The file is complete."""
        messages, length = self._session.messages, _length(event.duration_s)
        if event.remark:
            messages.warning(
                "export",
                f"{event.remark}. {event.path.name} holds the {length} recorded until "
                "then.",
            )
        else:
            messages.notice(
                "export",
                f"Saved {event.path.name}, {length} long, in {event.path.parent}.",
            )
        self._end()

    def is_of(self, request: int) -> bool:
        """True where a request is that of the recording under way."""
        return self.path is not None and request == self._request

    def refuse(self, reason: str) -> None:
        """Nothing can be recorded, or no more."""
        self._session.messages.error("export", reason)
        self._end()

    def lose(self) -> str:
        """The engine is gone: keep what it had written; gives what became of it."""
        path = self.path
        if path is None:
            return ""
        self._end()
        return self.recover(path) or f"The recording {path.name} is lost."

    @staticmethod
    def recover(path: Path) -> str:
        """Complete a recording that broke off; gives what it holds, "" for nothing."""
        kept_s = salvage(path)
        if not kept_s:
            return ""
        return f"{path} holds the {_length(kept_s)} recorded until then."

    def _end(self) -> None:
        self.path, self.finishing = None, False
        self.changed.emit()


def _length(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    return f"{minutes}:{seconds:02d}"
