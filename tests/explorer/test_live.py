"""The whole program for real: its own window, its engine's process, a sound card."""

import itertools
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.app import Explorer, Wishes
from explorer.services.engine_client import EngineClient
from explorer.services.settings import Settings
from explorer.widgets.theme import DARK, apply_theme
from tests.explorer.engine.doubles import undisturbed
from tests.explorer.hand import drag
from tests.models import tiny_checkpoint
from tests.sound_server import SAMPLE_RATE, Recording, SoundServer

PATIENCE_MS = 60_000  # for a process to load torch on a busy machine
LATENCY_MS = 100.0  # long, for a busy machine
PROMPT_S = 0.25  # from moving a slider to hearing it
WINDOW = 1_024  # samples of sound looked at together
EAGER = 15  # steps of niceness
GAP = 441  # samples, 10 ms: so much silence in a steady sound is a gap
CHANGED_DB = 3.0  # in the band, well beyond what the sound does by itself
PARTIALS_HZ = (180.0, 430.0, 770.0, 1_130.0, 1_610.0, 2_230.0)

Floats = NDArray[np.float32]


@pytest.fixture(autouse=True)
def _served_first() -> Iterator[None]:
    """Where that is allowed, a busy machine serves what is tested and what listens."""
    if not hasattr(os, "setpriority"):
        yield
        return
    before = os.getpriority(os.PRIO_PROCESS, 0)
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, before - EAGER)
    yield
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, before)


@pytest.fixture
def explorer(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    sound_server: SoundServer,
    _served_first: None,
) -> Iterator[Explorer]:
    """The program with a steady sound open, for as long as the test lasts."""
    del sound_server  # it plays into this one
    apply_theme(qapp, DARK)
    store = QSettings(str(tmp_path / "explorer.ini"), QSettings.Format.IniFormat)
    wishes = Wishes(songs=(steady_song(tmp_path),), model=tiny_checkpoint(tmp_path))
    program = Explorer(
        qapp, wishes, settings=Settings(store), backup_folder=tmp_path / "backups"
    )
    qtbot.addWidget(program.window)
    program.session.output.want_device(None, LATENCY_MS)
    program.open()
    program.window.guards_work = False  # nobody is there to be asked at the end
    qtbot.waitUntil(lambda: program.session.picture_current, timeout=PATIENCE_MS)
    yield program
    program.close()


def steady_song(folder: Path) -> Path:
    """A chord that stays as it is for 20 seconds."""
    time_s = np.arange(20 * SAMPLE_RATE) / SAMPLE_RATE
    tones = [np.sin(2 * np.pi * hz * time_s + hz) for hz in PARTIALS_HZ]
    sound = 0.08 * np.sum(tones, axis=0)
    path = folder / "chord.wav"
    soundfile.write(path, np.stack([sound, sound], axis=1), SAMPLE_RATE)
    return path


def loud_master(folder: Path) -> Path:
    """Ten seconds of noise up to −0.1 dB of full scale, no two pairs alike."""
    peak = 10 ** (-0.1 / 20)
    sound = np.random.default_rng(4).uniform(-peak, peak, (10 * SAMPLE_RATE, 2))
    path = folder / "master.wav"
    soundfile.write(path, sound, SAMPLE_RATE, subtype="FLOAT")
    return path


def longest_match(heard: Floats, song: Floats) -> int:
    """Samples of the longest stretch of (2, S) that is the song's, bit for bit."""
    place_of = {pair: place for place, pair in enumerate(map(tuple, song.T))}
    places = np.array([place_of.get(pair, -2) for pair in map(tuple, heard.T)])
    breaks = np.flatnonzero((np.diff(places) != 1) | (places[:-1] < 0))
    edges = np.concatenate([[-1], breaks, [len(places) - 1]])
    return int(np.diff(edges).max())


def levels_db(sound: Floats) -> Floats:
    """(n, bins) levels of windows of a sound (2, S), in the band of the partials."""
    windows = sound.shape[1] // WINDOW
    cut = sound[0, : windows * WINDOW].reshape(windows, WINDOW) * np.hanning(WINDOW)
    partials = [round(hz * WINDOW / SAMPLE_RATE) for hz in PARTIALS_HZ]
    spectrum = np.abs(np.fft.rfft(cut))[:, partials]
    return 20 * np.log10(spectrum + 1e-6).astype(np.float32)


def seconds_to_change(before: Floats, after: Floats) -> float:
    """How long into `after` it is until the sound is no longer what `before` was."""
    usual = np.median(levels_db(before), axis=0)
    distance = np.abs(levels_db(after) - usual).max(axis=1)
    changed = np.flatnonzero(distance > CHANGED_DB)
    return float(changed[0] + 1) * WINDOW / SAMPLE_RATE if len(changed) else np.inf


def longest_silence(sound: Floats) -> int:
    """Samples of the longest stretch without any sound."""
    heard = np.flatnonzero(np.abs(sound).max(axis=0) > 1e-4)
    return int(np.diff(heard).max(initial=0))


def wait_while_serving(recording: Recording, seconds: float) -> None:
    """Let the window live on while so much sound arrives."""
    wanted = recording.samples + round(seconds * SAMPLE_RATE)
    while recording.samples < wanted:
        QTest.qWait(10)


