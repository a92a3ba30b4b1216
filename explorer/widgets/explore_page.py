"""The page to play on: the picture, and under it the bars and all the sliders."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.focus_bar import FocusBar
from explorer.widgets.image_view import ImageView
from explorer.widgets.page_splitter import PageSplitter
from explorer.widgets.point_bar import PointBar
from explorer.widgets.slider_bank import SliderBank
from explorer.widgets.slider_filter import SliderFilter
from explorer.widgets.tools_bar import ToolsBar
from explorer.widgets.transport_bar import TransportBar

SPACING = 6  # pixels
ROOM_STEP = 32  # pixels that a key gives to the picture, or to the sliders


class ExplorePage(QWidget):
    """Holds the picture, the bars and the sliders; the room between them is shared.

    A new bar is made here, and has its line in the call of `_pane`.
    """

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shared = False  # the room between the picture and the sliders
        self.image_view = ImageView(session)
        self.transport_bar = TransportBar(session, actions)
        self.point_bar = PointBar(session, actions)
        self.tools_bar = ToolsBar(session, actions)
        self.focus_bar = FocusBar(session, actions)
        self.slider_bank = SliderBank(session)
        self.slider_filter = SliderFilter()
        self.slider_filter.textChanged.connect(self.slider_bank.seek_sliders)
        self.slider_filter.chosen.connect(self.slider_bank.focus_first_found)
        self.slider_filter.left.connect(lambda: self.window().setFocus())
        self.point_bar.hold(self.slider_filter)
        self._pane = _pane(
            self.transport_bar,
            self.point_bar,
            self.tools_bar,
            self.focus_bar,
            self.slider_bank,
        )
        self.splitter = PageSplitter(self.image_view, self._pane, handle_width=SPACING)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)
        actions.bind(
            {
                "find_slider": self._find_slider,
                "taller_picture": lambda: self._share_more(ROOM_STEP),
                "taller_sliders": lambda: self._share_more(-ROOM_STEP),
            }
        )

    def restore_split(self, split: QByteArray) -> None:
        """Share the room as it was shared; what does not fit is passed over."""
        self._shared = self.splitter.restoreState(split)
        self.splitter.setOrientation(Qt.Orientation.Vertical)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shared:
            self._shared = True
            self.share_room()

    def share_room(self) -> None:
        """Rows that suit the window's height; the picture has what is left."""
        bank = self.slider_bank
        bars = self._pane.sizeHint().height() - bank.sizeHint().height()
        wanted = bars + bank.height_in(self.window().height())
        self.splitter.share(wanted)

    def _share_more(self, pixels: int) -> None:
        """Give the picture so much more of the room."""
        picture, pane = self.splitter.sizes()
        self.splitter.setSizes([picture + pixels, pane - pixels])

    def _find_slider(self) -> None:
        self.slider_filter.setFocus()
        self.slider_filter.selectAll()


def _pane(*widgets: QWidget) -> QWidget:
    """Widgets below each other, never higher than they can make use of."""
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACING)
    column.setSizeConstraint(QLayout.SizeConstraint.SetMinAndMaxSize)
    for widget in widgets:
        column.addWidget(widget)
    return pane
