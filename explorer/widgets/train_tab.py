"""The tab of the page to train on: how to come to it and back, and what it says."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.session.numerals import percent_text
from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.pages import Pages
from explorer.widgets.train_page import TrainPage

TITLE, TIP = "Train", "Train a model on songs of your own (Ctrl+T)"


class TrainTab(QObject):
    """Adds the page to the pages, and tells on its tab how far a run has come."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        pages: Pages,
        *,
        before: QWidget,
        page: TrainPage,
    ) -> None:
        super().__init__(pages)
        self._training = session.training
        self._turned_on = actions["train_page"]
        self._pages = pages
        self._page = page
        self._before = before
        pages.add(page, title=TITLE, tip=TIP)
        pages.currentChanged.connect(self._show_turned)
        actions.bind({"train_page": self._turn, "train_explore": self._explore})
        self._training.runs.changed.connect(self._show_share)

    def _turn(self) -> None:
        """Go to the page, or back to the one before."""
        here = self._pages.currentWidget() is self._page
        self._pages.show_page(self._before if here else self._page)
        self._show_turned()

    def _explore(self) -> None:
        self._training.explore()
        self._pages.show_page(self._before)

    def _show_turned(self) -> None:
        self._turned_on.setChecked(self._pages.currentWidget() is self._page)

    def _show_share(self) -> None:
        live = self._training.runs.live
        share = f" · {percent_text(live[0].share)}" if live else ""
        self._pages.name_page(self._page, TITLE + share)
