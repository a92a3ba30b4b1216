"""Stand-ins for a model: pieces whose every sample is known, and ways to listen."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.shared_memory import SharedMemory
from typing import TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.engine.device import SoundError
from explorer.engine.handover import Handover, Jump
from explorer.engine.player import Player
from explorer.engine.protocol import STATUS, Event
from explorer.engine.scene import Piece
from explorer.engine.status import StatusBoard
from explorer.engine.tape import Tape
from vae.config import TransformConfig
from vae.latents.basis import LatentBasis
from vae.sound.limiter import LIMIT_DB
from vae.synthesis.course import Course

SAMPLE_RATE = 44_100
FRAME_SAMPLES = 2_048
KEPT = 16
LATENTS = 4
SONG_FRAMES = 40
TONE_HZ = 220.0
PATIENCE_S = 60.0
TRIES = 40  # to hear what a busy machine disturbs

# The largest second difference of a full-scale tone of TONE_HZ is 1e-3, that of the
# corner where a fade over 15 ms begins 1.5e-3; a step of 1 % is 1e-2.
CLICK = 5e-3

Floats = NDArray[np.float32]
Kind = TypeVar("Kind")


def tone(samples: int, *, hz: float = TONE_HZ, level: float = 0.8) -> Floats:
    """(2, samples) of a sine, the right side a quarter of a period later."""
    phase = 2 * np.pi * hz * np.arange(samples) / SAMPLE_RATE
    return (level * np.stack([np.sin(phase), np.cos(phase)])).astype(np.float32)


def staircase(samples: int) -> Floats:
    """(2, samples), every sample another one: n · 2⁻²⁰ and its negative, exactly."""
    left = np.arange(samples, dtype=np.float32) * np.float32(2.0**-20)
    return np.stack([left, -left])


def tape_of(
    sound: Floats,
    *,
    frame_samples: int = FRAME_SAMPLES,
    ceiling_db: float = LIMIT_DB,
) -> Tape:
    """A tape that holds all of (2, S)."""
    samples = sound.shape[1]
    frames = -(-samples // frame_samples)
    tape = Tape(
        samples=samples,
        frame_samples=frame_samples,
        slots=frames,
        ceiling_db=ceiling_db,
    )
    padded = np.zeros((2, frames * frame_samples), np.float32)
    padded[:, :samples] = sound
    for frame in range(frames):
        first = frame * frame_samples
        tape.write(frame, padded[:, first : first + frame_samples], playhead=0)
    return tape


def handover(tape: Tape, *, jump: Jump | None = None, stamp: int = 1) -> Handover:
    """A handover of a point that a person set just now."""
    return Handover(tape=tape, jump=jump, stamp=stamp, time_ns=time.monotonic_ns())


@contextmanager
def player() -> Iterator[tuple[Player, StatusBoard]]:
    """A player and the board it writes."""
    board = StatusBoard()
    try:
        yield Player(board), board
    finally:
        board.close()


def listen(player: Player, samples: int, *, block: int = 220) -> Floats:
    """(2, samples), the next ones that the device would be handed."""
    heard = np.full((samples, 2), np.nan, np.float32)
    for start in range(0, samples, block):
        player.fill(heard[start : start + block])
    return heard.T


def status(board: StatusBoard, field: str) -> float:
    """What the window reads on the board."""
    memory = SharedMemory(name=board.name)
    record = np.ndarray((), STATUS, buffer=memory.buf).copy()
    memory.close()
    return float(record[field])


def roughness(sound: Floats) -> float:
    """The largest second difference of (2, S): small where nothing clicks."""
    return float(np.abs(np.diff(sound.astype(np.float64), 2, axis=1)).max())


def wait_until(fact: Callable[[], bool]) -> None:
    """Return as soon as `fact()` holds."""
    deadline = time.monotonic() + PATIENCE_S
    while not fact():
        if time.monotonic() > deadline:
            pytest.fail(f"what the test waits for did not come in {PATIENCE_S} s")
        time.sleep(0.001)


def undisturbed(
    listening: Callable[[], Kind],
    fact: Callable[[Kind], bool],
    capfd: pytest.CaptureFixture[str] | None = None,
) -> Kind:
    """What is heard when the device itself was served in time.

    A machine too busy to call the device in time leaves gaps that say nothing about
    the program; then it is listened to again. What is wrong with the program is heard
    every time. ALSA tells of some gaps on stderr alone, which `capfd` catches.
    """
    for _ in range(TRIES):
        result = listening()
        served = capfd is None or "underrun" not in capfd.readouterr().err
        if fact(result) and served:
            return result
    pytest.fail(f"it was never as it should be, or the machine is too busy: {result}")


class Dying:
    """A device that can be made to go away; the test asks for its buffers."""

    def __init__(self, player: Player, name: str | None, latency_ms: float) -> None:
        self.name = name or "Speakers"
        self.latency_ms = latency_ms
        self.player = player
        self.said = ""
        self.begun = False
        self.closed = False

    def begin(self) -> None:
        assert not self.closed
        self.begun = True

    def cease(self) -> None:
        self.begun = False

    def fault(self) -> str:
        return self.said

    def close(self) -> bool:
        self.begun = False
        self.closed = True
        return True


class Shop:
    """Devices that can be opened, and those that were."""

    def __init__(self, *names: str) -> None:
        self.names = set(names)
        self.opened: list[Dying] = []
        self.only_once = False

    def open(self, player: Player, name: str | None, latency_ms: float) -> Dying:
        taken = any(not one.closed for one in self.opened)
        if (name or "Speakers") not in self.names or (self.only_once and taken):
            raise SoundError(f"There is no sound device “{name}” now.")
        self.opened.append(Dying(player, name, latency_ms))
        return self.opened[-1]

    @property
    def begun(self) -> list[str]:
        return [one.name for one in self.opened if one.begun]


class Song:
    """A synthesizer whose level is the first latent: 1 at its own path.

    Its coefficients are that level too, so that a picture shows which point it is of.
    """

    def __init__(self, sound: Floats | None = None) -> None:
        samples = SONG_FRAMES * FRAME_SAMPLES - 100
        self.recording = tone(samples) if sound is None else sound
        self.samples = self.recording.shape[1]
        self.frames = -(-self.samples // FRAME_SAMPLES)
        self.song_path: Floats = np.zeros((self.frames, LATENTS), np.float32)
        self.song_path[:, 0] = 1.0
        self.rendered: list[tuple[float, int, int]] = []  # (level, start, stop)
        self.before_sound: Callable[[float], None] = lambda _: None

    def sound(self, course: Course, start: int, stop: int) -> Floats:
        level = self.level(course)
        self.before_sound(level)
        self.rendered.append((level, start, stop))
        sound = np.zeros((2, (stop - start) * FRAME_SAMPLES), np.float32)
        part = self.recording[:, start * FRAME_SAMPLES : stop * FRAME_SAMPLES]
        sound[:, : part.shape[1]] = level * part
        return sound

    def coefficients(self, course: Course, start: int, stop: int) -> Floats:
        level = self.level(course)
        return np.full((2, stop - start, KEPT), level, np.float32)

    def level(self, course: Course) -> float:
        level = float(course.path[0, 0]) if course.voicing.source == "song" else 0.0
        return level * course.gain


def piece(song: Song | None = None) -> Piece:
    """A song with a basis whose first axis is its level."""
    basis = LatentBasis(
        mean=np.zeros(LATENTS, np.float32),
        axes=np.eye(LATENTS, dtype=np.float32),
        sigma=np.ones(LATENTS, np.float32),
        song_mean=np.zeros(LATENTS, np.float32),
        song_spread=np.ones(LATENTS, np.float32),
    )
    transform = TransformConfig(frame_samples=FRAME_SAMPLES, kept=KEPT, overlap=0)
    return Piece(synthesis=song or Song(), basis=basis, transform=transform)


def offset(level: float) -> Floats:
    """(L,) that brings a `Song` to a level."""
    moved = np.zeros(LATENTS, np.float32)
    moved[0] = level - 1.0
    return moved


class Events(list[Event]):
    """The events sent so far."""

    def of(self, kind: type[Kind]) -> list[Kind]:
        return [event for event in self if isinstance(event, kind)]
