import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.engine import protocol
from explorer.services import engine_client
from explorer.services.engine_client import EngineClient
from explorer.services.engine_link import fate_words
from explorer.session.session import Session

L = 4
SONG = Path("/music/walk.flac")
LOOK_S = 0.01


class StandIn:
    """An engine at the other end of a real pipe, played by the test."""

    def __init__(self) -> None:
        ours, theirs = Pipe()
        self.window_end: Connection[Any, Any] = theirs
        self.heard: list[protocol.Command] = []
        self.exitcode: int | None = None
        self.killed = False
        self.deaf = False  # as while it loads its libraries
        self._pipe: Connection[Any, Any] = ours
        self._over = threading.Event()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def tell(self, event: protocol.Event) -> None:
        self._pipe.send(event)

    def die(self, exit_code: int) -> None:
        self.exitcode = exit_code
        self._over.set()
        self._reader.join()

    def of_kind(self, kind: type[protocol.Command]) -> list[Any]:
        return [one for one in self.heard if isinstance(one, kind)]

    def join(self, timeout: float | None = None) -> None:
        self._over.wait(timeout)

    def is_alive(self) -> bool:
        return not self._over.is_set()

    def kill(self) -> None:
        self.killed = True
        self.die(-9)

    def _listen(self) -> None:
        try:
            while not self._over.wait(LOOK_S):
                while not self.deaf and self._pipe.poll():
                    self.heard.append(self._pipe.recv())
                    if isinstance(self.heard[-1], protocol.Shutdown):
                        self.exitcode = 0
                        self._over.set()
        except (EOFError, OSError):
            pass
        self._pipe.close()


class Stage:
    """A session, its client, and every engine that was started."""

    def __init__(self) -> None:
        self.engines: list[StandIn] = []
        self.memories: list[SharedMemory] = []
        self.session = Session(song_path=SONG)
        self.client = EngineClient(self.session, launch=self._launch)

    @property
    def engine(self) -> StandIn:
        return self.engines[-1]

    def open_song(self, qtbot: QtBot) -> None:
        """Let the newest engine start, and open what it is asked for."""
        engine = self.engine
        status = self.share(np.zeros((), protocol.STATUS))
        engine.tell(
            protocol.EngineStarted(status_name=status, device="Speaker", reason="")
        )
        qtbot.waitUntil(lambda: bool(engine.of_kind(protocol.OpenModel)))
        (model,) = engine.of_kind(protocol.OpenModel)
        engine.tell(
            protocol.ModelOpened(
                request=model.request,
                path=Path("/m.safetensors"),
                title="m",
                model_hash="1",
                latent_size=L,
                variance_share=np.full(L, 1 / L, np.float32),
                song_mean=np.zeros(L, np.float32),
                song_spread=np.ones(L, np.float32),
                band_hz=2_756.0,
            )
        )
        qtbot.waitUntil(lambda: bool(engine.of_kind(protocol.OpenSong)))
        song = engine.of_kind(protocol.OpenSong)[0]
        engine.tell(
            protocol.SongOpened(
                request=song.request,
                path=song.path,
                title="walk",
                samples=441_000,
                sample_rate=44_100,
                frames=40,
                frame_samples=11_025,
                latent_path=np.zeros((5, L), np.float32),
                latent_times=np.arange(5, dtype=np.float32),
            )
        )
        qtbot.waitUntil(lambda: self.session.ready)
        qtbot.waitUntil(lambda: bool(engine.of_kind(protocol.SetPoint)))

    def share(self, array: np.ndarray[Any, Any]) -> str:
        memory = SharedMemory(create=True, size=array.nbytes)
        self.memories.append(memory)
        self.write(array)
        return memory.name

    def write(self, array: np.ndarray[Any, Any]) -> None:
        """Write into what was shared last."""
        shared = np.ndarray(array.shape, array.dtype, buffer=self.memories[-1].buf)
        shared[...] = array

    def close(self) -> None:
        self.client.close()
        for memory in self.memories:
            memory.close()
            with suppress(FileNotFoundError):  # given back for a dead engine
                memory.unlink()

    def _launch(self) -> tuple[BaseProcess, "Connection[Any, Any]"]:
        engine = StandIn()
        self.engines.append(engine)
        return cast(BaseProcess, engine), engine.window_end


def shows(session: Session, pixels: np.ndarray[Any, Any]) -> bool:
    return np.array_equal(session.picture.pixels, pixels)


def started(stage: Stage, count: int) -> bool:
    return len(stage.engines) == count


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    set_up = Stage()
    set_up.client.start()
    yield set_up
    set_up.close()


def test_a_song_is_opened_across_the_pipe(stage: Stage, qtbot: QtBot) -> None:
    stage.open_song(qtbot)
    assert stage.session.engine.device == "Speaker"
    assert stage.session.song is not None
    assert stage.session.song.title == "walk"


