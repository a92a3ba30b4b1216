"""What is remembered from one time to the next: the window, the gain, the folders."""

import json
import math
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QByteArray, QSettings

from explorer.engine.protocol import SoundFormat
from explorer.services.tool_settings import keep_tools, restore_tools
from explorer.services.train_settings import keep_training, restore_training
from explorer.session.output import USUAL_LATENCY_MS
from explorer.session.session import Session
from vae.files import is_folder

ORGANISATION, PROGRAM = "dctvae-explorer", "explorer"
FOLDERS = ("songs", "models", "exports", "presets", "projects")
RECENTS = ("songs", "projects")
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

    def keep(self, session: Session) -> None:
        """Remember how a session stands."""
        self._store.setValue("sound/gain_db", session.playback.gain_db)
        self._store.setValue("sound/loop", session.playback.loop)
        self._store.setValue("sound/limiter", session.output.limiter)
        self._store.setValue("sound/device", session.output.wanted_device or "")
        self._store.setValue("sound/latency_ms", session.output.wanted_latency_ms)
        for name in VIEW_RANGE:
            self._store.setValue(f"picture/{name}", getattr(session.view, name))
        self._store.setValue("axes/names", json.dumps(session.names.everything))
        self._store.setValue("picture/frequency_axis", session.view.frequency_axis)
        self._store.setValue("picture/following", session.view.following)
        self._store.setValue("export/format", session.places.form)
        for kind in RECENTS:
            paths = [str(one) for one in getattr(session.recents, kind)]
            self._store.setValue(f"recent/{kind}", json.dumps(paths))
        self._store.setValue("guide/done", " ".join(sorted(session.guide.done)))
        keep_tools(self._store, session)
        keep_training(self._store, session.training)
        for kind in FOLDERS:
            folder = getattr(session.places, kind)
            if folder is not None:
                self._store.setValue(f"folders/{kind}", str(folder))
        self._store.sync()

    @property
    def theme(self) -> str:
        """The name of the colours that were chosen, "dark" where none were."""
        return str(self._store.value("window/theme", "dark"))

    def keep_theme(self, name: str) -> None:
        """Remember which colours were chosen."""
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
