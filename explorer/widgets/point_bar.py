"""What can be done to all sliders at once."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.buttons import action_button
from explorer.widgets.history_strip import HistoryStrip
from explorer.widgets.typicality_label import TypicalityLabel


class PointBar(QWidget):
    """What the sliders stand for, how usual their point is, and where it was before.

    Attributes
    ----------
    typicality : TypicalityLabel
    history_strip : HistoryStrip
    """

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.typicality = TypicalityLabel(session)
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(_coordinate_buttons(actions))
        layout.addSpacing(6)
        layout.addWidget(self.typicality, 1)
        self.history_strip = HistoryStrip(session)
        layout.addWidget(self.history_strip)
        for name in ("undo", "redo", "history", "map"):
            layout.addWidget(action_button(actions[name], name="quiet"))

    def hold(self, widget: QWidget) -> None:
        """Take a widget in, beside the heading."""
        self._row.insertWidget(self._row.indexOf(self.typicality) + 1, widget)
        self.setTabOrder(self.typicality.songs[-1], widget)  # as it is read


def _coordinate_buttons(actions: Actions) -> QWidget:
    """Three buttons of which one is down: what the sliders stand for."""
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2)
    texts = {"axes": "Principal axes", "ear": "By ear", "latents": "Raw latents"}
    for name, text in texts.items():
        row.addWidget(action_button(actions[name], text=text, name="quiet"))
    return group
