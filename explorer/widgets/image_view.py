"""The picture of the decoded song: time to the right, frequency up, a playhead."""

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from explorer.session.engine_state import PHASE_WORDS
from explorer.session.session import Session
from explorer.widgets.colour_scale import ColourScale
from explorer.widgets.guide_label import GuideLabel
from explorer.widgets.loop_strip import LoopStrip
from explorer.widgets.overview_strip import OverviewStrip
from explorer.widgets.picture_canvas import PictureCanvas
from explorer.widgets.picture_hand import PictureHand
from explorer.widgets.picture_keys import PictureKeys
from explorer.widgets.picture_plot import PicturePlot
from explorer.widgets.pixels import Pixels
from explorer.widgets.readout import MARGIN, Readout
from explorer.widgets.span_strip import SpanStrip

SMALLEST_HEIGHT = 120


class ImageView(QWidget):
    """Shows the session's picture as its view and its comparison want it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setMinimumHeight(SMALLEST_HEIGHT)
        self.setAccessibleName("Picture of the sound")
        self.setToolTip("Click to go there; F1 tells what else can be done here")
        self.plot = PicturePlot(self)
        self.overview = OverviewStrip(session, self.plot, self)
        self.loop_strip = LoopStrip(session, self.plot, self)
        self.span_strip = SpanStrip(session, self.plot, self)
        self.scale = ColourScale(session, self)
        self.readout = Readout(session, self.plot)
        self.guide = GuideLabel(session, self.plot)
        self._canvas = PictureCanvas(session, self.plot)
        self._canvas.drawn.connect(self.readout.refresh)
        self._hand = PictureHand(session, self.plot, self.readout.point_at)
        PictureKeys(session, self.plot, self)
        self._remark = QLabel(self.plot.viewport())
        self._remark.setObjectName("readout")
        self._remark.hide()
        self._remark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._empty = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setObjectName("dim")
        self._lay_out()
        self._listen()
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
        return self._canvas.shown

    def x_of(self, position_s: float) -> float:
        """Where in the viewport a time lies, pixels."""
        return self.plot.x_of(position_s)

    def _begin(self) -> None:
        """Take up another picture, another part of it, or another size."""
        self._canvas.begin()
        self._show_emptiness()
        self._show_playhead()
        self._show_region()
        for strip in (self.overview, self.loop_strip, self.span_strip):
            strip.update()

    def _compare(self) -> None:
        self._canvas.colour()
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
        self.plot.show_region(self._session.transport.region_s, used=used)

    def _show_remark(self) -> None:
        comparison = self._session.comparison
        words = comparison.remark or comparison.title
        self._remark.setVisible(bool(words) and not self._canvas.empty)
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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_canvas"):
            QTimer.singleShot(0, self, self._dress)  # when the plot has it too

    def _fit(self) -> None:
        self._begin()
        self._show_remark()

    def _dress(self) -> None:
        """Take on the palette's colours."""
        self.plot.dress()
        self._canvas.colour()
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
        self.plot.area_changed.connect(self._fit)
        session.picture.replaced.connect(self._begin)
        session.view.span_changed.connect(self._begin)
        session.view.changed.connect(self._begin)
        session.comparison.changed.connect(self._compare)
        playback.position_changed.connect(self._show_playhead)
        playback.region_changed.connect(self._show_region)
        playback.changed.connect(self._show_region)
        session.song_changed.connect(self._show_playhead)
        session.tasks.changed.connect(self._show_emptiness)
        session.engine.changed.connect(self._show_emptiness)
        session.model_changed.connect(self._show_emptiness)


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
