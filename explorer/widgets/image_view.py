"""The picture of the decoded song: time to the right, frequency up, a playhead."""

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from explorer.session.engine_state import PHASE_WORDS
from explorer.session.session import Session
from explorer.widgets.colour_scale import ColourScale
from explorer.widgets.colours import (
    colour_table,
    difference_table,
    is_dark,
    level_of,
)
from explorer.widgets.frequency_scale import FrequencyScale
from explorer.widgets.loop_drag import LoopDrag
from explorer.widgets.loop_strip import LoopStrip
from explorer.widgets.overview_strip import OverviewStrip
from explorer.widgets.picture_hand import PictureHand
from explorer.widgets.picture_keys import PictureKeys
from explorer.widgets.picture_plot import PicturePlot
from explorer.widgets.pixels import FittedPixels, Pixels, difference
from explorer.widgets.readout import MARGIN, Readout
from explorer.widgets.span_strip import SpanStrip

SMALLEST_HEIGHT = 120
DRAW_MS = 15  # slices that come closer together are drawn together


class ImageView(QWidget):
    """Shows the session's picture as its view and its comparison want it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._fitted: FittedPixels | None = None
        self._fitted_reference: FittedPixels | None = None
        self._shown: Pixels = np.zeros((0, 0), np.uint8)
        self._undrawn: tuple[int, int] | None = None
        self.setMinimumHeight(SMALLEST_HEIGHT)
        self.setAccessibleName("Picture of the sound")
        self.setToolTip("Click to go there; F1 tells what else can be done here")
        self.plot = PicturePlot(self)
        self.overview = OverviewStrip(session, self.plot, self)
        self.loop_strip = LoopStrip(session, self.plot, self)
        self.span_strip = SpanStrip(session, self.plot, self)
        self.scale = ColourScale(session, self)
        self.readout = Readout(session, self.plot)
        self._hand = PictureHand(session, self.plot, self.readout.point_at)
        PictureKeys(session, self.plot, self)
        self._loop = LoopDrag(session)
        self._remark = QLabel(self.plot.viewport())
        self._remark.setObjectName("readout")
        self._remark.hide()
        self._remark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._empty = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setObjectName("dim")
        self._lay_out()
        self._draw_due = QTimer(self, singleShot=True, interval=DRAW_MS)
        self._draw_due.timeout.connect(self._draw)
        self._listen()
        self._colour()
        self._begin()

    @property
    def viewport(self) -> QWidget:
        """The part that is clicked on."""
        viewport: QWidget = self.plot.viewport()
        return viewport

    @property
    def playhead_s(self) -> float:
        """Where the playhead is drawn, seconds."""
        return self.plot.playhead_s

    @property
    def remark(self) -> str:
        """The words over the picture, or ""."""
        return self._remark.text() if self._remark.isVisible() else ""

    @property
    def shown(self) -> Pixels:
        """(k, f) uint8, what is drawn: levels, or a difference."""
        return self._shown

    def x_of(self, position_s: float) -> float:
        """Where in the viewport a time lies, pixels."""
        return self.plot.x_of(position_s)

    # ------------------------------------------------------------ drawing

    def _begin(self) -> None:
        """Take up another picture, another part of it, or another size."""
        self._undrawn = None
        self._fitted = self._fitted_reference = None
        picture, view = self._session.picture, self._session.view
        if picture.pixels.size:
            duration_s = picture.duration_s
            time_s = (view.time.low * duration_s, view.time.high * duration_s)
            self.plot.show_part(time_s, view.frequency, self._frequencies)
            self._fitted = self._draw_all(picture.pixels)
            reference = self._session.comparison.reference
            if reference is not None:
                self._fitted_reference = self._draw_all(reference)
            self._compare_all()
        self._show_emptiness()
        self._show_playhead()
        self._show_region()
        for strip in (self.overview, self.loop_strip, self.span_strip):
            strip.update()

    def _draw_all(self, levels: Pixels) -> FittedPixels:
        """Fit what is seen of some levels (F, K) to the screen."""
        view, (frames, kept) = self._session.view, levels.shape
        area, ratio = self.plot.area, self.devicePixelRatioF()
        seen = view.frequency
        rows = max(round(area.height() * ratio), 1)
        if view.frequency_axis == "linear":
            rows = min(rows, max(round(kept * seen.size), 1))
        hz = self._frequencies.hz_of(np.linspace(seen.low, seen.high, rows + 1))
        first = min(int(view.time.low * frames), frames - 1)
        last = min(max(int(np.ceil(view.time.high * frames)), first + 1), frames)
        fitted = FittedPixels(
            (first, last),
            np.clip(hz * kept / self._session.picture.band_hz, 0, kept),
            width=round(area.width() * ratio),
        )
        fitted.draw(levels, 0, frames)
        return fitted

    def _compare_all(self) -> None:
        """Show the levels, or how they differ from those they are compared with."""
        fitted, reference = self._fitted, self._fitted_reference
        if fitted is None:
            return
        self._shown = fitted.image
        if reference is not None:
            self._shown = difference(fitted.image, reference.image, self._floor)
        view, picture = self._session.view, self._session.picture
        first, each = fitted.frames[0], fitted.frames_each
        columns = fitted.image.shape[1]
        place = QRectF(
            first * picture.frame_s,
            view.frequency.low,
            columns * each * picture.frame_s,
            view.frequency.size,
        )
        self.plot.show_image(self._shown, place)

    def _want(self, start: int, stop: int) -> None:
        """Have some frames drawn soon."""
        before = self._undrawn
        if before is not None:
            start, stop = min(start, before[0]), max(stop, before[1])
        self._undrawn = (start, stop)
        if not self._draw_due.isActive():
            self._draw_due.start()

    def _draw(self) -> None:
        undrawn, self._undrawn = self._undrawn, None
        fitted, reference = self._fitted, self._fitted_reference
        if undrawn is None or fitted is None:
            return
        columns = slice(*fitted.draw(self._session.picture.pixels, *undrawn))
        if reference is not None:
            self._shown[:, columns] = difference(
                fitted.image[:, columns], reference.image[:, columns], self._floor
            )
        self.plot.image.updateImage(autoLevels=False)
        self.readout.refresh()

    def _colour(self) -> None:
        view, dark = self._session.view, is_dark(self.palette())
        if self._session.comparison.reference is not None:
            table = difference_table(view.difference_db, dark=dark)
        else:
            table = colour_table(view.floor_db, view.top_db, dark=dark)
        self.plot.image.setLookupTable(table)

    def _recolour(self) -> None:
        self._colour()
        if self._fitted_reference is not None:
            self._compare_all()  # what is below the lowest colour has not changed

    def _compare(self) -> None:
        self._colour()
        self._begin()
        self._show_remark()
        self.readout.refresh()

    # ------------------------------------------------------------ what lies on it

    def _show_playhead(self) -> None:
        session, picture = self._session, self._session.picture
        position_s = session.transport.position_s if session.song is not None else None
        width = max(self.plot.area.width() * self.devicePixelRatioF(), 1.0)
        step_s = picture.duration_s * session.view.time.size / width
        moved_s = abs((position_s or 0.0) - self.playhead_s)
        if moved_s >= step_s / 2 or not position_s:
            self.plot.show_playhead(position_s)  # no sooner: a line costs

    def _show_region(self) -> None:
        used = self._session.playback.loop
        self.plot.show_region(self._loop.region_s, used=used)

    def _show_remark(self) -> None:
        comparison = self._session.comparison
        words = comparison.remark or comparison.title
        self._remark.setVisible(bool(words) and self._fitted is not None)
        self._remark.setText(words)
        self._remark.adjustSize()
        area, place = self.plot.area.toRect(), self._remark.rect()
        if comparison.remark:
            place.moveCenter(area.center())
        else:
            place.moveBottomLeft(area.bottomLeft() + QPoint(MARGIN, -MARGIN))
        self._remark.move(place.topLeft())

    def _show_emptiness(self) -> None:
        session = self._session
        empty = session.picture.pixels.size == 0
        self._empty.setVisible(empty)
        self.scale.setVisible(not empty)
        self.plot.show_axes(not empty)
        if empty:
            self._empty.setText(_what_is_awaited(session))

    # ------------------------------------------------------------ the widget

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._empty.setGeometry(self.rect())
        QTimer.singleShot(0, self, self._fit)  # when the plot has its new size

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_draw_due"):
            QTimer.singleShot(0, self, self._dress)  # when the plot has it too

    def _fit(self) -> None:
        self._begin()
        self._show_remark()

    def _dress(self) -> None:
        """Take on the palette's colours."""
        self.plot.dress()
        self._colour()
        self._show_region()
        self.scale.update()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        strips = (self.overview, self.loop_strip, self.span_strip)
        for row, strip in enumerate(strips):
            grid.addWidget(strip, row, 0)
        grid.addWidget(self.plot, len(strips), 0)
        grid.addWidget(self.scale, len(strips), 1)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(len(strips), 1)

    def _listen(self) -> None:
        session, playback = self._session, self._session.playback
        session.picture.replaced.connect(self._begin)
        session.picture.rows_changed.connect(self._want)
        session.view.span_changed.connect(self._begin)
        session.view.changed.connect(self._begin)
        session.view.range_changed.connect(self._recolour)
        session.comparison.changed.connect(self._compare)
        playback.position_changed.connect(self._show_playhead)
        playback.region_changed.connect(self._show_region)
        playback.changed.connect(self._show_region)
        session.song_changed.connect(self._show_playhead)
        session.tasks.changed.connect(self._show_emptiness)
        session.engine.changed.connect(self._show_emptiness)
        session.model_changed.connect(self._show_emptiness)

    @property
    def _frequencies(self) -> FrequencyScale:
        axis, band_hz = (
            self._session.view.frequency_axis,
            self._session.picture.band_hz,
        )
        return FrequencyScale(axis=axis, band_hz=band_hz)

    @property
    def _floor(self) -> int:
        return level_of(self._session.view.floor_db)


def _what_is_awaited(session: Session) -> str:
    task = session.tasks.newest
    if session.engine.phase != "running":
        return PHASE_WORDS[session.engine.phase]
    if task is not None:
        return task.label.removesuffix("…") + "…"
    if session.model is None:
        return "No model is open. Open one from the File menu."
    if session.song is None:
        return "No song is open. Drop one here, or open one from the File menu."
    return "Drawing the picture…"
