"""What is under the pointer: when, which frequency and note, and how loud."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtWidgets import QLabel

from explorer.session.picture import Picture
from explorer.session.session import Session
from explorer.widgets.clock_text import clock_text
from explorer.widgets.colours import DB_EACH, level_db
from explorer.widgets.frequency_scale import FrequencyScale
from explorer.widgets.note_text import note_text
from explorer.widgets.picture_plot import PicturePlot
from explorer.widgets.tabular_figures import tabular

MARGIN = 6
REACH = 1.5  # pixels to either side within which the loudest is told


class Readout(QLabel):
    """A line in a corner of the plot, away from the pointer."""

    def __init__(self, session: Session, plot: PicturePlot) -> None:
        super().__init__(plot.viewport())
        self._session = session
        self._plot = plot
        self._place: QPointF | None = None
        self.setObjectName("readout")
        self.setFont(tabular(self.font()))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Under the pointer")
        self.hide()

    def point_at(self, place: QPointF | None) -> None:
        """Tell what is at a pixel of the plot's viewport; None: nothing."""
        self._place = place
        self.refresh()

    def refresh(self) -> None:
        """Tell it again: what is there has changed."""
        words = "" if self._place is None else self._words(self._place)
        self.setVisible(bool(words))
        if words and self._place is not None:
            if words != self.text():
                self.setText(words)
            self.adjustSize()
            area = self._plot.area.toRect()
            near = self._place.x() < area.center().x()
            self.move(_corner(area, self.rect(), right=near))

    def _words(self, place: QPointF) -> str:
        session, picture = self._session, self._session.picture
        if picture.pixels.size == 0 or not self._plot.area.contains(place):
            return ""
        time_s, share = self._plot.place_at(place)
        frame = min(max(int(time_s / picture.frame_s), 0), len(picture.pixels) - 1)
        coefficient = self._loudest(picture, frame, share)
        hz = (coefficient + 0.5) * picture.band_hz / picture.pixels.shape[1]
        level = int(picture.pixels[frame, coefficient])
        parts = [clock_text(time_s, tenths=True), f"{hz:.0f} Hz", note_text(hz)]
        parts.append("≤ " * (level == 0) + f"{level_db(level):.1f} dB")
        reference = session.comparison.reference
        if reference is not None:
            change_db = (level - int(reference[frame, coefficient])) * DB_EACH
            parts.append(f"{change_db:+.1f} dB changed")
        return "   ".join(part for part in parts if part).replace("-", "−")

    def _loudest(self, picture: Picture, frame: int, share: float) -> int:
        """The loudest coefficient under the pointer, which covers several."""
        view, kept = self._session.view, picture.pixels.shape[1]
        scale = FrequencyScale(axis=view.frequency_axis, band_hz=picture.band_hz)
        each = view.frequency.size / max(self._plot.area.height(), 1.0)
        ends = (
            int(scale.hz_at(share + side * each) / picture.band_hz * kept)
            for side in (-REACH, REACH)
        )
        low, high = (int(min(max(end, 0), kept - 1)) for end in ends)
        loudest: np.intp = np.argmax(picture.pixels[frame, low : high + 1])
        return low + int(loudest)


def _corner(area: QRect, words: QRect, *, right: bool) -> QPoint:
    left = area.left() + MARGIN
    if right:
        left = area.right() - words.width() - MARGIN
    return QPoint(left, area.top() + MARGIN)
