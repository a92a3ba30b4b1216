"""What can be done to all sliders at once."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.buttons import action_button
from explorer.widgets.typicality_label import TypicalityLabel


class PointBar(QWidget):
    """The heading of the sliders, how usual their point is, and where it was before.

    Attributes
    ----------
    typicality : TypicalityLabel
    """

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        heading = QLabel("Principal axes")
        heading.setObjectName("heading")
        self.typicality = TypicalityLabel(session)
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(heading)
        layout.addSpacing(6)
        layout.addWidget(self.typicality, 1)
        for name in ("undo", "redo", "history", "map"):
            layout.addWidget(action_button(actions[name], name="quiet"))

    def hold(self, widget: QWidget) -> None:
        """Take a widget in, beside the heading."""
        self._row.insertWidget(self._row.indexOf(self.typicality) + 1, widget)
