"""The window's actions: what they do, and when they can be used."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QPalette

from explorer.session.session import Session
from explorer.widgets.bubble import bubble
from explorer.widgets.icons import icon
from explorer.widgets.menus.action_spec import ActionSpec, Menu
from explorer.widgets.menus.table import MENUS

NATIVE = QKeySequence.SequenceFormat.NativeText


class Actions(QObject):
    """Makes every action of the menus, and keeps it in step with the session.

    Parameters
    ----------
    session : Session
    palette : QPalette
        The colours of the icons.
    """

    def __init__(self, session: Session, *, palette: QPalette, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._palette = palette
        self._shown: dict[str, str] = {}  # the icon each action has, by name
        self._actions: dict[str, QAction] = {}
        self._bound: set[str] = set()
        for menu in MENUS:
            for spec in menu.specs:
                self._actions[spec.name] = self._make(spec)
        for menu in MENUS:
            for signal in (
                session.engine.changed,
                session.song_changed,
                *menu.signals(session),
            ):
                signal.connect(partial(self._refresh_menu, menu))
        self._refresh()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def bind(self, verbs: Mapping[str, Callable[[], object]]) -> None:
        """Say what actions do that the session alone cannot: open a dialog, quit."""
        for name, verb in verbs.items():
            self._bound.add(name)
            self[name].triggered.connect(partial(self._do, verb))

    @property
    def unbound(self) -> tuple[str, ...]:
        """The actions that do nothing yet."""
        return tuple(
            spec.name
            for menu in MENUS
            for spec in menu.specs
            if spec.do is None and spec.name not in self._bound
        )

    def use_palette(self, palette: QPalette) -> None:
        """Draw every icon in other colours."""
        self._palette = palette
        self._shown.clear()
        self._refresh()

    def of_menu(self, menu: Menu) -> list[tuple[ActionSpec, QAction]]:
        """The actions of a menu, in order."""
        return [(spec, self[spec.name]) for spec in menu.specs]

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setCheckable(spec.checkable or spec.checked is not None)
        action.setIconVisibleInMenu(False)
        action.setToolTip(_tip(spec.tip, action))
        action.setStatusTip("")
        if spec.do is not None:
            verb = partial(spec.do, self._session)
            action.triggered.connect(partial(self._do, verb))
        return action

    def _do(self, verb: Callable[[], object], _: bool = False) -> None:
        verb()
        self._refresh()  # Qt has changed the check mark, also where nothing happened

    def _refresh(self) -> None:
        for menu in MENUS:
            self._refresh_menu(menu)

    def _refresh_menu(self, menu: Menu) -> None:
        session, ready = self._session, self._session.ready
        for spec in menu.specs:
            action = self[spec.name]
            action.setEnabled((ready or not spec.needs_song) and spec.able(session))
            if spec.checked is not None:
                action.setChecked(spec.checked(session))
            if spec.says is not None:
                action.setText(spec.says(session))
            if spec.tells is not None:
                action.setToolTip(_tip(spec.tells(session), action))
            self._show_icon(spec)

    def _show_icon(self, spec: ActionSpec) -> None:
        wanted = spec.shows(self._session) if spec.shows is not None else spec.icon
        if wanted and wanted != self._shown.get(spec.name):
            self._shown[spec.name] = wanted
            self[spec.name].setIcon(icon(wanted, self._palette))


def _tip(words: str, action: QAction) -> str:
    keys = action.shortcut().toString(NATIVE)
    return bubble(f"{words} ({keys})" if keys else words)
