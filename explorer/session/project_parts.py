"""What a project says of the songs and the model of a session, and the way back."""

from dataclasses import replace

from explorer.session.history import Step
from explorer.session.model import Model
from explorer.session.project_content import (
    ProjectModel,
    ProjectSong,
)
from explorer.session.project_search import Found
from explorer.session.song_entry import SongEntry, SongWork


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
