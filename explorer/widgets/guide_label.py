"""A line over the picture that says what to try next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from explorer.session.session import Session
from explorer.widgets.picture_plot import PicturePlot

ABOVE_EDGE = 12  # pixels, of the picture's lower edge


class GuideLabel(QLabel):
    """Stands in the middle of the lower edge; goes when it has been followed."""

    def __init__(self, session: Session, plot: PicturePlot) -> None:
        super().__init__(plot.viewport())
        self._session = session
        self._plot = plot
        self.setObjectName("guide")
        self.setAccessibleName("What to try next")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        plot.area_changed.connect(self._place)
        for signal in (
            session.guide.changed,
            session.engine.changed,
            session.song_changed,
            session.picture.replaced,
            session.comparison.changed,
        ):
            signal.connect(self._show)
        self._show()

    def _show(self) -> None:
        words = self._session.guide.words
        drawn = self._session.picture.pixels.size > 0
        alone = self._session.comparison.kind == "none"  # else words stand here, too
        self.setText(words)
        self.setVisible(bool(words) and drawn and alone)
        self._place()

    def _place(self) -> None:
        self.adjustSize()
        area, place = self._plot.area.toRect(), self.rect()
        place.moveCenter(area.center())
        place.moveBottom(area.bottom() - ABOVE_EDGE)
        self.move(place.topLeft())
