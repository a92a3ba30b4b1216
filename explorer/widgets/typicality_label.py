"""How usual the present point is among the training songs, and which are near."""

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from explorer.session.session import Session
from explorer.widgets.bubble import bubble
from explorer.widgets.elided_label import ElidedLabel

NEAREST = 3  # songs named
SHORTEST_TITLE, LONGEST_TITLE = 100, 180  # pixels
NARROWEST = 60  # pixels
SPACING = 2
BUTTON_PADDING = 24  # pixels beside a title
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
        self._percentile = 0.0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
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

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def refresh(self) -> None:
        """Look again at where the point lies."""
        session, model = self._session, self._session.model
        self._numbers, self._percentile = (), 0.0
        if model is not None and session.point.latent_size == model.latent_size:
            self._numbers = model.songs.nearest(session.values, NEAREST)
            self._percentile = model.songs.percentile(session.values)
            for number, button in zip(self._numbers, self.songs, strict=False):
                title = model.songs.titles[number]
                button.setToolTip(
                    bubble(f"Go to where {title} lies, one of the nearest songs")
                )
                button.setAccessibleName(f"Go to {title}")
        self._fit()

    def _fit(self) -> None:
        """Say as much as there is room for: the words, then song after song."""
        room, model = self.width(), self._session.model
        advance = self.fontMetrics().horizontalAdvance
        button = SHORTEST_TITLE + BUTTON_PADDING + SPACING
        beside = SPACING + 1 + button
        said = self._introductions if self._numbers else ()
        before = next((w for w in said if advance(w) + beside <= room), "")
        words = before or next((w for w in self._said if advance(w) <= room), "")
        self.words.setText(words)
        self.words.setToolTip(bubble(ABOUT if self._numbers else words))
        self.words.setVisible(bool(words))
        self.words.setFixedWidth(advance(words) + 1)
        room -= (advance(words) + SPACING + 1) if words else 0
        count = min(len(self._numbers), max(room // button, 0)) if before else 0
        each = room // max(count, 1) - BUTTON_PADDING - SPACING
        for place, one in enumerate(self.songs):
            one.setVisible(place < count)
            if place < count and model is not None:
                title = model.songs.titles[self._numbers[place]]
                text = self.fontMetrics().elidedText(
                    title, Qt.TextElideMode.ElideRight, min(each, LONGEST_TITLE)
                )
                one.setText(text.replace("&", "&&"))

    def _want(self) -> None:
        if not self._due.isActive():
            self._due.start()

    @property
    def _said(self) -> tuple[str, ...]:
        """What there is to say, the longest first."""
        model = self._session.model
        if model is None:
            return ()
        if not self._numbers:
            return (f"of the model “{model.title}”, most important first", model.title)
        return _far(self._percentile)

    @property
    def _introductions(self) -> tuple[str, ...]:
        """What is said before the nearest songs, the longest first."""
        far = tuple(f"{words}  ·  nearest:" for words in _far(self._percentile))
        return (*far, "Nearest:")

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


def _far(percentile: float) -> tuple[str, str]:
    """How far out that is, in a sentence and in short."""
    if percentile >= 100.0:
        return "Further out than every song the model knows", "Further than every song"
    if percentile <= 0.0:
        return "No song the model knows is more usual", "Most usual"
    share = f"{percentile:.0f} % of the songs"
    return f"Further out than {share} the model knows", f"Beyond {share}"
