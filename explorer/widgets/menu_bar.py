"""The menu bar: the menus of the table, and those that are made of files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMenuBar

from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.menus.edit_menu import EDIT
from explorer.widgets.menus.table import MENUS
from explorer.widgets.model_menu import ModelMenu
from explorer.widgets.preset_menu import PresetMenu
from explorer.widgets.recent_menu import RecentMenu


def fill_menu_bar(
    bar: QMenuBar,
    session: Session,
    actions: Actions,
    open_project: Callable[[Path], object],
) -> None:
    """Give the bar its menus, from left to right.

    Parameters
    ----------
    open_project : callable
        Told which of the recent projects was chosen.
    """
    for one in MENUS:
        if one is EDIT:
            bar.addMenu(ModelMenu(session, actions, bar))
        menu = bar.addMenu(f"&{one.title}")
        menu.setToolTipsVisible(True)
        for spec, action in actions.of_menu(one):
            if spec.separated:
                menu.addSeparator()
            menu.addAction(action)
            match spec.name:
                case "open_song":
                    menu.addMenu(RecentMenu(session, open_project, menu))
                case "open_preset":
                    menu.addMenu(PresetMenu(session, menu))
