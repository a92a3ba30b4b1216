"""What can be done to all sliders at once."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.buttons import action_button
from explorer.widgets.elided_label import ElidedLabel


class PointBar(QWidget):
    """The heading of the sliders, and the buttons for undo, random and reset."""

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        heading = QLabel("Principal axes")
        heading.setObjectName("heading")
        self._model = ElidedLabel()
        self._model.setObjectName("dim")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(heading)
        layout.addSpacing(6)
        layout.addWidget(self._model, 1)
        for name in ("undo", "redo"):
            layout.addWidget(action_button(actions[name], name="quiet"))
        layout.addSpacing(6)
        layout.addWidget(action_button(actions["random"], text="Random"))
        layout.addWidget(action_button(actions["reset"], text="Reset"))
        session.model_changed.connect(self._show_model)
        self._show_model()

    def _show_model(self) -> None:
        model = self._session.model
        words = "±5 σ around the mean of the training songs, most important first"
        self._model.setText(
            f"of the model “{model.title}”  ·  {words}" if model else words
        )
