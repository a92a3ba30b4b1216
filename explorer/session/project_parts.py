"""What a project says of songs and of a model, and what of it can be lost."""

from dataclasses import replace
from pathlib import Path

from explorer.session.history import Step
from explorer.session.model import Model
from explorer.session.project_file import ProjectFile, ProjectModel, ProjectSong
from explorer.session.project_search import Found
from explorer.session.song_list import SongEntry, SongWork


def without(project: ProjectFile, place: int | None) -> ProjectFile:
    """All of it but one song, and but which one is open."""
    songs = tuple(
        replace(song, point=None, region=None) if at == place else song
        for at, song in enumerate(project.songs)
    )
    return replace(project, songs=songs, shown=None)


def essence(content: ProjectFile) -> ProjectFile:
    """What of it would be lost: not where a person looks, nor what is known anyway."""
    model = content.model
    return ProjectFile(
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


def model_of(model: Model) -> ProjectModel:
    """What a project says of a model."""
    return ProjectModel(path=model.path, title=model.title, model_hash=model.model_hash)


def song_of(entry: SongEntry) -> ProjectSong:
    """What a project says of a song of the list."""
    work = entry.work
    song = ProjectSong(
        path=entry.path, title=entry.title, content_hash=entry.content_hash
    )
    if work is None:
        return song
    return replace(
        song,
        point=work.point,
        position=work.position,
        loop=work.loop,
        region=work.region,
        time=work.time,
    )


def entry_of(song: ProjectSong, found: Found) -> SongEntry:
    """The song of the list that a project tells of."""
    work = None
    if song.point is not None:
        name = found.path.stem if found.path is not None else "work"
        work = SongWork(
            steps=(Step(f"Opened {name}", song.point),),
            position=song.position,
            loop=song.loop,
            region=song.region,
            time=song.time,
        )
    fault = f"{song.path} was not found." if song.path in found.missing else ""
    return SongEntry(
        path=song.path,
        title=song.title,
        content_hash=song.content_hash,
        fault=fault,
        work=work,
    )
