"""Backs up what was not saved, and finds what earlier programs left behind."""

import logging
import uuid
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from platformdirs import user_data_path
from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from explorer.services.backup_file import Backup, read_backup, write_backup
from explorer.session.recovery import Offer
from explorer.session.session import Session
from vae.files import is_there

EVERY_MS = 2_500  # from a change to its backup; with the writing well below 5 s
SUFFIX = ".backup"

_log = logging.getLogger(__name__)


class Autosave(QObject):
    """Keeps a backup of this program's work for as long as it would be lost.

    The file is written by a thread of its own. Backups whose programs are gone are
    offered once at the start; who restores one goes on with that very file, so that
    there is no moment without one.

    Parameters
    ----------
    session : Session
    folder : Path, optional
        Where the backups lie; by default where the system keeps such data.
    """

    failed = Signal(str)
    written = Signal()

    def __init__(
        self,
        session: Session,
        folder: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = folder or backup_folder()
        self._path = self._folder / f"{uuid.uuid4().hex}{SUFFIX}"
        self._lock: QLockFile | None = None
        self._offered: dict[str, QLockFile] = {}
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="backup")
        self._writing: Future[None] | None = None
        self._told = False
        self._due = QTimer(self, singleShot=True, interval=EVERY_MS)
        self._due.timeout.connect(self._back_up)
        self.failed.connect(self._tell)
        self.written.connect(self._take_back)

    def start(self) -> None:
        """Offer what was left behind, and back up from now on."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._tell(error.strerror or str(error))
            return
        session = self._session
        session.recovery.restored.connect(self._adopt)
        session.recovery.discarded.connect(self._discard)
        session.recovery.offer_back(tuple(self._left_behind()))
        self._lock = _lock(self._path)
        session.project.touched.connect(self._want)
        session.project.changed.connect(self._want)

    def close(self, *, kept: bool = False) -> None:
        """Take the backup away, for the program ends as it should.

        Parameters
        ----------
        kept : bool
            Leave it, up to date, to be offered: nobody was asked whether to save.
        """
        self._due.stop()
        self._ignore()
        if self._writing is not None:
            wait([self._writing])
        if kept and self._lock is not None:
            self._back_up()
        self._writer.shutdown()
        if not kept:
            self._path.unlink(missing_ok=True)
        for lock in (self._lock, *self._offered.values()):
            if lock is not None:
                lock.unlock()
        self._lock = None

    def _ignore(self) -> None:
        session = self._session
        if self._lock is not None:
            session.recovery.restored.disconnect(self._adopt)
            session.recovery.discarded.disconnect(self._discard)
            session.project.touched.disconnect(self._want)
            session.project.changed.disconnect(self._want)

    # ------------------------------------------------------------ this program's own

    def _want(self) -> None:
        if not self._due.isActive():
            self._due.start()

    def _back_up(self) -> None:
        if self._writing is not None and not self._writing.done():
            self._due.start()
            return
        project = self._session.project
        if project.dirty:
            self._hold()
            backup = Backup(
                content=project.content, project=project.path, when=datetime.now()
            )
            self._writing = self._writer.submit(self._write, backup)
        elif not project.settled:
            self._due.start()
        elif self._path.exists():
            self._writing = self._writer.submit(self._path.unlink, missing_ok=True)

    def _hold(self) -> None:
        """Make the folder and the lock anew where someone has cleared them away."""
        there = _lock_path(self._path)
        if is_there(there) or self._lock is None:
            return
        with suppress(OSError):  # then the backup cannot be written, and that is told
            self._folder.mkdir(parents=True, exist_ok=True)
            there.touch()
            self._lock.unlock()  # takes the file away that it takes for its own
            self._lock = _lock(self._path)

    def _write(self, backup: Backup) -> None:
        try:
            write_backup(self._path, backup)
        except OSError as error:
            self.failed.emit(error.strerror or str(error))
        else:
            self.written.emit()

    def _tell(self, reason: str) -> None:
        _log.error("no backup: %s", reason)
        if not self._told:
            self._told = True
            self._session.messages.warning(
                "project",
                f"Your work is not backed up while it is not saved: {reason} "
                f"({self._folder}).",
            )

    def _take_back(self) -> None:
        if self._told:
            self._told = False
            self._session.messages.clear("project")

    # ------------------------------------------------------------ what was left behind

    def _left_behind(self) -> list[Offer]:
        offers = []
        for path in sorted(self._folder.glob(f"*{SUFFIX}")):
            lock = _lock(path)
            if lock is None:
                continue  # its program still lives
            if path.name.startswith("."):  # it was being written
                path.unlink(missing_ok=True)
                lock.unlock()
                continue
            backup = read_backup(path)
            if backup is None:
                _log.error("not a backup that can be read: %s", path)
                lock.unlock()
                continue
            self._offered[str(path)] = lock
            offers.append(Offer(found=backup.found, when=backup.when, key=str(path)))
        return offers

    def _adopt(self, offer: Offer) -> None:
        """Go on with the backup of another program as this one's own."""
        with suppress(OSError):
            Path(offer.key).replace(self._path)
        self._let_go(offer)
        self._want()

    def _discard(self, offer: Offer) -> None:
        with suppress(OSError):
            Path(offer.key).unlink(missing_ok=True)
        self._let_go(offer)

    def _let_go(self, offer: Offer) -> None:
        lock = self._offered.pop(offer.key, None)
        if lock is not None:
            lock.unlock()


def backup_folder() -> Path:
    """Where the system keeps such data."""
    return user_data_path("dctvae-explorer", appauthor=False) / "backups"


def _lock(path: Path) -> QLockFile | None:
    """The lock of a backup, held; None where a living program holds it."""
    lock = QLockFile(str(_lock_path(path)))
    lock.setStaleLockTime(0)  # however long a program lives
    return lock if lock.tryLock(0) else None


def _lock_path(path: Path) -> Path:
    name = path.name.removeprefix(".").partition(".")[0]  # also of one half written
    return path.with_name(f"{name}.lock")
