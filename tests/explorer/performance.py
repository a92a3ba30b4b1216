"""A person at the window for a while, and how smooth what is heard of it is.

The measure of a click is the step from one sample to the next. How steep the sound is
where nothing happens depends on the point, so each stretch of the recording is held
against the points that may have sounded then, rendered apart from the engine.

Letters: L latent size, S samples.
"""

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from explorer.app import Explorer
from explorer.engine.protocol import Command, Event, ModelOpened, PointSounded, SetPoint
from explorer.services.engine_client import EngineClient
from tests.explorer.hand import LEFT, move, place
from tests.sound_server import SAMPLE_RATE
from vae.checkpoint import load_checkpoint
from vae.codec import Codec
from vae.sound.audio import read_sound
from vae.synthesis.course import Course
from vae.synthesis.synthesis import Synthesis

DEVICES: tuple[tuple[str | None, float], ...] = ((None, 180.0), ("pulse", 200.0))
SLIDERS = 12  # that are dragged
FARTHEST_SIGMA = 0.3  # to either side
MOVES, MOVE_MS, REST_MS = 5, 12, 40  # of a drag; after each act
SOUNDING_S = 0.4  # after a newer point a point may still be heard, at most
STRETCH_S = 0.02  # of the recording that is looked at together
REFERENCE_S = 2.0  # of the song that is rendered apart

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Programme:
    """How often each thing is done; in an order drawn by chance."""

    drags: int
    seeks: int
    swaps: int
    devices: int

    def acts(self, rng: np.random.Generator) -> list[str]:
        """The verbs, one after another."""
        counts = (self.drags, self.seeks, self.swaps, self.devices)
        verbs = ("drag", "seek", "swap", "device")
        return [str(verb) for verb in rng.permutation(np.repeat(verbs, counts))]


@dataclass(frozen=True, kw_only=True, eq=False)
class Moment:
    """From this time on, a point of a model may sound."""

    time_ns: int  # time.monotonic_ns()
    model: Path
    offset: Floats  # (L,) σ


@dataclass(frozen=True, kw_only=True)
class Smoothness:
    """What came of it."""

    seconds: float
    points: int
    worst_ratio: float  # of a step to the steepest of the points that may have sounded
    worst_s: float  # where in the recording that was
    underruns: int


