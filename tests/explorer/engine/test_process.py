import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import numpy as np
import pytest

from explorer.engine import launch
from explorer.engine.protocol import (
    STATUS,
    UNASKED,
    Cancel,
    Command,
    DevicesListed,
    EngineStarted,
    Event,
    Export,
    Exported,
    Failed,
    JumpLanded,
    LandJump,
    ModelOpened,
    OpenModel,
    OpenSong,
    Pause,
    PictureReady,
    PictureSlice,
    Play,
    PlaybackEnded,
    PointSounded,
    Recorded,
    RefreshDevices,
    Seek,
    SetChannels,
    SetDevice,
    SetGain,
    SetLimiter,
    SetLoop,
    SetMute,
    SetPoint,
    Shutdown,
    SongOpened,
    StartRecording,
    StopRecording,
)
from tests.explorer.engine.doubles import (
    PATIENCE_S,
    Floats,
    Kind,
    roughness,
    wait_until,
)
from tests.models import TINY, tiny_checkpoint
from tests.sound_server import SoundServer
from tests.sounds import write_song
from vae.sound.audio import read_sound

SECONDS = 3.0
STARTING_S = 100.0  # torch takes its time to be imported on a busy machine
TAKE = 90  # the request that records
GAP = 441  # samples, 10 ms: so much silence is a gap
REPOSITORY = Path(__file__).parents[3]


class Window:
    """The window's side of a running engine."""

    def __init__(self) -> None:
        self.process, self.connection = launch.start_engine()
        self.events: list[Event] = []
        self.started = self.wait_for(EngineStarted, timeout_s=STARTING_S)
        self.started_devices = self.wait_for(DevicesListed).devices
        self._status = SharedMemory(name=self.started.status_name)

    def send(self, *commands: Command) -> None:
        for command in commands:
            self.connection.send(command)

    def wait_for(
        self,
        kind: type[Kind],
        fact: Callable[[Kind], bool] = lambda _: True,
        *,
        timeout_s: float = PATIENCE_S,
    ) -> Kind:
        """The next event of a kind of which a fact holds."""
        deadline = time.monotonic() + timeout_s
        while self.connection.poll(max(0.0, deadline - time.monotonic())):
            event = self.connection.recv()
            self.events.append(event)
            if isinstance(event, kind) and fact(event):
                return event
        pytest.fail(f"no {kind.__name__} came; there were {self.events[-5:]}")

    def known_or_next(self, kind: type[Kind], fact: Callable[[Kind], bool]) -> Kind:
        """An event that has come while another was waited for, or the next."""
        known = (e for e in self.events if isinstance(e, kind) and fact(e))
        return next(known, None) or self.wait_for(kind, fact)

    def status(self, field: str) -> float:
        record = np.ndarray((), STATUS, buffer=self._status.buf).copy()
        return float(record[field])

    def open_both(self, folder: Path) -> SongOpened:
        self.song = write_song(folder / "notes.wav", seconds=SECONDS)
        self.model = tiny_checkpoint(folder)
        self.send(
            OpenModel(request=1, path=self.model), OpenSong(request=2, path=self.song)
        )
        return self.wait_for(SongOpened)

    def point(self, stamp: int, sigma: float) -> None:
        offset = np.full(TINY.latent_size, sigma, np.float32)
        now = time.monotonic_ns()
        self.send(SetPoint(stamp=stamp, offset=offset, time_ns=now))

    @contextmanager
    def takes(self, folder: Path) -> Iterator[Path]:
        """A file of all the device is handed meanwhile, late or in time."""
        path = folder / "take.wav"
        self.send(StartRecording(request=TAKE, path=path, format="wav_float"))
        yield path
        self.send(StopRecording(request=TAKE))
        self.known_or_next(Recorded, lambda event: event.path == path)

    def close(self) -> None:
        self._status.close()
        self.connection.close()
        self.process.join(PATIENCE_S)
        assert not self.process.is_alive()
        self.process.close()


