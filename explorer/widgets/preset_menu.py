"""The menu of the presets in the folder last used."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from explorer.session.session import Session

WIDEST = 320  # pixels of a name
NONE_YET = "None in the folder last used"


class PresetMenu(QMenu):
    """By their names, the one that was opened last marked; the folder is read anew."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Presets &here", parent)
        self._session = session
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List what is in the folder now."""
        self.clear()
        presets = self._session.presets
        for path in presets.files:
            name = self.fontMetrics().elidedText(
                path.stem, Qt.TextElideMode.ElideMiddle, WIDEST
            )
            action = self.addAction(name.replace("&", "&&"))
            action.setToolTip(str(path))
            action.setCheckable(True)
            action.setChecked(path == presets.present)
            action.setEnabled(self._session.ready)
            action.triggered.connect(partial(self._open, path))
        if self.isEmpty():
            self.addAction(NONE_YET).setEnabled(False)

    def _open(self, path: Path, _: bool = False) -> None:
        self._session.presets.open(path)
