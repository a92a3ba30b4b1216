"""How usual the present point is among the training songs, and which are near."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from explorer.session.session import Session
from explorer.widgets.elided_label import ElidedLabel

NEAREST = 3  # songs named
LONGEST_TITLE = 110  # pixels
DUE_MS = 60  # between looks while the point moves
ABOUT = (
    "How far this point lies from the cloud of the songs the model knows, as they are "
    "spread and lean together, and how many of those songs lie nearer to it"
)


class TypicalityLabel(QWidget):
    """Words for how far out the point is, and a button for each near song.

    Attributes
    ----------
    words : ElidedLabel
    songs : tuple of QToolButton
        The nearest first.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.words = ElidedLabel()
        self.words.setObjectName("dim")
        self.songs = tuple(self._button(place) for place in range(NEAREST))
        self._numbers: tuple[int, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.words)
        for button in self.songs:
            row.addWidget(button)
        row.addStretch(1)
        self._due = QTimer(self, singleShot=True, interval=DUE_MS)
        self._due.timeout.connect(self.refresh)
        session.model_changed.connect(self.refresh)
        session.song_changed.connect(self.refresh)
        session.point_changed.connect(self._want)
        self.refresh()

    def refresh(self) -> None:
        """Look again at where the point lies."""
        session, model = self._session, self._session.model
        self._numbers = ()
        if model is not None and session.point.latent_size == model.latent_size:
            self._numbers = model.songs.nearest(session.values, NEAREST)
        self.words.setText(self._said())
        self.words.setToolTip(ABOUT if self._numbers else self.words.text())
        for place, button in enumerate(self.songs):
            button.setVisible(place < len(self._numbers))
        if model is not None:
            for number, button in zip(self._numbers, self.songs, strict=False):
                title = model.songs.titles[number]
                text = self.fontMetrics().elidedText(
                    title, Qt.TextElideMode.ElideRight, LONGEST_TITLE
                )
                button.setText(text.replace("&", "&&"))
                button.setToolTip(f"Go to where {title} lies, one of the nearest songs")
                button.setAccessibleName(f"Go to {title}")

    def _want(self) -> None:
        if not self._due.isActive():
            self._due.start()

    def _said(self) -> str:
        model = self._session.model
        if model is None:
            return ""
        if not self._numbers:
            return f"of the model “{model.title}”, most important first"
        percentile = model.songs.percentile(self._session.values)
        return f"{_far(percentile)}  ·  nearest:"

    def _button(self, place: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName("quiet")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self._go, place))
        return button

    def _go(self, place: int, _: bool = False) -> None:
        self.refresh()
        if place < len(self._numbers):
            self._session.tools.go_to_song(self._numbers[place])


def _far(percentile: float) -> str:
    if percentile >= 100.0:
        return "Further out than every song the model knows"
    if percentile <= 0.0:
        return "No song the model knows is more usual"
    return f"Further out than {percentile:.0f} % of the songs the model knows"
