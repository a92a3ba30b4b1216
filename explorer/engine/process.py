"""The engine's own process: takes commands until it is told to end."""

import gc
import logging
import os
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection

import torch

from explorer.engine.desk import Desk
from explorer.engine.failure import failure
from explorer.engine.landings import Landings
from explorer.engine.outbox import Outbox
from explorer.engine.patchbay import Patchbay
from explorer.engine.player import Player
from explorer.engine.protocol import (
    UNASKED,
    Cancel,
    CloseSource,
    Command,
    EngineStarted,
    Event,
    Export,
    LandJump,
    OpenModel,
    OpenSong,
    OpenSource,
    Pause,
    Play,
    PlaybackEnded,
    PointSounded,
    RefreshDevices,
    Seek,
    SetChannels,
    SetDevice,
    SetGain,
    SetLimiter,
    SetListening,
    SetLoop,
    SetMute,
    SetPoint,
    Shutdown,
    StartRecording,
    StopRecording,
)
from explorer.engine.recorder import Recorder
from explorer.engine.renderer import Renderer
from explorer.engine.status import StatusBoard
from explorer.engine.stream import Sound
from explorer.engine.tape import Loop

LOOK_S = 0.02  # between looks at what the sound has done
SWITCH_S = 0.001  # until the audio callback gets the interpreter from another thread
FADE_OUT_S = 0.2  # for the last sound to fade
CLOSING_S = 2.0  # for a thread to end
SILENCE_DB = -60.0  # a gain this low is none

_log = logging.getLogger(__name__)


def main(connection: "Connection[Event, Command]") -> None:
    """Serve the window at the other end until it says `Shutdown` or is gone."""
    _hush()
    logging.basicConfig(level=logging.WARNING, format="engine: %(message)s")
    sys.setswitchinterval(SWITCH_S)
    torch.set_num_threads(1)  # a second one waits on barriers beside other work
    gc.freeze()  # what was imported stays; collecting it would hold up the sound
    engine = Engine(connection)
    status = 0
    try:
        engine.run()
    except Exception:  # noqa: BLE001 - a process's edge
        _log.exception("the engine failed")
        status = 1
    engine.close()
    os._exit(status)  # a dead device or a busy thread could hold up a slower end


class Engine:
    """The threads of the engine, and the command loop that tells them what to do."""

    def __init__(self, connection: "Connection[Event, Command]") -> None:
        self._connection = connection
        self._outbox = Outbox(connection)
        self._board = StatusBoard()
        self._player = Player(self._board)
        self._sound = Sound(self._player)
        self._renderer = Renderer(self._player, self._outbox.send)
        self._desk = Desk(self._renderer, self._outbox.send)
        self._landings = Landings(self._renderer, self._outbox.send)
        self._recorder = Recorder(self._player, self._outbox.send)
        self._patchbay = Patchbay(self._sound, self._outbox.send)
        self._ended = 0

    def run(self) -> None:
        """Serve commands; returns after `Shutdown`, or when the window is gone."""
        started = EngineStarted(
            status_name=self._board.name,
            device=self._sound.device,
            reason=self._sound.reason,
        )
        self._outbox.send(started)
        self._patchbay.start()
        going_on = True
        while going_on:
            try:
                going_on = self._serve_waiting()
            except (EOFError, OSError):
                return
            self._look()

    def close(self) -> None:
        """Fade out and give everything back."""
        self._patchbay.close(CLOSING_S)
        self._player.pause()
        deadline = time.monotonic() + FADE_OUT_S
        while not self._player.silent and time.monotonic() < deadline:
            time.sleep(0.005)
        self._sound.close()
        self._recorder.close(CLOSING_S)
        self._desk.close(CLOSING_S)
        self._landings.close(CLOSING_S)
        self._renderer.close(CLOSING_S)
        self._board.close()
        self._outbox.close(CLOSING_S)

    def _serve_waiting(self) -> bool:
        """Serve the commands that are there, waiting a little for the first one."""
        wait_s = LOOK_S
        while self._connection.poll(wait_s):
            command = self._connection.recv()
            if isinstance(command, Shutdown):
                return False
            try:
                self._serve(command)
            except Exception as error:  # noqa: BLE001 - a process's edge
                number = getattr(command, "request", UNASKED)
                self._outbox.send(failure(number, error, f"the command {command}"))
            wait_s = 0.0
        return True

    def _serve(self, command: Command) -> None:
        match command:
            case OpenModel() | OpenSong() | OpenSource() | CloseSource() | Export():
                self._desk.ask(command)
            case StartRecording() | StopRecording():
                self._recorder.ask(command)
            case Cancel():
                self._desk.cancel(command.request)
                self._recorder.cancel(command.request)
            case SetDevice() | RefreshDevices():
                self._patchbay.ask(command)
            case SetPoint():
                self._renderer.set_edit(command.edit, command.stamp, command.time_ns)
            case LandJump():
                self._landings.ask(command)
            case SetListening():
                self._renderer.listen(command.listening)
            case SetChannels():
                self._renderer.set_channels(command.channels, command.stamp)
            case Seek():
                self._renderer.seek(command.position)
            case _:
                self._conduct(command)

    def _conduct(self, command: Command) -> None:
        """What the player obeys by itself."""
        match command:
            case Play():
                self._player.play()
            case Pause():
                self._player.pause()
            case SetLoop():
                loop = Loop(start=command.start or 0, stop=command.stop)
                self._player.set_loop(loop if command.enabled else None)
            case SetGain():
                gain_db = command.gain_db
                silent = gain_db <= SILENCE_DB
                self._player.set_gain(0.0 if silent else 10 ** (gain_db / 20))
            case SetMute():
                self._player.set_mute(command.muted)
            case SetLimiter():
                self._player.set_limiter(command.enabled)

    def _look(self) -> None:
        """Tell the window what the sound has done."""
        while self._player.sounded:
            point = self._player.sounded.popleft()
            delay_ms = point.delay_ns / 1e6
            self._outbox.send(
                PointSounded(stamp=point.stamp, control_to_sound_ms=delay_ms)
            )
        if self._player.ended != self._ended:
            self._ended = self._player.ended
            self._outbox.send(PlaybackEnded())


def _hush() -> None:
    """Keep C libraries off the terminal, where ALSA would report every underrun."""
    with suppress(OSError):
        sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 2)
        os.close(nothing)
