"""The window's actions: what they do, and when they can be used."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QPalette

from explorer.session.session import Session
from explorer.widgets.action_table import SPECS, ActionSpec
from explorer.widgets.icons import icon

STEP_S = 5.0  # moved by a key
GAIN_STEP_DB = 1.0


class Actions(QObject):
    """Makes every action of the table, and keeps it in step with the session.

    Parameters
    ----------
    session : Session
    window_verbs : mapping of str to callable
        What only the window can do, by name: dialogs, full screen, quitting.
    palette : QPalette
        The colours of the icons.
    """

    def __init__(
        self,
        session: Session,
        *,
        window_verbs: Mapping[str, Callable[[], None]],
        palette: QPalette,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._play_icon, self._pause_icon = (
            icon("play", palette),
            icon("pause", palette),
        )
        self._actions = {spec.name: self._make(spec, palette) for spec in SPECS}
        for name, verb in {**self._session_verbs(), **window_verbs}.items():
            self._actions[name].triggered.connect(partial(self._do, verb))
        session.history.changed.connect(self._refresh)
        session.engine.changed.connect(self._refresh)
        session.song_changed.connect(self._refresh)
        session.playback.changed.connect(self._refresh_playing)
        self._refresh()
        self._refresh_playing()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def of_menu(self, menu: str) -> list[tuple[ActionSpec, QAction]]:
        """The actions of a menu, in order."""
        return [(spec, self[spec.name]) for spec in SPECS if spec.menu == menu]

    def _make(self, spec: ActionSpec, palette: QPalette) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setCheckable(spec.checkable)
        if spec.icon:
            action.setIcon(icon(spec.icon, palette))
        action.setIconVisibleInMenu(False)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{spec.tip} ({keys})" if keys else spec.tip)
        action.setStatusTip("")
        return action

    def _session_verbs(self) -> dict[str, Callable[[], None]]:
        session, playback = self._session, self._session.playback
        return {
            "undo": session.undo,
            "redo": session.redo,
            "random": session.randomize,
            "reset": session.reset_all,
            "play": session.toggle_playing,
            "loop": lambda: session.set_loop(not playback.loop),
            "start": lambda: session.seek(0.0),
            "back": lambda: session.seek(session.position_s - STEP_S),
            "forward": lambda: session.seek(session.position_s + STEP_S),
            "source_song": lambda: session.set_source("song"),
            "source_noise": lambda: session.set_source("noise"),
            "louder": lambda: session.set_gain_db(playback.gain_db + GAIN_STEP_DB),
            "quieter": lambda: session.set_gain_db(playback.gain_db - GAIN_STEP_DB),
            "restart_engine": session.restart_engine,
        }

    def _do(self, verb: Callable[[], None], _: bool = False) -> None:
        verb()
        self._refresh()  # Qt has changed the check mark, also where nothing happened
        self._refresh_playing()

    def _refresh(self) -> None:
        session = self._session
        for spec in SPECS:
            if spec.needs_song:
                self[spec.name].setEnabled(session.ready)
        self._refresh_step("undo", "&Undo", session.history.undo_label)
        self._refresh_step("redo", "&Redo", session.history.redo_label)
        self["reset"].setEnabled(session.ready and session.point.moved)
        self["restart_engine"].setEnabled(session.engine.phase == "stopped")
        self["source_song"].setChecked(session.point.source == "song")
        self["source_noise"].setChecked(session.point.source == "noise")

    def _refresh_playing(self) -> None:
        playing = self._session.playback.playing
        self["play"].setText("&Pause" if playing else "&Play")
        self["play"].setIcon(self._pause_icon if playing else self._play_icon)
        self["loop"].setChecked(self._session.playback.loop)

    def _refresh_step(self, name: str, verb: str, label: str | None) -> None:
        able = label is not None and self._session.ready
        self[name].setEnabled(able)
        self[name].setText(f"{verb}: {label}" if able else verb)
