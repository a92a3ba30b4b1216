"""Writes down what is heard, on a thread of its own."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from explorer.engine.player import Player
from explorer.engine.protocol import (
    Event,
    Failed,
    Recorded,
    StartRecording,
    StopRecording,
)
from explorer.engine.tap import Tap
from explorer.engine.tape import CHANNELS
from vae.errors import AudioError, Cancelled, DctvaeError
from vae.sound.decoding import SAMPLE_RATE
from vae.sound.formats import format_of
from vae.sound.writer import sound_writer

LOOK_S = 0.1  # between two writes

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Session:
    """A recording under way."""

    command: StartRecording
    tap: Tap
    thread: threading.Thread
    ended: threading.Event
    cancelled: threading.Event


class Recorder:
    """Takes down one recording at a time."""

    def __init__(self, player: Player, send: Callable[[Event], None]) -> None:
        self._player = player
        self._send = send
        self._session: Session | None = None

    def ask(self, command: StartRecording | StopRecording) -> None:
        """Begin or complete a recording; one thread only may ask."""
        session = self._session
        running = session is not None and session.thread.is_alive()
        if isinstance(command, StopRecording):
            if session is not None and session.command.request == command.request:
                session.ended.set()
        elif running and session is not None and not session.ended.is_set():
            name = session.command.path.name
            message = f"{name} is being recorded; that has to be stopped first"
            self._send(Failed(request=command.request, message=message))
        else:
            self._begin(command)

    def cancel(self, request: int) -> None:
        """Give up a recording, and leave nothing of it."""
        session = self._session
        if session is not None and session.command.request == request:
            session.cancelled.set()
            session.ended.set()

    def close(self, timeout_s: float) -> None:
        """Complete what is being recorded, if that is done in time."""
        if self._session is not None:
            self._session.ended.set()
            self._session.thread.join(timeout_s)

    def _begin(self, command: StartRecording) -> None:
        session = Session(
            command,
            Tap(),
            threading.Thread(
                target=lambda: self._run(session), name="recorder", daemon=True
            ),
            threading.Event(),
            threading.Event(),
        )
        self._session = session
        self._player.tap = session.tap
        session.thread.start()

    def _run(self, session: Session) -> None:
        number, path = session.command.request, session.command.path
        try:
            samples = self._write(session)
        except Cancelled:
            self._send(Failed(request=number, message="Given up.", cancelled=True))
        except DctvaeError as error:
            self._send(Failed(request=number, message=str(error)))
        except Exception as error:  # noqa: BLE001 - a thread's edge
            _log.exception("a recording failed: %s", path)
            message = f"This went wrong inside the program: {error!r}"
            self._send(Failed(request=number, message=message))
        else:
            duration_s = samples / SAMPLE_RATE
            self._send(Recorded(request=number, path=path, duration_s=duration_s))
        finally:
            if self._player.tap is session.tap:
                self._player.tap = None

    def _write(self, session: Session) -> int:
        """Write until the end; gives how many samples."""
        path = session.command.path
        form = format_of(path, session.command.format)
        samples, last = 0, False
        with sound_writer(
            path, form, sample_rate=SAMPLE_RATE, channels=CHANNELS
        ) as write:
            while not last:
                last = session.ended.wait(LOOK_S)
                if session.cancelled.is_set():
                    raise Cancelled
                if last:
                    self._player.tap = None
                    time.sleep(LOOK_S)  # a buffer may be on its way into the tap
                sound = session.tap.empty()
                write(sound)
                samples += sound.shape[1]
                if session.tap.lost:
                    raise AudioError(
                        f"{path.name} was given up: the disk is too slow for the sound"
                    )
        return samples