class Performance:
    """Plays a programme in the real window, and remembers what was to be heard.

    Parameters
    ----------
    explorer : Explorer
        With a song open that is much the same all through.
    models : tuple of Path
        Between which is swapped; the first one is open.
    seed : int
    """

    def __init__(
        self, explorer: Explorer, models: tuple[Path, ...], *, seed: int = 0
    ) -> None:
        assert isinstance(explorer.client, EngineClient)
        self._explorer = explorer
        self._models = models
        self._rng = np.random.default_rng(seed)
        self._swaps = self._changes = 0
        self._slowest_s = 0.0  # from a point to its sound
        self._asked: Path = models[0]
        model = explorer.session.model
        assert model is not None
        offset = np.array(explorer.session.point.offset, np.float32)
        now = time.monotonic_ns()
        self.moments = [Moment(time_ns=now, model=models[0], offset=offset)]
        explorer.session.command_requested.connect(self._hear_command)
        explorer.client.event_received.connect(self._hear_event)

    def play(self, programme: Programme, take: Path) -> Smoothness:
        """Do all of it, and hold what the device was handed against the points."""
        session = self._explorer.session
        underruns, began_ns = session.playback.underruns, time.monotonic_ns()
        session.recorder.start(take)
        for verb in programme.acts(self._rng):
            getattr(self, f"_{verb}")()
            QTest.qWait(REST_MS)
        QTest.qWait(round(1e3 * SOUNDING_S))
        session.recorder.stop()
        while session.recorder.path is not None:
            QTest.qWait(MOVE_MS)
        handed = Handed(take, began_ns, time.monotonic_ns())
        return self._smoothness(handed, session.playback.underruns - underruns)

    def _smoothness(self, handed: "Handed", underruns: int) -> Smoothness:
        steps = handed.steps
        allowed = self._allowed(handed)
        stretch = round(STRETCH_S * SAMPLE_RATE)
        count = len(steps) // stretch
        ratios = steps[: count * stretch].reshape(count, stretch).max(axis=1)
        ratios /= allowed[: count * stretch].reshape(count, stretch).max(axis=1)
        worst = int(np.argmax(ratios))
        return Smoothness(
            seconds=round(len(steps) / SAMPLE_RATE, 1),
            points=len(self.moments),
            worst_ratio=round(float(ratios[worst]), 3),
            worst_s=round(worst * STRETCH_S, 2),
            underruns=underruns,
        )

    def _allowed(self, handed: "Handed") -> Floats:
        """(S - 1,) the steepest step of the points that may sound at each sample."""
        session = self._explorer.session
        assert session.song is not None
        reference = Reference(session.song.path)
        allowed = np.zeros(len(handed.steps), np.float32)
        sounding_ns = round(1e9 * (SOUNDING_S + 2 * self._slowest_s))
        times_ns = [moment.time_ns for moment in self.moments]
        ends_ns = [*times_ns[1:], handed.ended_ns]
        for moment, end_ns in zip(self.moments, ends_ns, strict=True):
            start, _ = handed.between(moment.time_ns)
            _, stop = handed.between(end_ns + sounding_ns)
            part = allowed[start:stop]
            np.maximum(part, reference.step(moment), out=part)
        return allowed

    # ------------------------------------------------------------ verbs

    def _drag(self) -> None:
        sliders = self._explorer.window.explore.slider_bank.sliders[:SLIDERS]
        slider = sliders[int(self._rng.integers(len(sliders)))]
        goal = float(self._rng.uniform(-FARTHEST_SIGMA, FARTHEST_SIGMA))
        begun = slider.state.value
        QTest.mousePress(slider, LEFT, pos=place(slider, begun))
        for share in np.linspace(0, 1, MOVES + 1)[1:]:
            move(slider, place(slider, begun + float(share) * (goal - begun)))
            QTest.qWait(MOVE_MS)
        QTest.mouseRelease(slider, LEFT, pos=place(slider, goal))

    def _seek(self) -> None:
        view = self._explorer.window.explore.image_view
        duration_s = self._explorer.session.picture.duration_s
        x = view.x_of(float(self._rng.uniform(0.1, 0.8)) * duration_s)
        middle = view.viewport.rect().center().y()
        QTest.mouseClick(view.viewport, LEFT, pos=QPoint(round(x), middle))

    def _swap(self) -> None:
        self._swaps += 1
        self._asked = self._models[self._swaps % len(self._models)]
        before = self.moments[-1]
        self._note(self._asked, before.offset)  # the window may hear of it late
        self._note(before.model, before.offset)
        self._explorer.session.open_model(self._asked)
        while self._explorer.session.tasks.busy("model"):
            QTest.qWait(MOVE_MS)

    def _device(self) -> None:
        name, latency_ms = DEVICES[self._changes % len(DEVICES)]
        self._changes += 1
        self._explorer.session.output.choose_device(name, latency_ms)
        QTest.qWait(500)

    # ------------------------------------------------------------ what is to be heard

    def _hear_command(self, command: Command) -> None:
        if isinstance(command, SetPoint):
            self._note(self.moments[-1].model, np.array(command.offset, np.float32))

    def _hear_event(self, event: Event) -> None:
        if isinstance(event, ModelOpened):
            self._note(self._asked, self.moments[-1].offset)
        elif isinstance(event, PointSounded):
            self._slowest_s = max(self._slowest_s, event.control_to_sound_ms / 1e3)

    def _note(self, model: Path, offset: Floats) -> None:
        now = time.monotonic_ns()
        self.moments.append(Moment(time_ns=now, model=model, offset=offset))


class Handed:
    """What the device was handed, and when.

    A busy device takes less than its time; where in the recording it did is not known.
    """

    def __init__(self, path: Path, began_ns: int, ended_ns: int) -> None:
        self.steps: Floats = np.abs(np.diff(read_sound(path))).max(axis=0)
        self.ended_ns = ended_ns
        self._began_ns = began_ns
        self._missing = self._due(ended_ns) - len(self.steps)

    def between(self, time_ns: int) -> tuple[int, int]:
        """The first and the last sample that may have been handed over at that time."""
        due = self._due(time_ns)
        return max(0, due - self._missing), max(0, due)

    def _due(self, time_ns: int) -> int:
        return round((time_ns - self._began_ns) * SAMPLE_RATE / 1e9)


class Reference:
    """How steep the points of a song are where nothing happens."""

    def __init__(self, song: Path) -> None:
        self._sound = read_sound(song)
        self._syntheses: dict[Path, Synthesis] = {}

    def step(self, moment: Moment) -> float:
        """The largest step from one sample to the next, full scale 1."""
        if moment.model not in self._syntheses:
            codec = Codec(load_checkpoint(moment.model))
            self._syntheses[moment.model] = Synthesis(codec, sound=self._sound)
        synthesis = self._syntheses[moment.model]
        path = synthesis.codec.basis.offset_path(synthesis.song_path, moment.offset)
        frame_s = synthesis.codec.config.transform.frame_s
        start = synthesis.frames // 2
        stop = start + round(REFERENCE_S / frame_s)
        sound = synthesis.sound(Course(path=path), start, stop)
        return float(np.abs(np.diff(sound)).max())
