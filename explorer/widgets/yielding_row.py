"""A row of controls that gives up words where there is little room."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


@runtime_checkable
class Wordy(Protocol):
    """A button that can do without its text."""

    def show_text(self, shown: bool) -> None:
        """Show the text beside the icon, or the icon alone."""


class YieldingRow(QWidget):
    """Shows buttons by their icons alone, and no labels, where not all of it fits.

    Attributes
    ----------
    brief : bool
        True where words are left out; the tooltips have them all.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.brief = False
        self._words: list[QWidget] = []
        self._full_width = self._brief_width = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def may_yield(self, *widgets: QWidget) -> None:
        """Let buttons lose their texts, and other widgets go, where room is short."""
        self._words += widgets

    def minimumSizeHint(self) -> QSize:
        self._measure()
        return QSize(self._brief_width, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        self._measure()
        return QSize(self._full_width, super().sizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        layout = self.layout()
        if event.type() == QEvent.Type.LayoutRequest and layout and not self.brief:
            width = layout.minimumSize().width()
            if self._full_width not in {0, width}:  # a text has become longer
                self._full_width = width
                self._fit()
        return done

    def _fit(self) -> None:
        self._measure()
        self._show(brief=self.width() < self._full_width)

    def _measure(self) -> None:
        """Learn how wide it is with all words, and with none, once."""
        if self._full_width == 0 and (layout := self.layout()) is not None:
            for brief in (True, False):
                self._show(brief=brief)
                for child in self.findChildren(QWidget):
                    child.updateGeometry()  # groups within it have not heard yet
                layout.invalidate()
                width = layout.minimumSize().width()
                self._full_width = width
                self._brief_width = width if brief else self._brief_width

    def _show(self, *, brief: bool) -> None:
        if brief != self.brief:
            self.brief = brief
            for one in self._words:
                if isinstance(one, Wordy):
                    one.show_text(not brief)
                else:
                    one.setVisible(not brief)
