"""The panels beside the page: docks that can be moved, closed, and called back."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.history_panel import HistoryPanel
from explorer.widgets.map_panel import MapPanel
from explorer.widgets.song_panel import SongPanel

Area = Qt.DockWidgetArea
Panel = TypeVar("Panel", bound=QWidget)


@dataclass(frozen=True, kw_only=True)
class PanelSpec:
    """One panel.

    Attributes
    ----------
    name : str
        By which its place is remembered, and of the action that shows it.
    """

    name: str
    title: str
    make: Callable[[Session, Actions], QWidget]
    area: Area = Area.RightDockWidgetArea


PANELS = (
    PanelSpec(
        name="songs",
        title="Songs",
        make=SongPanel,
        area=Area.LeftDockWidgetArea,
    ),
    PanelSpec(name="history", title="History", make=HistoryPanel),
    PanelSpec(
        name="map", title="Map of the songs", make=lambda session, _: MapPanel(session)
    ),
)


class Panels:
    """Makes every panel of the table above, closed until it is called for.

    Attributes
    ----------
    docks : dict of str to QDockWidget
        By the panel's name.
    """

    def __init__(self, session: Session, actions: Actions, window: QMainWindow) -> None:
        self.docks: dict[str, QDockWidget] = {}
        for spec in PANELS:
            dock = QDockWidget(spec.title, window)
            dock.setObjectName(spec.name)
            dock.setWidget(spec.make(session, actions))
            window.addDockWidget(spec.area, dock)
            dock.close()
            shown = dock.toggleViewAction()
            shown.toggled.connect(actions[spec.name].setChecked)
            actions.bind({spec.name: partial(self._toggle, dock)})
            self.docks[spec.name] = dock
        self._resting: tuple[QDockWidget, ...] = ()
        self._at_rest = False
        self._many = False  # songs, so that it helps to see them
        self._songs_due = False  # once the panels are back
        self._session = session
        self._window = window
        session.songs.changed.connect(self._look_at_songs)

    def show_songs(self) -> None:
        """Show the list where there is more than one song, and room for it."""
        if len(self._session.songs.entries) > 1:
            self._many = True
            if self._at_rest:
                self._songs_due = True
            elif not self._in_the_way_of(self.docks["songs"]):
                self.docks["songs"].show()

    def _toggle(self, dock: QDockWidget) -> None:
        """Show or close it; on a narrow screen what is on the other side goes."""
        if dock.isHidden():
            for other in self._in_the_way_of(dock):
                other.close()
        dock.toggleViewAction().trigger()
        if not dock.isHidden():
            self._share_room(dock)

    def _share_room(self, dock: QDockWidget) -> None:
        """Give all panels of a side as much: one that comes has its least, else."""
        area = self._window.dockWidgetArea(dock)
        beside = [
            one
            for one in self.docks.values()
            if not (one.isHidden() or one.isFloating())
            and self._window.dockWidgetArea(one) == area
        ]
        if len(beside) > 1 and not dock.isFloating():
            sizes = [self._window.height()] * len(beside)
            self._window.resizeDocks(beside, sizes, Qt.Orientation.Vertical)

    def _in_the_way_of(self, dock: QDockWidget) -> list[QDockWidget]:
        """The panels of the other side, where the screen is too narrow for both."""
        window, area = self._window, self._window.dockWidgetArea(dock)
        others = [
            one
            for one in self.docks.values()
            if not (one.isHidden() or one.isFloating())
            and window.dockWidgetArea(one) != area
        ]
        if dock.isFloating():
            return []
        sides = (window.centralWidget(), dock, *others[:1])
        wanted = sum(one.minimumSizeHint().width() for one in sides if one is not None)
        return others if wanted > window.screen().availableGeometry().width() else []

    def _look_at_songs(self) -> None:
        """Show the list when there is more than one song for the first time."""
        if not self._many:
            self.show_songs()

    def rest(self, resting: bool) -> None:
        """Put away those that are open, for a page they have no part in; or not."""
        self._at_rest = resting
        if resting:
            shown = (dock for dock in self.docks.values() if not dock.isHidden())
            self._resting = (*self._resting, *shown)
        else:
            woken, self._resting = self._resting, ()
            for dock in woken:
                dock.show()
            due, self._songs_due = self._songs_due, False
            if due:
                self.show_songs()
        for dock in self._resting:
            dock.hide()

    def of(self, kind: type[Panel]) -> Panel:
        """The panel that is of this class.

        Raises
        ------
        KeyError
            There is none.
        """
        for dock in self.docks.values():
            panel = dock.widget()
            if isinstance(panel, kind):
                return panel
        raise KeyError(kind)