def test_the_first_of_many_points_is_sent_at_once_and_then_only_the_newest(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.open_song(qtbot)
    before = len(stage.engine.of_kind(protocol.SetPoint))
    QTest.qWait(2 * engine_client.POINT_MS)  # since the point of the song was sent
    began_s = time.monotonic()
    for value in np.linspace(0.1, 3.0, 50):
        stage.session.move_axis(0, float(value))
    took_ms = 1e3 * (time.monotonic() - began_s)

    def sent() -> list[float]:
        points = stage.engine.of_kind(protocol.SetPoint)[before:]
        return [float(point.offset[0]) for point in points]

    qtbot.waitUntil(lambda: sent()[-1:] == [pytest.approx(3.0)])
    assert sent()[0] == pytest.approx(0.1)
    assert len(sent()) <= 2 + took_ms / engine_client.POINT_MS


def test_a_point_is_sent_before_what_was_asked_for_after_it(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.open_song(qtbot)
    stage.session.move_axis(0, 2.0)
    stage.session.exports.write(Path("/music/out.wav"))
    qtbot.waitUntil(lambda: bool(stage.engine.of_kind(protocol.Export)))
    kinds = [type(one) for one in stage.engine.heard[-2:]]
    assert kinds == [protocol.SetPoint, protocol.Export]


def test_the_playhead_is_read_from_shared_memory(stage: Stage, qtbot: QtBot) -> None:
    stage.open_song(qtbot)
    stage.session.transport.play()
    status = np.zeros((), protocol.STATUS)
    status["position"], status["peak_left"], status["underruns"] = 88_200, 0.5, 3
    stage.write(status)
    playback = stage.session.playback
    qtbot.waitUntil(lambda: playback.position == 88_200)
    assert playback.peak_left == pytest.approx(0.5)
    assert playback.underruns == 3


def test_the_picture_is_read_from_shared_memory(stage: Stage, qtbot: QtBot) -> None:
    stage.open_song(qtbot)
    for shape in ((40, 6), (30, 8)):
        pixels = np.random.default_rng(1).integers(0, 256, shape, dtype=np.uint8)
        name = stage.share(pixels)
        frames, kept = shape
        stage.engine.tell(
            protocol.PictureReady(
                name=name, frames=frames, kept=kept, frame_s=0.25, band_hz=2_756.0
            )
        )
        for start, stop in ((0, 16), (16, frames)):
            stage.engine.tell(
                protocol.PictureSlice(
                    stamp=1, start=start, stop=stop, finished=stop == frames
                )
            )
        qtbot.waitUntil(partial(shows, stage.session, pixels))
        assert stage.session.picture.finished


def test_a_picture_that_is_gone_already_is_passed_over(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.open_song(qtbot)
    stage.engine.tell(
        protocol.PictureReady(
            name="no-such-memory", frames=40, kept=6, frame_s=0.25, band_hz=2_756.0
        )
    )
    stage.engine.tell(protocol.PictureSlice(stamp=1, start=0, stop=40, finished=True))
    stage.engine.tell(protocol.PointSounded(stamp=99, control_to_sound_ms=9.0))
    qtbot.waitUntil(lambda: stage.session.responses.sound is not None)
    assert not stage.session.picture.finished


def test_a_dead_engine_is_told_in_words_and_another_takes_over(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.open_song(qtbot)
    stage.session.move_axis(1, 2.0)
    stage.session.transport.seek(3.0)
    stage.engine.die(-9)
    qtbot.waitUntil(lambda: len(stage.engines) == 2)
    newest = stage.session.messages.newest
    assert newest is not None
    assert "for want of memory" in newest.text
    stage.open_song(qtbot)
    (song,) = stage.engine.of_kind(protocol.OpenSong)
    assert (song.path, song.position) == (SONG, 3 * 44_100)
    assert stage.engine.of_kind(protocol.SetPoint)[-1].offset[1] == pytest.approx(2.0)
    newest = stage.session.messages.newest
    assert newest is not None
    assert newest.text.endswith("your point, song and position are kept.")


def test_an_engine_that_keeps_dying_is_left_alone_until_asked_for(
    stage: Stage, qtbot: QtBot
) -> None:
    for count in (1, 2, 3):
        qtbot.waitUntil(partial(started, stage, count))
        stage.engine.die(1)
    qtbot.waitUntil(lambda: stage.session.engine.phase == "stopped")
    assert len(stage.engines) == 3
    stage.session.engine.restart()
    assert len(stage.engines) == 4
    stage.engine.die(1)  # which counts anew
    qtbot.waitUntil(partial(started, stage, 5))
    stage.open_song(qtbot)


def test_an_engine_that_dies_now_and_then_is_started_again_each_time(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_client, "WITHIN_S", 0.0)
    for count in range(1, 6):
        qtbot.waitUntil(partial(started, stage, count))
        stage.engine.die(1)
    qtbot.waitUntil(partial(started, stage, 6))
    stage.open_song(qtbot)


def test_it_looks_at_the_playhead_more_often_while_it_plays(
    stage: Stage, qtbot: QtBot
) -> None:
    def paces_ms() -> set[int]:
        return {one.interval() for one in stage.client.findChildren(QTimer)}

    stage.open_song(qtbot)
    assert engine_client.RESTING_MS in paces_ms()
    stage.session.transport.play()
    assert engine_client.PLAYING_MS in paces_ms()
    assert engine_client.RESTING_MS not in paces_ms()
    stage.session.transport.pause()
    assert engine_client.RESTING_MS in paces_ms()


def test_closing_ends_the_engine_politely(stage: Stage, qtbot: QtBot) -> None:
    stage.open_song(qtbot)
    stage.client.close()
    assert isinstance(stage.engine.heard[-1], protocol.Shutdown)
    assert stage.engine.exitcode == 0
    assert not stage.engine.killed


def test_closing_does_not_wait_for_an_engine_that_is_still_starting(
    stage: Stage,
) -> None:
    stage.engine.deaf = True
    stage.client.close()
    assert stage.engine.killed


@pytest.mark.parametrize(
    ("exit_code", "words"),
    [
        (-9, "was stopped by the system, perhaps for want of memory"),
        (-11, "crashed (SIGSEGV)"),
        (-99, "crashed (signal 99)"),
        (0, "ended by itself"),
        (1, "failed (exit status 1)"),
        (None, "stopped answering"),
    ],
)
def test_every_end_has_words(exit_code: int | None, words: str) -> None:
    assert fate_words(exit_code) == words
