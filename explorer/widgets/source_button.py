"""What is filtered, and how much of it: a button that opens the choice."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.bubble import bubble
from explorer.widgets.buttons import action_button
from explorer.widgets.gesture import Gesture
from explorer.widgets.tabular_figures import tabular

PER_CENT = 100
DETAIL = -2  # no axis: the gesture's name for it
WIDTH = 150  # of the button, pixels
SOURCES = (
    ("source_song", "Song"),
    ("source_noise", "Noise"),
    ("source_tones", "Tones"),
    ("source_file", "File…"),
)


class DetailSlider(QSlider):
    """From noise alone to the source alone; a drag is one step of the history."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self._gesture = Gesture(session, self)
        self.setRange(0, PER_CENT)
        self.setPageStep(10)
        self.setAccessibleName("Detail")
        self.setToolTip(
            bubble(
                "How much of the source there is: to the right the source alone, to "
                "the left noise in its place"
            )
        )
        self.sliderReleased.connect(self._gesture.end)
        self.valueChanged.connect(self._chosen)
        session.point_changed.connect(self._show)
        self._show()

    def _chosen(self, per_cent: int) -> None:
        self._gesture.begin(DETAIL)
        self._session.sources.set_detail(per_cent / PER_CENT)
        if not self.isSliderDown():
            self._gesture.end_later()

    def _show(self) -> None:
        if not self.isSliderDown():
            self.blockSignals(True)
            self.setValue(round(self._session.point.voicing.detail * PER_CENT))
            self.blockSignals(False)
            self.update()


class SourcePanel(QFrame):
    """The four sources, detail, and whether the highs follow.

    Attributes
    ----------
    detail : DetailSlider
    highs : QCheckBox
    """

    def __init__(self, session: Session, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._session = session
        self.setObjectName("card")
        self.detail = DetailSlider(session)
        self._share = QLabel()
        self._share.setFont(tabular(self.font()))
        self._share.setFixedWidth(self.fontMetrics().horizontalAdvance("100 %") + 6)
        self.highs = QCheckBox("Highs follow the edit")
        self.highs.setToolTip(actions["highs_follow"].toolTip())
        self.highs.toggled.connect(session.sources.set_highs_follow)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for name, text in SOURCES:
            buttons.addWidget(action_button(actions[name], text=text))
        grid = QGridLayout()
        grid.addWidget(QLabel("Detail"), 0, 0)
        grid.addWidget(self.detail, 0, 1)
        grid.addWidget(self._share, 0, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addLayout(buttons)
        column.addLayout(grid)
        column.addWidget(self.highs)
        session.point_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        voicing = self._session.point.voicing
        self._share.setText(f"{round(voicing.detail * PER_CENT)} %")
        self.highs.blockSignals(True)
        self.highs.setChecked(voicing.highs_follow)
        self.highs.blockSignals(False)


class SourceButton(QToolButton):
    """Says what is filtered; a click opens the choice.

    Attributes
    ----------
    panel : SourcePanel
    """

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self.panel = SourcePanel(session, actions, self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setToolTip("What the sliders filter, and how much of it")
        self.clicked.connect(self.open)
        session.point_changed.connect(self._show)
        session.sources.changed.connect(self._show)
        session.song_changed.connect(self._show)
        for name, _ in SOURCES:
            actions[name].changed.connect(self._show)  # its icon has other colours
        self._show()

    def show_text(self, shown: bool) -> None:
        """Say it in words beside the icon, or by the icon alone."""
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        only = Qt.ToolButtonStyle.ToolButtonIconOnly
        self.setToolButtonStyle(beside if shown else only)

    def open(self) -> None:
        """Open the choice above the button."""
        self.panel.adjustSize()
        corner = self.mapToGlobal(QPoint(0, -self.panel.height() - 4))
        self.panel.move(corner)
        self.panel.show()
        self.panel.detail.setFocus()

    def _show(self) -> None:
        session, voicing = self._session, self._session.point.voicing
        self.setEnabled(session.ready)
        text = f"Source: {session.sources.title}"
        if voicing.detail < 1.0:
            text += f" · {round(voicing.detail * PER_CENT)} %"
        fitted = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, WIDTH)
        self.setText(fitted.replace("&", "&&"))
        self.setAccessibleName(text)
        source = voicing.source
        name = source if isinstance(source, str) else "file"
        self.setIcon(self._actions[f"source_{name}"].icon())
