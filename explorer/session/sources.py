"""What the decoder filters: the song, noise, tones or another file; how much of it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from psygnal import Signal

from explorer.engine.protocol import CloseSource, OpenSource, Source, SourceOpened
from explorer.session.numerals import percent_text

if TYPE_CHECKING:
    from explorer.session.session import Session


@dataclass(frozen=True, kw_only=True)
class OtherFile:
    """Another sound file that lends the song its sound; `ready` once it is encoded."""

    path: Path
    title: str
    ready: bool = False


class Sources:
    """Chooses the source, each time as a step of the history.

    Attributes
    ----------
    other : OtherFile or None
        The other file that was opened last.
    """

    changed = Signal()

    def __init__(self, session: "Session") -> None:
        self.other: OtherFile | None = None
        self._session = session
        session.point_changed.connect(self._provide)

    @property
    def is_file(self) -> bool:
        """True where another file is the source."""
        return isinstance(self._session.point.source, Path)

    @property
    def title(self) -> str:
        """What the source is called."""
        source = self._session.point.source
        if not isinstance(source, Path):
            return {"song": "Song", "noise": "Noise", "tones": "Tones"}[source]
        if self.other is None:
            return (
                f"Song, without {source.stem}" if self._session.ready else source.stem
            )
        return self.other.title if self.other.path == source else source.stem

    # ------------------------------------------------------------ verbs

    def choose(self, source: Source | Path) -> None:
        """Filter something else."""
        session = self._session
        if isinstance(source, Path):
            session.places.songs = source.parent
        name = source.stem if isinstance(source, Path) else source
        session.go(f"Source: {name}", session.point.with_source(source))

    def set_detail(self, detail: float) -> None:
        """Mix the source, 1, with noise, 0."""
        detail = min(max(detail, 0.0), 1.0)
        voicing = replace(self._session.point.voicing, detail=detail)
        point = self._session.point.with_voicing(voicing)
        self._session.go(f"Detail {percent_text(detail)}", point)

    def add_detail(self, detail: float) -> None:
        """Mix in more of the source, or less where it is less than zero."""
        self.set_detail(round(self._session.point.voicing.detail + detail, 6))

    def set_highs_follow(self, highs_follow: bool) -> None:
        """Let what lies above the model's band follow the edit, or pass untouched."""
        voicing = replace(self._session.point.voicing, highs_follow=highs_follow)
        label = "Highs follow" if highs_follow else "Highs untouched"
        self._session.go(label, self._session.point.with_voicing(voicing))

    # ------------------------------------------------------------ the engine's side

    def tell(self) -> None:
        """Have a fresh engine open the other file again."""
        self.other = None
        self._provide()

    def take(self, event: SourceOpened) -> None:
        """The other file is in place."""
        self._session.tasks.finish(event.request)
        if self.other is not None and self.other.path == event.path:
            self.other = OtherFile(path=event.path, title=event.title, ready=True)
            self.changed.emit()

    def refuse(self, path: Path) -> None:
        """The other file cannot be opened: go back to the source before it.

        Where it was not chosen just now, it stays named, and the song is heard.
        """
        if self.other is None or self.other.path != path:
            return
        self.other = None
        history, point = self._session.history, self._session.point
        if point.source == path and history.index > 0:
            before = history.steps[history.index - 1].point
            if before == point.with_source(before.source):  # nothing else since
                self._session.undo()
        self.changed.emit()

    def _provide(self) -> None:
        """Have the file opened that the point wants, in place of the one before."""
        session, source = self._session, self._session.point.source
        if not isinstance(source, Path) or not session.ready:
            return
        if self.other is not None:
            if self.other.path == source:
                return
            session.orders.send(CloseSource(path=self.other.path))
        self.other = OtherFile(path=source, title=source.stem)
        task = session.tasks.start("source", source, f"Opening {source.name}…")
        session.orders.send(OpenSource(request=task.request, path=source))
        self.changed.emit()
