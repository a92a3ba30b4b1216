"""How quickly the program answers: its own window, engine and stream, driven by hand.

500 moves of the mouse in 30 seconds, in ten drags of ten sliders while the song plays.
Each is timed from the move to the first buffer handed to the device that holds it, or
something newer; to the first slice of its picture; and to its whole picture.
"""

import math
import time
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent

from explorer.engine.protocol import (
    Command,
    Event,
    PictureSlice,
    PointSounded,
    SetPoint,
)
from explorer.services.engine_client import EngineClient
from explorer.session.session import Session
from explorer.widgets.axis_slider import AxisSlider
from explorer.widgets.main_window import MainWindow

DRAGS, MOVES = 10, 50
INTERVAL_MS = 60  # from one move to the next
SWING_SIGMA = 2.0  # of a drag, either way
LEAD_MS, REST_MS = 1_500, 1_500  # of playing before the first move and after the last
PATIENCE_MS = 120_000  # for the first picture
NS_PER_MS = 1e6


@dataclass(frozen=True, kw_only=True)
class Times:
    """Of all moves, milliseconds."""

    p50: float
    p95: float
    worst: float


@dataclass(frozen=True, kw_only=True)
class BenchReport:
    """What `--bench` prints."""

    device: str | None
    buffer_ms: float  # the latency asked of the device
    events: int
    seconds: float
    control_to_sound_ms: Times | None  # None where there is no sound
    control_to_first_slice_ms: Times
    control_to_picture_ms: Times
    underruns: int
    frames_drawn: int  # times the picture was painted


@dataclass(frozen=True)
class _Answers:
    """When stamps were answered, in the order of the stamps."""

    stamps: list[int] = field(default_factory=list)
    times_ns: list[int] = field(default_factory=list)

    def add(self, stamp: int, time_ns: int) -> None:
        if not self.stamps or stamp > self.stamps[-1]:
            self.stamps.append(stamp)
            self.times_ns.append(time_ns)

    def milliseconds(self, moves: Sequence[tuple[int, int]]) -> list[float]:
        """From each move (stamp, time) to the first answer to it or a newer one."""
        taken = []
        for stamp, moved_ns in moves:
            index = bisect_left(self.stamps, stamp)
            if index < len(self.stamps):
                taken.append((self.times_ns[index] - moved_ns) / NS_PER_MS)
        return taken


class Bench(QObject):
    """Drives the program once it has its first picture, and reports.

    Parameters
    ----------
    session, window, client
    done : callable
        Called once, with the report, or with what went wrong.
    drags, moves : int
        How many drags, and moves of each.
    """

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        client: EngineClient,
        *,
        done: Callable[[BenchReport | str], None],
        drags: int = DRAGS,
        moves: int = MOVES,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._done = done
        self._drag_moves = moves
        self._wanted = drags * moves
        self._moves: list[tuple[int, int]] = []  # stamp, time_ns
        self._asked_ns: dict[int, int] = {}  # by stamp, when the session told of it
        self._sounds, self._slices, self._pictures = _Answers(), _Answers(), _Answers()
        self._painted = 0
        self._begun_ns = 0
        self._underruns = 0
        self._step = QTimer(self, interval=INTERVAL_MS)
        self._step.setTimerType(Qt.TimerType.PreciseTimer)
        self._step.timeout.connect(self._move)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._finish("no picture came"))
        self._patience.start()
        client.event_received.connect(self._take)
        session.command_requested.connect(self._note)
        window.explore.image_view.viewport.installEventFilter(self)
        session.picture.rows_changed.connect(self._begin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        """Count paintings of the picture."""
        if event.type() == QEvent.Type.Paint and self._begun_ns:
            self._painted += 1
        return super().eventFilter(watched, event)

    def _begin(self, *_: int) -> None:
        if self._session.picture_current and self._patience.isActive():
            self._patience.stop()
            self._session.transport.set_loop(loop=True)
            self._session.transport.play()
            QTimer.singleShot(LEAD_MS, self._start)

    def _start(self) -> None:
        self._begun_ns = time.monotonic_ns()
        self._underruns = self._session.playback.underruns
        self._step.start()

    def _move(self) -> None:
        number = len(self._moves)
        drag, step = divmod(number, self._drag_moves)
        slider = self._window.explore.slider_bank.sliders[drag]
        turn = (step + 1) / self._drag_moves
        if step == 0:
            _send(slider, QEvent.Type.MouseButtonPress, slider.state.value)
        moved_ns = time.monotonic_ns()
        _send(slider, QEvent.Type.MouseMove, SWING_SIGMA * math.sin(math.tau * turn))
        self._moves.append((self._session.orders.stamp, moved_ns))
        if step == self._drag_moves - 1:
            _send(slider, QEvent.Type.MouseButtonRelease, 0.0)
        if len(self._moves) == self._wanted:
            self._step.stop()
            QTimer.singleShot(REST_MS, self._report)

    def _note(self, command: Command) -> None:
        if isinstance(command, SetPoint):
            self._asked_ns[command.stamp] = command.time_ns

    def _take(self, event: Event) -> None:
        now_ns = time.monotonic_ns()
        match event:
            case PointSounded():
                asked_ns = self._asked_ns.get(event.stamp)
                if asked_ns is not None:
                    waited_ns = round(event.control_to_sound_ms * NS_PER_MS)
                    self._sounds.add(event.stamp, asked_ns + waited_ns)
            case PictureSlice():
                self._slices.add(event.stamp, now_ns)
                self._pictures.add(event.oldest, now_ns)
            case _:
                pass

    def _report(self) -> None:
        session = self._session
        session.transport.pause()
        self._finish(
            BenchReport(
                device=session.engine.device,
                buffer_ms=session.output.wanted_latency_ms,
                events=len(self._moves),
                seconds=round((time.monotonic_ns() - self._begun_ns) / 1e9, 1),
                control_to_sound_ms=_times(self._sounds.milliseconds(self._moves)),
                control_to_first_slice_ms=_known(self._slices, self._moves),
                control_to_picture_ms=_known(self._pictures, self._moves),
                underruns=session.playback.underruns - self._underruns,
                frames_drawn=self._painted,
            )
        )

    def _finish(self, outcome: BenchReport | str) -> None:
        self._done(outcome)


def _send(slider: AxisSlider, kind: QEvent.Type, sigma: float) -> None:
    """A mouse event on a slider, where a value lies."""
    x = round(slider.row.x_of(sigma, slider.rect()))
    place = QPointF(QPoint(x, slider.rect().center().y()))
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    moving = kind == QEvent.Type.MouseMove
    released = kind == QEvent.Type.MouseButtonRelease
    event = QMouseEvent(
        kind,
        place,
        slider.mapToGlobal(place),
        none if moving else left,
        none if released else left,
        Qt.KeyboardModifier.NoModifier,
    )
    slider.event(event)


def _known(answers: _Answers, moves: Sequence[tuple[int, int]]) -> Times:
    times = _times(answers.milliseconds(moves))
    return times or Times(p50=math.inf, p95=math.inf, worst=math.inf)


def _times(milliseconds: list[float]) -> Times | None:
    if not milliseconds:
        return None
    p50, p95 = np.percentile(milliseconds, (50, 95))
    return Times(
        p50=round(float(p50), 1),
        p95=round(float(p95), 1),
        worst=round(max(milliseconds), 1),
    )
