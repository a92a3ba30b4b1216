"""The Model menu: the models that come with the program, and any other."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from explorer.session.session import Session
from explorer.widgets.actions import Actions


class ModelMenu(QMenu):
    """Lists models by title; the one that is open has a mark.

    A model is opened while the song plays on, and takes over without a gap.
    """

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__("&Model", parent)
        self._session = session
        self._actions = actions
        self._choices = QActionGroup(self)
        self._by_path: dict[Path, QAction] = {}
        self.setToolTipsVisible(True)
        session.model_changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        session, model = self._session, self._session.model
        self.clear()
        self._by_path.clear()
        for shipped in session.shipped:
            self._add(shipped.path, shipped.title, shipped.details)
        if model is not None and model.path not in self._by_path:
            self._add(model.path, model.title, str(model.path))
        self.addSeparator()
        self.addAction(self._actions["open_model"])
        self.addAction(self._actions["find_names"])
        self._mark()

    def _add(self, path: Path, title: str, tip: str) -> None:
        action = self.addAction(title.replace("&", "&&"))
        action.setToolTip(tip)
        action.setCheckable(True)
        action.triggered.connect(partial(self._choose, path))
        self._choices.addAction(action)
        self._by_path[path] = action

    def _choose(self, path: Path, _: bool = False) -> None:
        """Open a model; until it is there, the one that is open keeps its mark."""
        model = self._session.model
        if model is None or path != model.path:
            self._session.open_model(path)
        self._mark()

    def _mark(self) -> None:
        model = self._session.model
        for path, action in self._by_path.items():
            action.setChecked(model is not None and path == model.path)
