"""One thing the window can be told to do, and a menu of such things."""

from collections.abc import Callable
from dataclasses import dataclass

from psygnal import SignalInstance

from explorer.session.session import Session


def _always(_: Session) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class ActionSpec:
    """One thing to do: menus, buttons, shortcuts and the F1 sheet are made from it.

    Attributes
    ----------
    name : str
        By which widgets find it.
    tip : str
        What it does, in a sentence without its shortcut.
    keys : tuple of str
        Shortcuts, the first one shown in the menu.
    separated : bool
        From what is above it in the menu.
    needs_song : bool
        True where it can be done only with a model and a song open.
    do : callable, or None
        What it does to the session; None: a widget says so by `Actions.bind`.
    able : callable
        Whether it can be done now.
    checked : callable, or None
        Whether it is on; None: it is not of that kind, or `checkable` and a widget
        says whether.
    says, tells, shows : callable, or None
        Its text, its tip and its icon, where they change.
    """

    name: str
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    separated: bool = False
    needs_song: bool = False
    checkable: bool = False
    do: Callable[[Session], object] | None = None
    able: Callable[[Session], bool] = _always
    checked: Callable[[Session], bool] | None = None
    says: Callable[[Session], str] | None = None
    tells: Callable[[Session], str] | None = None
    shows: Callable[[Session], str] | None = None


@dataclass(frozen=True, kw_only=True)
class Menu:
    """Actions that belong together.

    Attributes
    ----------
    title : str
    specs : tuple of ActionSpec
        From the top of the menu down.
    signals : callable
        What makes the actions look again whether they are able and checked, beside the
        coming and going of engine and song.
    """

    title: str
    specs: tuple[ActionSpec, ...]
    signals: Callable[[Session], tuple[SignalInstance, ...]] = lambda _: ()
