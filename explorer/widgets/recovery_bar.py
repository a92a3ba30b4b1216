"""Offers work back that an earlier program could not save."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from explorer.session.session import Session
from explorer.widgets.project_dialogs import ProjectDialogs
from explorer.widgets.question import ask
from explorer.widgets.wrapped_label import WrappedLabel

DISCARD = "&Discard it"


class RecoveryBar(QFrame):
    """Says what was found and when it was, until the person has answered.

    Attributes
    ----------
    restore, discard : QPushButton
    """

    def __init__(
        self, session: Session, projects: ProjectDialogs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._projects = projects
        self.setObjectName("message")
        self.setProperty("severity", "notice")
        self._text = WrappedLabel()
        self.restore = QPushButton("&Restore")
        self.restore.setToolTip("Go on where the program came to its end")
        self.discard = QPushButton("&Discard")
        self.discard.setToolTip("Throw that work away for good")
        self.restore.clicked.connect(self._restore)
        self.discard.clicked.connect(self._discard)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.addWidget(self._text, 1)
        row.addWidget(self.restore)
        row.addWidget(self.discard)
        session.recovery.changed.connect(self._show)
        self._show()

    @property
    def text(self) -> str:
        """What it offers; "" where it offers nothing."""
        offer = self._session.recovery.offer
        return offer.words if offer is not None else ""

    def _show(self) -> None:
        self.setVisible(self._session.recovery.offer is not None)
        self._text.setText(self.text)
        self.setAccessibleName(self.text)

    def _restore(self) -> None:
        offer = self._session.recovery.offer
        if offer is None or not self._projects.may_lose():
            return
        located = self._projects.locate(offer.found)
        if located is not None:
            self._session.project.open(located)
            self._session.recovery.restore(offer)

    def _discard(self) -> None:
        offer = self._session.recovery.offer
        question = "It cannot be brought back afterwards."
        if offer and ask(self, "Discard that work?", question, DISCARD) == DISCARD:
            self._session.recovery.discard(offer)
