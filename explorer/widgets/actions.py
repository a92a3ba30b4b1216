"""The window's actions: what they do, and when they can be used."""

import math
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QIcon, QKeySequence, QPalette

from explorer.session.session import Session
from explorer.session.slots import SLOT_NAMES
from explorer.widgets.action_table import SPECS, ActionSpec
from explorer.widgets.icons import icon
from explorer.widgets.picture_actions import (
    picture_abilities,
    picture_checks,
    picture_verbs,
)

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
        self._palette = palette
        self._icons: dict[str, QIcon] = {}
        self._actions = {spec.name: self._make(spec) for spec in SPECS}
        for name, verb in {**self._session_verbs(), **window_verbs}.items():
            self._actions[name].triggered.connect(partial(self._do, verb))
        session.history.changed.connect(self._refresh)
        session.engine.changed.connect(self._refresh)
        session.song_changed.connect(self._refresh)
        session.slots.changed.connect(self._refresh)
        session.locks_changed.connect(self._refresh)
        session.playback.changed.connect(self._refresh_playing)
        for signal in (
            session.view.changed,
            session.view.span_changed,
            session.comparison.changed,
            session.playback.region_changed,
        ):
            signal.connect(self._refresh_picture)
        session.output.changed.connect(self._refresh_playing)
        self._refresh()
        self._refresh_playing()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def use_palette(self, palette: QPalette) -> None:
        """Draw every icon in other colours."""
        self._palette = palette
        self._icons.clear()
        for spec in SPECS:
            if spec.icon:
                self[spec.name].setIcon(self._icon(spec.icon))
        self._refresh_playing()

    def of_menu(self, menu: str) -> list[tuple[ActionSpec, QAction]]:
        """The actions of a menu, in order."""
        return [(spec, self[spec.name]) for spec in SPECS if spec.menu == menu]

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setCheckable(spec.checkable)
        if spec.icon:
            action.setIcon(self._icon(spec.icon))
        action.setIconVisibleInMenu(False)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{spec.tip} ({keys})" if keys else spec.tip)
        action.setStatusTip("")
        return action

    def _session_verbs(self) -> dict[str, Callable[[], None]]:
        session, playback = self._session, self._session.playback
        output = session.output
        return {
            "undo": session.undo,
            "redo": session.redo,
            "random": session.randomize,
            "mutate": session.tools.mutate,
            "mean": session.tools.pull_to_mean,
            "reset": session.reset_all,
            "unlock_all": session.locks.unlock_all,
            **self._slot_verbs(),
            **picture_verbs(session),
            "play": session.toggle_playing,
            "stop": session.stop,
            "loop": lambda: session.set_loop(not playback.loop),
            "start": lambda: session.seek(0.0),
            "end": lambda: session.seek(math.inf),
            "back": lambda: session.seek(session.position_s - STEP_S),
            "forward": lambda: session.seek(session.position_s + STEP_S),
            "source_song": lambda: session.set_source("song"),
            "source_noise": lambda: session.set_source("noise"),
            "louder": lambda: session.set_gain_db(playback.gain_db + GAIN_STEP_DB),
            "quieter": lambda: session.set_gain_db(playback.gain_db - GAIN_STEP_DB),
            "mute": lambda: output.set_muted(not output.muted),
            "limiter": lambda: output.set_limiter(not output.limiter),
            "restart_engine": session.restart_engine,
        }

    def _slot_verbs(self) -> dict[str, Callable[[], None]]:
        slots = self._session.slots
        verbs: dict[str, Callable[[], None]] = {
            "swap": slots.swap,
            "clear_slots": slots.clear,
        }
        for name in SLOT_NAMES:
            letter = name.lower()
            verbs[f"slot_{letter}"] = partial(slots.go_or_keep, name)
            verbs[f"keep_{letter}"] = partial(slots.keep, name)
            verbs[f"copy_{letter}"] = partial(slots.copy, name)
        return verbs

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
        self._refresh_slots()
        self._refresh_picture()
        self["reset"].setEnabled(session.ready and session.point.moved)
        self["restart_engine"].setEnabled(session.engine.phase == "stopped")
        self["source_song"].setChecked(session.point.source == "song")
        self["source_noise"].setChecked(session.point.source == "noise")

    def _refresh_slots(self) -> None:
        session, slots = self._session, self._session.slots
        for name in SLOT_NAMES:
            letter, kept = name.lower(), slots[name]
            self[f"slot_{letter}"].setChecked(kept == session.point)
            self[f"copy_{letter}"].setEnabled(kept is not None)
            self[f"slot_{letter}"].setToolTip(
                f"Keep this point in slot {name} ({name})"
                if kept is None
                else f"Go to slot {name} ({name}); Shift + {name} keeps this point"
            )
        for either in ("swap", "clear_slots"):
            self[either].setEnabled(slots["A"] is not None or slots["B"] is not None)
        self["unlock_all"].setEnabled(bool(session.locks.locked))

    def _refresh_picture(self) -> None:
        for name, able in picture_abilities(self._session).items():
            self[name].setEnabled(able)
        for name, checked in picture_checks(self._session).items():
            self[name].setChecked(checked)

    def _refresh_playing(self) -> None:
        playing, output = self._session.playback.playing, self._session.output
        self["play"].setText("&Pause" if playing else "&Play")
        self["play"].setIcon(self._icon("pause" if playing else "play"))
        self["mute"].setIcon(self._icon("mute" if output.muted else "gain"))
        self["mute"].setChecked(output.muted)
        self["limiter"].setChecked(output.limiter)
        self["loop"].setChecked(self._session.playback.loop)

    def _icon(self, name: str) -> QIcon:
        if name not in self._icons:
            self._icons[name] = icon(name, self._palette)
        return self._icons[name]

    def _refresh_step(self, name: str, verb: str, label: str | None) -> None:
        able = label is not None and self._session.ready
        self[name].setEnabled(able)
        self[name].setText(f"{verb}: {label}" if able else verb)