def test_a_slider_is_heard_at_once_without_a_gap_and_the_picture_follows(
    explorer: Explorer, sound_server: SoundServer, qtbot: QtBot
) -> None:
    session, window = explorer.session, explorer.window
    picture = session.picture.pixels.copy()
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: session.transport.position_s > 0.5, timeout=PATIENCE_MS)
    session.transport.set_loop(loop=True)
    goals = itertools.cycle((3.0, -3.0))

    def move() -> tuple[Floats, Floats]:
        """What was heard before a slider was moved, and after."""
        with sound_server.record() as recording:
            wait_while_serving(recording, 0.5)
            moved_ns = time.monotonic_ns()
            drag(window.explore.slider_bank.sliders[0], next(goals))
            wait_while_serving(recording, 1.0)
            start = recording.sample_at(moved_ns)
        sound = recording.sound()
        return sound[:, :start], sound[:, start:]

    was_prompt = was_whole = False

    def prompt_and_whole(heard: tuple[Floats, Floats]) -> bool:
        """A busy machine spoils the one or the other; the program, every time."""
        nonlocal was_prompt, was_whole
        before, after = heard
        steady = seconds_to_change(before[:, : len(before[0]) // 2], before) == np.inf
        soon = after[:, : round(PROMPT_S * SAMPLE_RATE)]
        if steady and longest_silence(soon) < GAP:  # else a gap seems to be a change
            was_prompt |= seconds_to_change(before, after) <= PROMPT_S
        was_whole |= longest_silence(np.concatenate(heard, axis=1)) < GAP
        return was_prompt and was_whole

    undisturbed(move, prompt_and_whole)
    qtbot.waitUntil(lambda: session.picture_current, timeout=PATIENCE_MS)
    assert not np.array_equal(session.picture.pixels, picture)


def test_a_loud_master_that_is_not_edited_is_heard_bit_for_bit(
    explorer: Explorer, sound_server: SoundServer, qtbot: QtBot, tmp_path: Path
) -> None:
    session, path = explorer.session, loud_master(tmp_path)
    taken_db: list[float] = []
    session.output.levels_changed.connect(
        lambda: taken_db.append(session.output.reduction_db)
    )
    session.songs.add((path,))
    qtbot.waitUntil(
        lambda: session.song is not None and session.song.path == path,
        timeout=PATIENCE_MS,
    )
    assert session.output.limiter
    song = soundfile.read(path, dtype="float32")[0].T

    def heard() -> int:
        session.transport.seek(0.5)
        session.transport.play()
        with sound_server.record() as recording:
            wait_while_serving(recording, 1.5)
        return longest_match(recording.sound(), song)

    undisturbed(heard, lambda matching: matching > SAMPLE_RATE // 2)
    assert min(taken_db, default=0.0) == 0.0


def test_a_killed_engine_comes_back_where_it_was(
    explorer: Explorer, qtbot: QtBot
) -> None:
    session, client = explorer.session, explorer.client
    assert isinstance(client, EngineClient)
    drag(explorer.window.explore.slider_bank.sliders[2], 2.0)
    session.transport.seek(7.0)
    qtbot.waitUntil(lambda: session.picture_current, timeout=PATIENCE_MS)
    before, point = session.picture.pixels.copy(), session.point
    assert client.process_id is not None
    os.kill(client.process_id, signal.SIGKILL)
    qtbot.waitUntil(lambda: not session.ready, timeout=PATIENCE_MS)
    assert "is being started again" in explorer.window.message_bar.text
    qtbot.waitUntil(lambda: session.picture_current, timeout=PATIENCE_MS)
    assert session.point == point
    assert session.transport.position_s == pytest.approx(7.0)
    np.testing.assert_array_equal(session.picture.pixels, before)


def test_an_engine_killed_while_it_plays_plays_on(
    explorer: Explorer, qtbot: QtBot
) -> None:
    session, client = explorer.session, explorer.client
    assert isinstance(client, EngineClient)
    QTest.keyClick(explorer.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: session.transport.position_s > 1.0, timeout=PATIENCE_MS)
    drag(explorer.window.explore.slider_bank.sliders[1], -1.0)
    song, point = session.song, session.point
    assert client.process_id is not None
    os.kill(client.process_id, signal.SIGKILL)
    qtbot.waitUntil(lambda: not session.ready, timeout=PATIENCE_MS)
    stopped_s = session.transport.position_s
    qtbot.waitUntil(lambda: session.playback.playing, timeout=PATIENCE_MS)
    assert session.transport.position_s == pytest.approx(stopped_s, abs=0.5)
    assert session.point == point
    assert song is not None
    assert session.song is not None
    assert session.song.path == song.path
    goal_s = stopped_s + 0.3
    qtbot.waitUntil(lambda: session.transport.position_s > goal_s, timeout=PATIENCE_MS)


def test_an_export_is_written_by_the_engine(
    explorer: Explorer, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "out.flac"
    explorer.session.exports.write(path)
    qtbot.waitUntil(path.exists, timeout=PATIENCE_MS)
    assert soundfile.info(path).duration == pytest.approx(20.0)
