"""Says that the sliders move a stretch alone, while they do."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.buttons import action_button
from explorer.widgets.clock_text import clock_text
from vae.sound.layout import SAMPLE_RATE


class FocusBar(QFrame):
    """Which stretch the sliders move, and the ways back; there only while one is."""

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("focus")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._text = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 4, 2)
        row.setSpacing(6)
        row.addWidget(self._text, 1)
        names = (
            ("next_stretch", "Next stretch"),
            ("remove_stretch", "Remove"),
            ("edit_whole", "Whole song"),
        )
        for name, text in names:
            row.addWidget(action_button(actions[name], text=text, name="quiet"))
        session.point_changed.connect(self._show)
        self._show()

    @property
    def text(self) -> str:
        """What it says; "" where the sliders move the whole song."""
        point, span = self._session.point, self._session.span_edits.focused
        if span is None or point.focus is None:
            return ""
        start, stop = (
            clock_text(end / SAMPLE_RATE, tenths=True)
            for end in (span.start, span.stop)
        )
        return (
            f"The sliders move stretch {point.focus + 1} of {len(point.spans)} alone, "
            f"from {start} to {stop}, fading over {span.fade / SAMPLE_RATE:.2g} s."
        )

    def _show(self) -> None:
        text = self.text
        self.setVisible(bool(text))
        if text != self._text.text():
            self._text.setText(text)
            self.setAccessibleName(text)