@contextmanager
def engine() -> Iterator[Window]:
    window = Window()
    try:
        yield window
    finally:
        window.close()


@pytest.fixture(scope="module", name="window")
def _window(
    sound_server: SoundServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """An engine with a model and a song, paused at the start."""
    with engine() as window:
        window.open_both(tmp_path_factory.mktemp("engine"))
        yield window


@pytest.fixture(name="rested")
def _rested(window: Window) -> Iterator[Window]:
    """The same, as it was at first."""
    yield window
    window.send(Pause(), SetLoop(enabled=False), SetGain(gain_db=0.0), Seek(position=0))
    wait_until(lambda: window.status("position") == 0)


def quietest(sound: Floats) -> float:
    """The peak of (2, S) in its quietest hundredth of a second."""
    whole = sound[:, : sound.shape[1] // GAP * GAP]
    return float(np.abs(whole).reshape(2, -1, GAP).max(axis=(0, 2)).min())


def test_it_says_where_it_plays(window: Window) -> None:
    assert window.started.device is not None
    assert window.started.reason == ""


def test_a_model_and_a_song_bring_a_picture(window: Window) -> None:
    kinds = [type(event) for event in window.events]
    assert kinds.index(ModelOpened) < kinds.index(SongOpened)
    ready = window.wait_for(PictureReady, lambda event: event.frames > TINY.frames)
    window.wait_for(PictureSlice, lambda event: event.finished)
    memory = SharedMemory(name=ready.name)
    pixels = np.ndarray((ready.frames, ready.kept), np.uint8, buffer=memory.buf).copy()
    memory.close()
    assert ready.kept == TINY.transform.kept
    assert len(np.unique(pixels)) > 50


def test_a_point_is_heard_and_seen(rested: Window, sound_server: SoundServer) -> None:
    rested.send(SetLoop(enabled=True), Play())
    wait_until(lambda: rested.status("position") > 1_000)
    with sound_server.record() as recording:
        before = recording.wait_for_seconds(0.5)
        rested.point(1, 0.1)
        sounded = rested.wait_for(PointSounded, lambda event: event.stamp == 1)
        slices = rested.known_or_next(
            PictureSlice, lambda event: event.finished and event.stamp == 1
        )
        after = recording.wait_for_seconds(0.5)
    assert 0.0 < sounded.control_to_sound_ms < 1_000.0
    assert slices.stamp == 1
    assert np.abs(before).max() > 0.05
    assert np.abs(after).max() > 0.01
    rested.point(2, 0.0)


def test_a_drag_is_heard_without_a_gap(
    rested: Window, sound_server: SoundServer, tmp_path: Path
) -> None:
    rested.send(SetLoop(enabled=True), Play())
    wait_until(lambda: rested.status("position") > 1_000)
    with sound_server.record() as recording, rested.takes(tmp_path) as take:
        for stamp in range(11, 111):
            rested.point(stamp, 0.001 * (stamp % 7))
            recording.wait_for_seconds(0.01)
        rested.point(111, 0.0)
        rested.wait_for(PointSounded, lambda event: event.stamp == 111)
    heard = read_sound(take)
    assert quietest(heard) > 1e-3
    assert roughness(heard) < 1.2 * roughness(read_sound(rested.song))
    assert np.abs(recording.sound()).max() > 0.1


def test_the_song_plays_to_its_end(rested: Window) -> None:
    rested.send(Seek(position=round((SECONDS - 0.3) * 44_100)), Play())
    rested.wait_for(PlaybackEnded)
    assert rested.status("playing") == 0
    rested.send(Play())
    wait_until(lambda: 0 < rested.status("position") < 44_100)


def test_requests_are_answered_while_it_plays(rested: Window, tmp_path: Path) -> None:
    rested.send(SetLoop(enabled=True), Play())
    path = tmp_path / "out.flac"
    rested.send(Export(request=21, path=path), Cancel(request=99))
    assert rested.wait_for(Exported).duration_s == SECONDS
    assert path.stat().st_size > 1_000
    rested.send(OpenSong(request=22, path=tmp_path / "none.mp3"))
    failed = rested.wait_for(Failed)
    assert failed.request == 22
    assert "none.mp3" in failed.message
    assert rested.status("playing") == 1


def test_a_jump_is_answered_beside_a_file_being_written(
    rested: Window, tmp_path: Path
) -> None:
    ends = np.full(TINY.latent_size, 5, np.float32)
    far = np.random.default_rng(0).standard_normal(TINY.latent_size, dtype=np.float32)
    rested.send(
        Export(request=23, path=tmp_path / "out.wav"),
        LandJump(request=24, offset=far, least=-ends, most=ends),
    )
    landed = rested.wait_for(JumpLanded)
    assert landed.request == 24
    assert np.abs(landed.offset).max() <= 5.0
    rested.known_or_next(Exported, lambda event: event.request == 23)


def test_a_hot_swap_of_the_model_has_no_gap_and_no_click(
    rested: Window, sound_server: SoundServer, tmp_path: Path
) -> None:
    rested.send(SetLoop(enabled=True), Play())
    wait_until(lambda: rested.status("position") > 1_000)
    with sound_server.record() as recording, rested.takes(tmp_path) as take:
        for request in range(31, 36):
            recording.wait_for_seconds(0.1)
            rested.send(OpenModel(request=request, path=rested.model))
            assert rested.wait_for(SongOpened).request == request
        recording.wait_for_seconds(0.1)
    heard = read_sound(take)
    assert quietest(heard) > 1e-3
    assert roughness(heard) < 1.1 * roughness(read_sound(rested.song))


def test_a_whole_session_does_not_click(
    rested: Window, sound_server: SoundServer, tmp_path: Path
) -> None:
    rng = np.random.default_rng(0)
    numbers = itertools.count(1_000)
    names = itertools.cycle(rested.started_devices)
    rested.send(SetLoop(enabled=True), Play())
    wait_until(lambda: rested.status("position") > 1_000)
    with sound_server.record() as recording, rested.takes(tmp_path) as take:
        for turn in range(200):
            rested.point(next(numbers), 0.001 * (turn % 7))
            recording.wait_for_seconds(0.01)
            if turn % 10 == 5:
                rested.send(Seek(position=int(rng.integers(100_000))))
            if turn % 40 == 20:
                number = next(numbers)
                rested.send(OpenModel(request=number, path=rested.model))
                assert rested.wait_for(SongOpened).request == number
            if turn % 40 == 30:
                rested.send(SetDevice(name=next(names), latency_ms=30.0 + turn))
                rested.wait_for(DevicesListed)
        rested.point(next(numbers), 0.0)
    undisturbed_step = np.abs(np.diff(read_sound(rested.song))).max()
    assert np.abs(np.diff(read_sound(take))).max() < 1.1 * undisturbed_step
    rested.send(SetDevice(name=None, latency_ms=30.0))
    rested.wait_for(DevicesListed)


def test_devices_are_listed_chosen_refused_and_looked_for(rested: Window) -> None:
    rested.send(SetLoop(enabled=True), Play(), RefreshDevices())
    listed = rested.wait_for(DevicesListed)
    assert listed.device in listed.devices
    for name in listed.devices:
        rested.send(SetDevice(name=name, latency_ms=50.0))
        assert rested.wait_for(DevicesListed).device == name
    rested.send(SetDevice(name="Nowhere", latency_ms=50.0))
    assert "Nowhere" in rested.wait_for(Failed).message
    listed = rested.wait_for(DevicesListed)
    assert (listed.device, listed.latency_ms) == (listed.devices[-1], 50.0)
    before = rested.status("position")
    wait_until(lambda: rested.status("position") != before)
    rested.send(SetDevice(name=None, latency_ms=30.0))
    assert rested.wait_for(DevicesListed).latency_ms == 30.0


def test_a_region_goes_round_muted_or_not(rested: Window) -> None:
    rested.send(
        SetMute(muted=True),
        SetLimiter(enabled=False),
        Seek(position=20_000),
        SetLoop(enabled=True, start=22_050, stop=44_100),
        Play(),
    )
    wait_until(lambda: rested.status("position") > 40_000)
    wait_until(lambda: rested.status("position") < 30_000)
    assert rested.status("position") >= 22_050
    assert rested.status("peak_left") == 0.0
    rested.send(SetMute(muted=False), SetLimiter(enabled=True))
    wait_until(lambda: rested.status("peak_left") > 0.0)


def test_other_channels_are_seen(rested: Window) -> None:
    rested.send(SetChannels(stamp=5_000, channels="side"))
    rested.wait_for(PictureSlice, lambda one: one.finished and one.stamp == 5_000)
    rested.send(SetChannels(stamp=5_001, channels="both"))
    rested.wait_for(PictureSlice, lambda one: one.finished and one.stamp == 5_001)


def test_nonsense_is_answered_and_survived(rested: Window) -> None:
    rested.send(SetGain(gain_db="loud"))  # type: ignore[arg-type]  # on purpose
    assert rested.wait_for(Failed).request == UNASKED
    rested.send(Play())
    wait_until(lambda: rested.status("playing") == 1)


def test_without_a_sound_library_all_else_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "sounddevice.py"
    broken.write_text("raise OSError('PortAudio library not found')")
    monkeypatch.syspath_prepend(tmp_path)  # an engine inherits it
    with engine() as window:
        assert window.started.device is None
        assert "PortAudio" in window.started.reason
        song = window.open_both(tmp_path)
        window.wait_for(PictureReady, lambda event: event.frames == song.frames)
        window.wait_for(PictureSlice, lambda event: event.finished)
        window.send(Seek(position=song.samples - 9_000), Play())
        window.wait_for(PlaybackEnded)
        window.send(SetLoop(enabled=True), Play())
        window.point(1, 0.1)
        window.wait_for(PointSounded)


def test_interrupts_are_the_windows_affair(
    capfd: pytest.CaptureFixture[str], sound_server: SoundServer
) -> None:
    process, connection = launch.start_engine()
    assert process.pid is not None
    for _ in range(3):
        os.kill(process.pid, signal.SIGINT)
    assert connection.poll(STARTING_S)
    assert isinstance(connection.recv(), EngineStarted)
    os.kill(process.pid, signal.SIGINT)
    connection.send(Shutdown())
    process.join(PATIENCE_S)
    assert process.exitcode == 0
    assert capfd.readouterr().err == ""


def test_it_ends_when_the_window_is_gone(tmp_path: Path) -> None:
    window = """
import os, signal
from explorer.engine.launch import start_engine
if __name__ == "__main__":
    process, connection = start_engine()
    started = connection.recv()
    print(process.pid, started.status_name, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    script = tmp_path / "window.py"
    script.write_text(window)
    answer = subprocess.run(
        [sys.executable, script],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        check=False,
        text=True,
        timeout=STARTING_S,
    )
    pid, status_name = answer.stdout.split()
    assert answer.stderr == ""
    wait_until(lambda: not Path(f"/proc/{pid}/cmdline").exists() or _is_zombie(pid))
    with pytest.raises(FileNotFoundError):
        SharedMemory(name=status_name)


def test_starting_it_loads_neither_torch_nor_sound() -> None:
    code = (
        "import sys, explorer.engine.launch;"
        "print([name for name in ('torch', 'sounddevice', 'PySide6') "
        "if name in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        cwd=REPOSITORY,
        check=True,
        text=True,
    )
    assert answer.stdout.strip() == "[]"


def _is_zombie(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True
