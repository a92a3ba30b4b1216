"""The song as it is edited, as a file that can be dragged out of the window."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from psygnal import Signal

from explorer.engine.protocol import Exported, SoundFormat
from explorer.session.file_name import file_name, fresh_path
from explorer.session.point import LatentPoint
from vae.files import is_file
from vae.sound.formats import SUFFIXES

if TYPE_CHECKING:
    from explorer.session.session import Session

ENDING = " (edit)"  # of the name

Region = tuple[int, int]


class Content(NamedTuple):
    """What a file holds: it is written anew where any of this has changed."""

    song: Path
    model_hash: str
    point: LatentPoint
    region: Region | None
    form: SoundFormat


class Handout:
    """Writes the file when it is first wanted, and again when the edit has changed.

    It lies in the program's folder in the person's music, for other programs may go on
    reading it from there. What nobody took is taken away again.

    Attributes
    ----------
    refused : bool
        True where the last attempt has failed, or was given up.
    """

    changed = Signal()

    def __init__(self, session: "Session") -> None:
        self.refused = False
        self._session = session
        self._request: int | None = None  # while it is written
        self._path: Path | None = None  # written, or being written
        self._content: Content | None = None  # of that
        self._taken = False  # by another program, or the clipboard

    @property
    def writing(self) -> bool:
        """True while the engine writes it."""
        return self._request is not None

    @property
    def path(self) -> Path | None:
        """The file, where it is complete and holds what the edit is now."""
        path = self._path
        if path is None or self.writing or self._content != self._wanted:
            return None
        return path if is_file(path) else None

    @property
    def region(self) -> Region | None:
        """The part it holds, in samples: the loop, the stretch in focus; None: all."""
        session = self._session
        if session.playback.region is not None:
            return session.playback.region
        span = session.span_edits.focused
        return (span.start, span.stop) if span is not None else None

    @property
    def part(self) -> str:
        """What that is, in words."""
        if self.region is None:
            return "the whole song"
        looped = self._session.playback.region is not None
        return "the loop" if looped else "the stretch in focus"

    def prepare(self) -> None:
        """See to it that there is a file; `changed` tells when there is, or none."""
        content = self._wanted
        if content is None or self.writing or self.path is not None:
            return
        self._drop()
        session, title = self._session, content.song.stem
        name = file_name(title, f"{ENDING}{SUFFIXES[content.form]}")
        self._path = fresh_path(session.places.own() / name, ending=ENDING)
        self._content, self._taken, self.refused = content, False, False
        self._request = session.exports.begin(self._path, content.form, content.region)
        self.changed.emit()

    def take(self) -> None:
        """Somebody has it: the file stays."""
        self._taken = True

    def close(self) -> None:
        """Take away what nobody took."""
        self._drop()

    # ------------------------------------------------------------ the engine's side

    def complete(self, event: Exported) -> bool:
        """The file is written; False where the event is about another."""
        if event.request != self._request:
            return False
        self._request = None
        self.changed.emit()
        return True

    def refuse(self, request: int) -> None:
        """It could not be written, or was given up."""
        if request == self._request:
            self.lose()

    def lose(self) -> None:
        """The engine is gone, and with it what it was writing."""
        if self.writing:
            self._request, self._path, self.refused = None, None, True
            self.changed.emit()

    @property
    def _wanted(self) -> Content | None:
        session = self._session
        song, model = session.song, session.model
        if not session.ready or song is None or model is None:
            return None
        return Content(
            song=song.path,
            model_hash=model.model_hash,
            point=session.point,
            region=self.region,
            form=session.places.form,
        )

    def _drop(self) -> None:
        path, self._path = self._path, None
        if path is not None and not self._taken and not self.writing:
            with suppress(OSError):
                path.unlink(missing_ok=True)
