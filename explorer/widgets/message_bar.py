"""What the program has to say, above everything and in nobody's way."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QToolButton,
    QWidget,
)

from explorer.session.messages import Message
from explorer.session.session import Session
from explorer.widgets.bubble import bubble
from explorer.widgets.icons import icon
from explorer.widgets.push_button import push_button
from explorer.widgets.wrapped_label import WrappedLabel

NOTICE_MS = 6_000  # a notice goes away by itself
UNDO_MS = 20_000  # later, where it can be taken back, or offers something


class MessageBar(QFrame):
    """Shows the newest message until it is dismissed or outdated.

    Attributes
    ----------
    undo : PushButton
        There where what the message tells of can be taken back.
    offer : PushButton
        There where something can be done about it.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._message: Message | None = None
        self.setObjectName("message")
        self._text = WrappedLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._dismiss = dismiss = QToolButton()
        dismiss.setObjectName("quiet")
        dismiss.setIcon(icon("close", self.palette()))
        dismiss.setIconSize(QSize(14, 14))
        dismiss.setToolTip("Dismiss this message")
        dismiss.setAccessibleName("Dismiss this message")
        dismiss.clicked.connect(self.dismiss)
        self.undo = push_button("Undo", tip="Take back what this tells of")
        self.undo.clicked.connect(self._session.messages.take_back)
        self.offer = push_button("Do it", tip="Do what the message offers")
        self.offer.clicked.connect(self._accept)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.undo)
        layout.addWidget(self.offer)
        layout.addWidget(dismiss)
        self._expiry = QTimer(self, singleShot=True)
        self._expiry.timeout.connect(self.dismiss)
        session.messages.changed.connect(self._show)
        self._show()

    @property
    def text(self) -> str:
        """What it says; "" where it says nothing."""
        return self._message.text if self._message else ""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_dismiss"):
            self._dismiss.setIcon(icon("close", self.palette()))

    def dismiss(self) -> None:
        """The person has read the message."""
        if self._message is not None:
            self._session.messages.dismiss(self._message)

    def _accept(self) -> None:
        if self._message is not None:
            self._session.messages.accept(self._message)

    def _show(self) -> None:
        message = self._session.messages.newest
        if message is self._message and message is not None:
            return
        self._message = message
        self._expiry.stop()
        self.setVisible(message is not None)
        if message is None:
            return
        self._text.setText(message.text)
        self.setAccessibleName(message.text)
        self.setProperty("severity", message.severity)
        self.style().polish(self)
        self.undo.setVisible(message.undo is not None)
        self.offer.setVisible(message.offer is not None)
        if message.offer is not None:
            self.offer.setText(message.offer.text)
            self.offer.setAccessibleName(message.offer.text)
            self.offer.setToolTip(bubble(message.offer.tip))
        if message.severity == "notice":
            waits = message.undo is not None or message.offer is not None
            self._expiry.start(UNDO_MS if waits else NOTICE_MS)
