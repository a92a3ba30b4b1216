"""A sound card made of software: a private PulseAudio that plays into nothing.

What is played into it comes out of its monitor, so a test hears what a person would.
"""

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import numpy as np
import pytest
from numpy.typing import NDArray

SAMPLE_RATE = 44_100  # Hz
CHANNELS = 2
SINK = "test"
TOOLS = ("pulseaudio", "pactl", "parec")
PATIENCE_S = 60.0  # for the server to come up, and for sound to arrive
LATENCY_MS = 10  # of the recording
ENDS_WITH_US = ("setpriv", "--pdeathsig", "TERM")  # also where a test run crashes
SAMPLE_BYTES = np.dtype(np.float32).itemsize * CHANNELS

# ALSA, and so PortAudio, plays into the server even where there is a real sound card.
ALSA_CONFIG = """\
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
"""

Floats = NDArray[np.float32]


class Recording:
    """What the server plays, from now until `stop`; a context manager that stops."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [
                "parec",
                f"--device={SINK}.monitor",
                "--raw",
                "--format=float32le",
                f"--rate={SAMPLE_RATE}",
                f"--channels={CHANNELS}",
                f"--latency-msec={LATENCY_MS}",
            ],
            stdout=subprocess.PIPE,
        )
        self._arrived = threading.Condition()
        self._over = False
        self._sound = bytearray()
        self._marks = [(0, time.monotonic_ns())]  # (samples so far, when)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            self.wait_for(lambda: self.samples > 0)
        except BaseException:
            self.stop()
            raise

    @property
    def samples(self) -> int:
        """How many samples have arrived."""
        return len(self._sound) // SAMPLE_BYTES

    def sound(self, start: int = 0) -> Floats:
        """(2, S) float32 from sample `start`, all that has arrived, full scale ±1."""
        raw = bytes(self._sound)
        whole = raw[start * SAMPLE_BYTES : len(raw) // SAMPLE_BYTES * SAMPLE_BYTES]
        return np.frombuffer(whole, np.float32).reshape(-1, CHANNELS).T

    def sample_at(self, time_ns: int) -> int:
        """The sample that was arriving at that `time.monotonic_ns()`."""
        counts, times = zip(*self._marks, strict=True)
        return int(np.interp(time_ns, times, counts))

    def wait_for(
        self, fact: Callable[[], bool], *, timeout_s: float = PATIENCE_S
    ) -> None:
        """Return as soon as `fact()` holds; asked again whenever sound has arrived."""
        with self._arrived:
            self._arrived.wait_for(lambda: self._over or fact(), timeout_s)
            if not fact():
                ended = "the recording ended, and " if self._over else ""
                waited = f"what the test waits for was not heard in {timeout_s} s"
                pytest.fail(ended + waited)

    def wait_for_seconds(self, seconds: float) -> Floats:
        """(2, S) float32, the next `seconds` of sound, from this moment on."""
        start = self.samples
        stop = start + round(seconds * SAMPLE_RATE)
        self.wait_for(
            lambda: self.samples >= stop, timeout_s=PATIENCE_S + 2.0 * seconds
        )
        return self.sound(start)[:, : stop - start]

    def stop(self) -> Floats:
        """(2, S) float32, all that was heard; may be called twice."""
        self._process.terminate()
        self._process.wait()
        self._reader.join()
        return self.sound()

    def _read(self) -> None:
        stdout = self._process.stdout
        assert stdout is not None
        with stdout:
            while chunk := _read_some(stdout):
                with self._arrived:
                    self._sound += chunk
                    self._marks.append((self.samples, time.monotonic_ns()))
                    self._arrived.notify_all()
        with self._arrived:
            self._over = True
            self._arrived.notify_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class SoundServer:
    """A running server; child processes started from here play into it."""

    sample_rate = SAMPLE_RATE

    def record(self) -> Recording:
        """A recording that has begun."""
        return Recording()


@contextmanager
def sound_server() -> Iterator[SoundServer]:
    """A server for as long as the block lasts, named in this process's environment.

    Where its programs are missing the test fails on CI, and is skipped elsewhere.
    """
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        refuse = pytest.fail if os.environ.get("CI") else pytest.skip
        refuse(f"no sound server here: {', '.join(missing)} not found")
    with ExitStack() as stack:
        # Not tmp_path: the path of a socket has 107 characters at most.
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sound-"))
        environment = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in _environment(Path(folder)).items():
            environment.setenv(name, value)
        stack.enter_context(_running(Path(folder)))
        yield SoundServer()


def _environment(folder: Path) -> dict[str, str]:
    config = folder / "asound.conf"
    config.write_text(ALSA_CONFIG)
    return {
        "ALSA_CONFIG_PATH": str(config),
        "PULSE_SERVER": f"unix:{folder / 'native'}",
        "PULSE_RUNTIME_PATH": str(folder / "pulse"),
        "PULSE_STATE_PATH": str(folder / "state"),
        "PULSE_COOKIE": str(folder / "cookie"),
        "XDG_RUNTIME_DIR": str(folder),
    }


@contextmanager
def _running(folder: Path) -> Iterator[None]:
    socket = folder / "native"
    command = [
        *ENDS_WITH_US,
        *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no"),
        *("--exit-idle-time=-1", "--disallow-exit=yes", "--log-target=stderr"),
        "--disable-shm=yes",  # a busy server loses track of what it shares
        *("-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}"),
        *(
            "-L",
            f"module-null-sink sink_name={SINK} rate={SAMPLE_RATE}"
            " channels=2 format=float32le norewinds=1",
        ),
    ]
    log_path = folder / "log"
    with log_path.open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait_until_up(server, log_path)
        yield
    finally:
        server.terminate()
        server.wait()


def _wait_until_up(server: "subprocess.Popen[bytes]", log: Path) -> None:
    asked = ["pactl", "list", "short", "sinks"]
    deadline = time.monotonic() + PATIENCE_S
    while server.poll() is None and time.monotonic() < deadline:
        answer = subprocess.run(asked, capture_output=True, text=True, check=False)
        if SINK in answer.stdout:
            return
        time.sleep(0.02)
    pytest.fail(f"pulseaudio did not start:\n{log.read_text()}")


def _read_some(stream: IO[bytes]) -> bytes:
    return os.read(stream.fileno(), 1 << 16)
