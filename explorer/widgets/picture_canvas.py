"""The session's picture, drawn on the plot as its view and its comparison want it."""

import numpy as np
from PySide6.QtCore import QObject, QRectF, QTimer, Signal

from explorer.session.session import Session
from explorer.widgets.colours import (
    colour_table,
    difference_table,
    is_dark,
    level_of,
)
from explorer.widgets.frequency_scale import FrequencyScale
from explorer.widgets.picture_plot import PicturePlot
from explorer.widgets.pixels import FittedPixels, Pixels, difference

DRAW_MS = 15  # slices that come closer together are drawn together


class PictureCanvas(QObject):
    """Fits levels to the plot's pixels, in slices as they come, and colours them.

    Letters: F frames, K kept coefficients; f and k, the columns and rows that are left.

    Signals
    -------
    drawn
        A slice has come to be seen.
    """

    drawn = Signal()

    def __init__(self, session: Session, plot: PicturePlot) -> None:
        super().__init__(plot)
        self._session = session
        self._plot = plot
        self._fitted: FittedPixels | None = None
        self._fitted_reference: FittedPixels | None = None
        self._shown: Pixels = np.zeros((0, 0), np.uint8)
        self._undrawn: tuple[int, int] | None = None
        self._draw_due = QTimer(self, singleShot=True, interval=DRAW_MS)
        self._draw_due.timeout.connect(self._draw)
        session.picture.rows_changed.connect(self._want)
        session.view.range_changed.connect(self._recolour)
        self.colour()

    @property
    def shown(self) -> Pixels:
        """(k, f) uint8, what is drawn: levels, or a difference."""
        return self._shown

    @property
    def empty(self) -> bool:
        """True where nothing is drawn."""
        return self._fitted is None

    def begin(self) -> None:
        """Take up another picture, another part of it, or another size."""
        self._undrawn = None
        self._fitted = self._fitted_reference = None
        picture, view = self._session.picture, self._session.view
        if not picture.pixels.size:
            return
        duration_s = picture.duration_s
        time_s = (view.time.low * duration_s, view.time.high * duration_s)
        self._plot.show_part(time_s, view.frequency, self._frequencies)
        self._fitted = self._draw_all(picture.pixels)
        reference = self._session.comparison.reference
        if reference is not None:
            self._fitted_reference = self._draw_all(reference)
        self._compare_all()

    def colour(self) -> None:
        """Take on the palette's colours, and the view's range of decibels."""
        view, dark = self._session.view, is_dark(self._plot.palette())
        if self._session.comparison.reference is not None:
            table = difference_table(view.difference_db, dark=dark)
        else:
            table = colour_table(view.floor_db, view.top_db, dark=dark)
        self._plot.image.setLookupTable(table)

    def _draw_all(self, levels: Pixels) -> FittedPixels:
        """Fit what is seen of some levels (F, K) to the screen."""
        view, (frames, kept) = self._session.view, levels.shape
        area, ratio = self._plot.area, self._plot.devicePixelRatioF()
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
        self._plot.show_image(self._shown, place)

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
        self._plot.image.updateImage(autoLevels=False)
        self.drawn.emit()

    def _recolour(self) -> None:
        self.colour()
        if self._fitted_reference is not None:
            self._compare_all()  # what is below the lowest colour has not changed

    @property
    def _frequencies(self) -> FrequencyScale:
        axis, picture = self._session.view.frequency_axis, self._session.picture
        return FrequencyScale(axis=axis, band_hz=picture.band_hz)

    @property
    def _floor(self) -> int:
        return level_of(self._session.view.floor_db)
