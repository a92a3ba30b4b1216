"""The pages of the window, and the tabs that go from one to another."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget


class Pages(QStackedWidget):
    """One page at a time; its tabs are hidden while there is but one page.

    Attributes
    ----------
    tabs : QTabBar
        To be placed by the window, for it takes no room of the pages.
    """

    turning = Signal(QWidget)  # to this page, which is not yet in front
    renamed = Signal()  # a tab, which is wider now or narrower

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabBar()
        self.tabs.setObjectName("pages")
        self.tabs.setAccessibleName("Pages")
        self.tabs.setToolTip("Go to another page")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.hide()
        self.tabs.currentChanged.connect(self._turn)
        self.currentChanged.connect(self.updateGeometry)

    def add(self, page: QWidget, *, title: str, tip: str) -> None:
        """Hold another page, after those there are."""
        index = self.addWidget(page)
        self.tabs.addTab(title)
        self.tabs.setTabToolTip(index, tip)
        self.tabs.setVisible(self.count() > 1)

    def _turn(self, index: int) -> None:
        self.turning.emit(self.widget(index))
        self.setCurrentIndex(index)

    def minimumSizeHint(self) -> QSize:
        """As much as the page in front needs: what is behind it asks for no room."""
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()

    def name_page(self, page: QWidget, title: str) -> None:
        """Write something else on the tab of a page."""
        index = self.indexOf(page)
        if self.tabs.tabText(index) != title:
            self.tabs.setTabText(index, title)
            self.renamed.emit()

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self.tabs.setCurrentIndex(self.indexOf(page))
