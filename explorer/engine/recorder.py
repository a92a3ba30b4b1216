"""Writes down what is heard, on a thread of its own."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from explorer.engine.failure import failure
from explorer.engine.player import Player
from explorer.engine.protocol import (
    Event,
    Failed,
    Recorded,
    StartRecording,
    StopRecording,
)
from explorer.engine.tap import Tap
from vae.errors import AudioError, Cancelled
from vae.sound.formats import format_of
from vae.sound.layout import CHANNELS, SAMPLE_RATE
from vae.sound.writer import sound_writer

LOOK_S = 0.1  # between two writes


@dataclass(frozen=True, eq=False)
class Take:
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
        self._take: Take | None = None

    def ask(self, command: StartRecording | StopRecording) -> None:
        """Begin or complete a recording; one thread only may ask."""
        take = self._take
        running = take is not None and take.thread.is_alive()
        if isinstance(command, StopRecording):
            if take is not None and take.command.request == command.request:
                take.ended.set()
        elif running and take is not None and not take.ended.is_set():
            name = take.command.path.name
            message = f"{name} is being recorded; that has to be stopped first"
            self._send(Failed(request=command.request, message=message))
        else:
            self._begin(command)

    def cancel(self, request: int) -> None:
        """Give up a recording, and leave nothing of it."""
        take = self._take
        if take is not None and take.command.request == request:
            take.cancelled.set()
            take.ended.set()

    def close(self, timeout_s: float) -> None:
        """Complete what is being recorded, if that is done in time."""
        if self._take is not None:
            self._take.ended.set()
            self._take.thread.join(timeout_s)

    def _begin(self, command: StartRecording) -> None:
        take = Take(
            command,
            Tap(),
            threading.Thread(
                target=lambda: self._run(take), name="recorder", daemon=True
            ),
            threading.Event(),
            threading.Event(),
        )
        self._take = take
        self._player.tap = take.tap
        take.thread.start()

    def _run(self, take: Take) -> None:
        number, path = take.command.request, take.command.path
        try:
            samples, remark = self._write(take)
        except Exception as error:  # noqa: BLE001 - a thread's edge
            self._send(failure(number, error, f"the recording {path}"))
        else:
            duration_s = samples / SAMPLE_RATE
            self._send(
                Recorded(
                    request=number, path=path, duration_s=duration_s, remark=remark
                )
            )
        finally:
            self._take_off(take)

    def _take_off(self, take: Take) -> None:
        """Let no more sound come in; another recording's goes on."""
        if self._player.tap is take.tap:
            self._player.tap = None

    def _write(self, take: Take) -> tuple[int, str]:
        """Write until the end; gives how many samples, and why it ended by itself."""
        path = take.command.path
        form = format_of(path, take.command.format)
        samples, last = 0, False
        with sound_writer(
            path, form, sample_rate=SAMPLE_RATE, channels=CHANNELS
        ) as write:
            while not last:
                last = take.ended.wait(LOOK_S)
                if take.cancelled.is_set():
                    raise Cancelled
                if last:
                    self._take_off(take)
                    time.sleep(LOOK_S)  # a buffer may be on its way into the tap
                sound = take.tap.empty()
                try:
                    write(sound)
                except AudioError as error:
                    if not samples:
                        raise
                    return samples, str(error)
                samples += sound.shape[1]
                if take.tap.lost:
                    return samples, "The disk is too slow for the sound"
        return samples, ""
