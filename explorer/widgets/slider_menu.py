"""What can be done to one slider."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from explorer.session.session import Session

if TYPE_CHECKING:
    from explorer.widgets.axis_slider import AxisSlider


class SliderMenu(QMenu):
    """The context menu of a slider; it is gone when it is closed."""

    def __init__(self, session: Session, slider: "AxisSlider") -> None:
        super().__init__(slider)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setToolTipsVisible(True)
        axis = slider.axis
        title = self.addAction(slider.accessibleName())
        title.setEnabled(False)
        self.addSeparator()
        show = self.addAction("&Show what it does\tShift+F1")
        show.setToolTip("Let it swing to both sides and back; no step is recorded")
        show.triggered.connect(slider.show_what_it_does)
        self.addSeparator()
        lock = self.addAction("&Lock")
        lock.setCheckable(True)
        lock.setChecked(session.coordinates.locks.is_locked(axis))
        lock.setToolTip("Keep random, mutate and the other tools from moving it")
        lock.triggered.connect(lambda _: session.coordinates.locks.toggle(axis))
        reset = self.addAction("&Reset\tHome")
        reset.setEnabled(slider.state.moved)
        reset.triggered.connect(lambda _: session.reset_axis(axis))
        value = self.addAction("Type a &value…\tEnter")
        value.triggered.connect(lambda _: slider.edit_value())
        name = self.addAction("Re&name…\tF2")
        name.setEnabled(session.coordinates.nameable)
        name.triggered.connect(lambda _: slider.edit_name())
