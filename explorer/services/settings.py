"""What is remembered from one time to the next: the window, the gain, the folders."""

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QByteArray, QSettings

from explorer.engine.protocol import SoundFormat
from explorer.services.merging import merged_list, merged_map
from explorer.services.tool_settings import LOCKED_KEYS, restore_tools, tools_kept
from explorer.services.train_settings import restore_training, training_kept
from explorer.session.output import USUAL_LATENCY_MS
from explorer.session.session import Session
from vae.files import is_folder

ORGANISATION, PROGRAM = "dctvae-explorer", "explorer"
FOLDERS = ("songs", "models", "exports", "presets", "projects")
LISTS = ("recent/songs", "recent/projects")  # two windows may add to
MAPS = ("axes/names", *LOCKED_KEYS.values())
VIEW_RANGE = ("floor_db", "top_db", "difference_db")


class Settings:
    """Reads and writes one settings file, in the folder the system has for them."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings(
            QSettings.Format.IniFormat,
            QSettings.Scope.UserScope,
            ORGANISATION,
            PROGRAM,
        )
        self._begun: dict[str, object] = {}  # what is kept, as a session began

    def restore(self, session: Session) -> None:
        """Give a session what was remembered; what makes no sense is passed over."""
        session.playback.set_gain_db(self._number("sound/gain_db", 0.0))
        session.playback.set_loop(self._store.value("sound/loop") in (True, "true"))
        session.output.set_limiter(
            self._store.value("sound/limiter") not in (False, "false")
        )
        self._restore_device(session)
        self._restore_view(session)
        self._restore_names(session)
        restore_tools(self._store, session)
        form = self._store.value("export/format")
        if form in get_args(SoundFormat):
            session.places.form = form
        session.recents.restore(
            songs=self._paths("recent/songs"), projects=self._paths("recent/projects")
        )
        session.guide.restore(str(self._store.value("guide/done", "")).split())
        restore_training(self._store, session.training)
        for kind in FOLDERS:
            folder = self._store.value(f"folders/{kind}")
            if isinstance(folder, str) and is_folder(Path(folder)):
                setattr(session.places, kind, Path(folder))
        self._begun = _kept(session)

    def keep(self, session: Session) -> None:
        """Remember what has changed since `restore`; another window may do so, too."""
        self._store.sync()  # what that one has written by now
        for key, value in _kept(session).items():
            begun = self._begun.get(key)
            if value != begun:
                self._store.setValue(key, self._merged(key, begun, value))
        self._store.sync()

    @property
    def theme(self) -> str:
        """The name of the colours that were chosen, "dark" where none were."""
        theme = str(self._store.value("window/theme", "dark"))
        self._begun.setdefault("window/theme", theme)
        return theme

    def keep_theme(self, name: str) -> None:
        """Remember which colours were chosen, where they are others than before."""
        if name != self._begun.get("window/theme"):
            self._store.setValue("window/theme", name)
        self._store.sync()

    @property
    def layout_state(self) -> tuple[QByteArray, QByteArray] | None:
        """Where the docks were, and how the room was shared, or None."""
        docks = self._store.value("window/docks")
        split = self._store.value("window/split")
        if isinstance(docks, QByteArray) and isinstance(split, QByteArray):
            return docks, split
        return None

    def keep_layout(self, docks: QByteArray, split: QByteArray) -> None:
        """Remember how the window is laid out."""
        self._store.setValue("window/docks", docks)
        self._store.setValue("window/split", split)
        self._store.sync()

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window stood and how large it was, or None."""
        geometry = self._store.value("window/geometry")
        return geometry if isinstance(geometry, QByteArray) else None

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Remember where the window stands."""
        self._store.setValue("window/geometry", geometry)
        self._store.sync()

    def _merged(self, key: str, begun: object, ended: object) -> object:
        """A value that lists or maps, with what another window has put into it."""
        if key not in (*LISTS, *MAPS):
            return ended
        try:
            before, now = (json.loads(str(one or "null")) for one in (begun, ended))
            stored = json.loads(str(self._store.value(key, "null")))
            if key in LISTS:
                return json.dumps(merged_list(before or (), now, stored or ()))
            return json.dumps(merged_map(before or {}, now, stored or {}))
        except (AttributeError, TypeError, ValueError):
            return ended  # what was stored is no such thing

    def _restore_device(self, session: Session) -> None:
        device = self._store.value("sound/device")
        session.output.want_device(
            device if isinstance(device, str) and device else None,
            self._number("sound/latency_ms", USUAL_LATENCY_MS),
        )

    def _restore_view(self, session: Session) -> None:
        view = session.view
        for name in VIEW_RANGE * 2:  # each end holds the other back at first
            number = self._number(f"picture/{name}", getattr(view, name))
            getattr(view, f"set_{name}")(number)
        if self._store.value("picture/frequency_axis") == "log":
            view.set_frequency_axis("log")
        view.set_following(
            self._store.value("picture/following") not in (False, "false")
        )

    def _restore_names(self, session: Session) -> None:
        try:
            remembered = json.loads(str(self._store.value("axes/names", "{}")))
            names = {
                str(model_hash): {int(axis): str(text) for axis, text in named.items()}
                for model_hash, named in remembered.items()
            }
        except (AttributeError, ValueError):
            return  # it was no such thing: there are no names
        session.names.restore(names)

    def _paths(self, key: str) -> tuple[Path, ...]:
        try:
            names = json.loads(str(self._store.value(key, "[]")))
            return tuple(Path(name) for name in names)
        except (TypeError, ValueError):
            return ()  # it was no such thing

    def _number(self, key: str, otherwise: float) -> float:
        try:
            number = float(str(self._store.value(key, otherwise)))
        except ValueError:
            return otherwise
        return number if math.isfinite(number) else otherwise


def _kept(session: Session) -> dict[str, object]:
    """All that is remembered of a session, by what it is remembered under."""
    recents, guide = session.recents, session.guide
    folders = {kind: getattr(session.places, kind) for kind in FOLDERS}
    return {
        "sound/gain_db": session.playback.gain_db,
        "sound/loop": session.playback.loop,
        "sound/limiter": session.output.limiter,
        "sound/device": session.output.wanted_device or "",
        "sound/latency_ms": session.output.wanted_latency_ms,
        **{f"picture/{name}": getattr(session.view, name) for name in VIEW_RANGE},
        "picture/frequency_axis": session.view.frequency_axis,
        "picture/following": session.view.following,
        "axes/names": json.dumps(session.names.everything),
        "export/format": session.places.form,
        **{key: _texts(getattr(recents, key.split("/")[1])) for key in LISTS},
        "guide/done": " ".join(sorted(guide.done)),
        **tools_kept(session),
        **training_kept(session.training),
        **{f"folders/{kind}": str(one) for kind, one in folders.items() if one},
    }


def _texts(paths: Iterable[Path]) -> str:
    return json.dumps([str(one) for one in paths])
