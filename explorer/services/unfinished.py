"""What is being written, noted for as long as it is, for when it comes to a sudden end.

    {"format": "dctvae-explorer unfinished", "version": 1,
     "recording": "/…/Recording.wav",   null: there is none
     "exports": ["/…/song (edit).wav"]}

The note is called after the number of its program.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from explorer.services.autosave import backup_folder
from explorer.session.document import DocumentFormat
from explorer.session.session import Session
from vae.errors import DctvaeError
from vae.files import abandoned, runs

SUFFIX = ".unfinished"


class NoteError(DctvaeError):
    """A note that cannot be read or written."""


NOTE = DocumentFormat(
    name="dctvae-explorer unfinished",
    version=1,
    noun="a note of what was unfinished",
    error=NoteError,
)

_log = logging.getLogger(__name__)


class Writings(NamedTuple):
    """The files that the engine is writing."""

    recording: Path | None
    exports: tuple[Path, ...]


class Unfinished:
    """Notes what the engine writes; clears up what earlier programs left of theirs.

    Parameters
    ----------
    session : Session
    folder : Path, optional
        Where the notes lie; by default beside the backups.
    """

    def __init__(self, session: Session, folder: Path | None = None) -> None:
        self._session = session
        self._folder = folder or backup_folder()
        self._path = self._folder / f"{os.getpid()}{SUFFIX}"
        self._noted = Writings(None, ())

    def start(self) -> None:
        """Keep what was recorded until a sudden end, and note what follows."""
        told = list(filter(None, self._left_behind()))
        if told:
            words = "The program came to a sudden end."
            self._session.messages.warning("export", " ".join((words, *told)))
        self._session.recorder.changed.connect(self._note)
        self._session.tasks.changed.connect(self._note)

    def close(self) -> None:
        """Forget: the engine completes what it is writing, or clears it away itself."""
        self._session.recorder.changed.disconnect(self._note)
        self._session.tasks.changed.disconnect(self._note)
        with suppress(OSError):
            self._path.unlink()

    def _note(self) -> None:
        session = self._session
        exports = [one.path for one in session.tasks.running if one.kind == "export"]
        writings = Writings(
            session.recorder.path, tuple(path for path in exports if path)
        )
        if writings == self._noted:
            return
        self._noted = writings
        if writings == Writings(None, ()):
            with suppress(OSError):
                self._path.unlink()
            return
        recording = writings.recording
        content = {
            "recording": str(recording) if recording is not None else None,
            "exports": [str(path) for path in writings.exports],
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            NOTE.write(self._path, content)
        except (OSError, NoteError) as error:
            _log.warning("what is being written is not noted: %s", error)

    def _left_behind(self) -> Iterator[str]:
        """What became of what programs wrote that are no more, a sentence each."""
        for path in sorted(self._folder.glob(f"*{SUFFIX}")):
            if not path.stem.isdecimal() or runs(int(path.stem)):
                continue
            try:
                writings = _read(path)
            except NoteError as error:
                _log.warning("%s", error)
                writings = Writings(None, ())
            with suppress(OSError):
                path.unlink()
            if writings.recording is not None:
                yield self._session.recorder.recover(writings.recording)
            yield self._session.exports.give_up(filter(abandoned, writings.exports))


def _read(path: Path) -> Writings:
    content = NOTE.read(path)
    recording, exports = content.get("recording"), content.get("exports")
    if not isinstance(exports, list):
        raise NOTE.damaged(path.name)
    return Writings(
        Path(recording) if isinstance(recording, str) else None,
        tuple(Path(one) for one in exports if isinstance(one, str)),
    )
