"""What is remembered from one time to the next: the window, the gain, the folders."""

import math
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from explorer.session.session import Session

ORGANISATION, PROGRAM = "dctvae-explorer", "explorer"
FOLDERS = ("songs", "models", "exports")


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
        try:
            gain_db = float(str(self._store.value("sound/gain_db", 0.0)))
        except ValueError:
            gain_db = 0.0
        session.playback.set_gain_db(gain_db if math.isfinite(gain_db) else 0.0)
        session.playback.set_loop(self._store.value("sound/loop") in (True, "true"))
        for kind in FOLDERS:
            folder = self._store.value(f"folders/{kind}")
            if isinstance(folder, str) and Path(folder).is_dir():
                setattr(session.places, kind, Path(folder))

    def keep(self, session: Session) -> None:
        """Remember how a session stands."""
        self._store.setValue("sound/gain_db", session.playback.gain_db)
        self._store.setValue("sound/loop", session.playback.loop)
        for kind in FOLDERS:
            folder = getattr(session.places, kind)
            if folder is not None:
                self._store.setValue(f"folders/{kind}", str(folder))
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
