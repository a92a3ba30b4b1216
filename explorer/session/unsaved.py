"""What of a person's work would be lost, because the project's file does not say it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.session.project_content import ProjectContent, ProjectSong

if TYPE_CHECKING:
    from explorer.session.session import Session


class Unsaved:
    """Compares what there is now with what was saved, quickly enough for drags.

    What is not of the open song is compared only after something of it has changed.
    """

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._saved: ProjectContent | None = None  # its essence, as it is in the file
        self._rest_lost: bool | None = None  # of all but the open song; None: look

    def save(self, content: ProjectContent | None) -> None:
        """This is in the project's file now; None: there is no file."""
        self._saved = None if content is None else essence(content)

    def look_again(self) -> None:
        """Something of all but the open song may have changed."""
        self._rest_lost = None

    @property
    def any(self) -> bool:
        """True where something would be lost."""
        if self._rest_lost is None:
            self._rest_lost = self._look_at_rest()
        return self._rest_lost or self._present_lost

    def _look_at_rest(self) -> bool:
        """True where something of all but the open song would be lost."""
        now, saved = essence(self._session.project.content), self._saved
        present = now.shown
        if saved is None:
            moved = any(
                song.point is not None
                for place, song in enumerate(now.songs)
                if place != present
            )
            return moved or bool(now.slots or now.bookmarks)
        return without(now, present) != without(saved, present)

    @property
    def _present_lost(self) -> bool:
        """True where something of the open song would be lost."""
        session, saved = self._session, self._saved
        current = session.songs.current
        if current is None:
            return False
        point, region = session.point, session.playback.region
        moved = None if point.untouched else point
        if saved is None:
            return moved is not None
        song = next((one for one in saved.songs if one.path == current.path), None)
        return song is None or (song.point, song.region) != (moved, region)


def essence(content: ProjectContent) -> ProjectContent:
    """What of it would be lost: not where a person looks, nor what is known anyway."""
    model = content.model
    return ProjectContent(
        model=model and replace(model, path=Path(), title=""),
        shown=content.shown,
        songs=tuple(
            ProjectSong(
                path=one.path,
                title="",
                point=one.point if one.point and not one.point.untouched else None,
                region=one.region,
            )
            for one in content.songs
        ),
        slots=content.slots,
        bookmarks=content.bookmarks,
    )


def without(project: ProjectContent, place: int | None) -> ProjectContent:
    """All of it but one song, and but which one is open."""
    songs = tuple(
        replace(song, point=None, region=None) if at == place else song
        for at, song in enumerate(project.songs)
    )
    return replace(project, songs=songs, shown=None)
