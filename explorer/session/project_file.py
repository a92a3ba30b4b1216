"""Project files: everything a person has done, as JSON.

    {"format": "dctvae-explorer project", "version": 1,
     "model": {"path": "…", "title": "…", "hash": "…"},       or null
     "songs": [{"path": "…",                 as it was
                "beside": "…",               from the project's own folder
                "title": "…",
                "hash": "…",                 of the file's content; "" if not known
                "point": {…},                see `point_json`; null: never opened
                "position": 0,               samples, the playhead
                "loop": false,
                "region": [0, 44100],        samples, the loop's; or null
                "time": [0.0, 1.0]}],        the part that was seen, of the song
     "open": 0,                              which song; null where there is none
     "view": {"frequency": [0.0, 1.0], "axis": "linear", "channels": "both"},
     "slots": {"A": {…}},                    points
     "bookmarks": [{"name": "…", "point": {…}}],
     "names": {"3": "Brightness"},           of axes, counted from 1
     "locked": [3]}                          axes, counted from 1

A path that is no text is kept by its bytes, as Python writes them.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from explorer.engine.protocol import ChannelView
from explorer.session.bookmarks import Bookmark
from explorer.session.point import LatentPoint
from explorer.session.point_json import point_json, read_point_json
from explorer.session.span import WHOLE, Span
from explorer.session.view import FrequencyAxis
from vae.errors import DctvaeError
from vae.files import write_bytes

FORMAT = "dctvae-explorer project"
VERSION = 1
SUFFIX = ".dctvae"
LARGEST_BYTES = 50_000_000  # more was never a project
FAULTS = (AttributeError, KeyError, OverflowError, TypeError, ValueError)


class ProjectError(DctvaeError):
    """A project that cannot be read or written, in a sentence."""


@dataclass(frozen=True, kw_only=True)
class ProjectModel:
    """The model that a project's points belong to."""

    path: Path
    title: str
    model_hash: str


@dataclass(frozen=True, kw_only=True)
class ProjectSong:
    """A song, and what was done with it; positions are samples at 44.1 kHz.

    Attributes
    ----------
    beside : str
        The path from the project's own folder; "" where there is none.
    """

    path: Path
    title: str
    content_hash: str = ""
    beside: str = ""
    point: LatentPoint | None = None
    position: int = 0
    loop: bool = False
    region: tuple[int, int] | None = None
    time: Span = WHOLE


@dataclass(frozen=True, kw_only=True)
class ProjectFile:
    """What a project file says; `shown` is the place of the open song in `songs`."""

    model: ProjectModel | None = None
    songs: tuple[ProjectSong, ...] = ()
    shown: int | None = None
    frequency: Span = WHOLE
    frequency_axis: FrequencyAxis = "linear"
    channels: ChannelView = "both"
    slots: Mapping[str, LatentPoint] = field(default_factory=dict)
    bookmarks: tuple[Bookmark, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    locked: frozenset[int] = frozenset()


def write_project(path: Path, project: ProjectFile) -> None:
    """Write a project file, complete or not at all.

    Raises
    ------
    ProjectError
        The file cannot be written.
    """
    content = project_json(project, path.parent)
    text = json.dumps(content, ensure_ascii=False, indent=1)
    try:
        write_bytes(path, (text + "\n").encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise ProjectError(
            f"{path.name} cannot be written: {error.strerror}."
        ) from error


def read_project(path: Path) -> ProjectFile:
    """Read a project file.

    Raises
    ------
    ProjectError
        The file is missing, no project, damaged, or of a newer version.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise ProjectError(f"{path.name} is not a project.")
        content = json.loads(path.read_bytes().decode("utf-8", "surrogateescape"))
    except OSError as error:
        raise ProjectError(
            f"{path.name} cannot be opened: {error.strerror}."
        ) from error
    except (ValueError, RecursionError) as error:
        raise ProjectError(f"{path.name} is not a project.") from error
    return parsed_project(content, path.name)


def project_json(project: ProjectFile, folder: Path) -> dict[str, Any]:
    """What to write of a project into a file of this folder."""
    model = project.model
    return {
        "format": FORMAT,
        "version": VERSION,
        "model": model
        and {
            "path": str(model.path),
            "title": model.title,
            "hash": model.model_hash,
        },
        "songs": [_song_json(song, folder) for song in project.songs],
        "open": project.shown,
        "view": {
            "frequency": [project.frequency.low, project.frequency.high],
            "axis": project.frequency_axis,
            "channels": project.channels,
        },
        "slots": {name: point_json(one) for name, one in project.slots.items()},
        "bookmarks": [
            {"name": one.name, "point": point_json(one.point)}
            for one in project.bookmarks
        ],
        "names": {str(axis + 1): name for axis, name in sorted(project.names.items())},
        "locked": sorted(axis + 1 for axis in project.locked),
    }


def parsed_project(content: Any, what: str) -> ProjectFile:
    """The project that was written; `what` is what an error speaks of.

    Raises
    ------
    ProjectError
        It is none, damaged, or of a newer version.
    """
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ProjectError(f"{what} is not a project.")
    version = content.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ProjectError(f"{what} is damaged and cannot be read.")
    if version > VERSION:
        raise ProjectError(
            f"{what} is of format version {version}, made by a newer program than this "
            f"one, which reads versions up to {VERSION}."
        )
    try:
        return _parsed(content)
    except FAULTS as error:
        raise ProjectError(f"{what} is damaged and cannot be read.") from error


def _song_json(song: ProjectSong, folder: Path) -> dict[str, Any]:
    try:
        beside = Path(os.path.relpath(song.path, folder)).as_posix()
    except ValueError:  # on another drive
        beside = ""
    return {
        "path": str(song.path),
        "beside": beside,
        "title": song.title,
        "hash": song.content_hash,
        "point": song.point and point_json(song.point),
        "position": song.position,
        "loop": song.loop,
        "region": song.region,
        "time": [song.time.low, song.time.high],
    }


def _parsed(content: dict[str, Any]) -> ProjectFile:
    songs = tuple(_parsed_song(one) for one in content["songs"])
    shown = content["open"]
    if shown is not None and not 0 <= int(shown) < len(songs):
        raise ValueError("no such song")
    model, view = content["model"], content["view"]
    if view["axis"] not in get_args(FrequencyAxis):
        raise ValueError("no such axis")
    if view["channels"] not in get_args(ChannelView):
        raise ValueError("no such channels")
    return ProjectFile(
        model=model
        and ProjectModel(
            path=Path(model["path"]),
            title=str(model["title"]),
            model_hash=str(model["hash"]),
        ),
        songs=songs,
        shown=shown,
        frequency=_span(view["frequency"]),
        frequency_axis=view["axis"],
        channels=view["channels"],
        slots={str(name): read_point_json(o) for name, o in content["slots"].items()},
        bookmarks=tuple(
            Bookmark(str(one["name"]), read_point_json(one["point"]))
            for one in content["bookmarks"]
        ),
        names={int(axis) - 1: str(name) for axis, name in content["names"].items()},
        locked=frozenset(int(axis) - 1 for axis in content["locked"]),
    )


def _parsed_song(content: dict[str, Any]) -> ProjectSong:
    point, region = content["point"], content["region"]
    if region is not None:
        start, stop = map(int, region)
        if not 0 <= start < stop:
            raise ValueError("not a region")
        region = (start, stop)
    return ProjectSong(
        path=Path(content["path"]),
        beside=str(content["beside"]),
        title=str(content["title"]),
        content_hash=str(content["hash"]),
        point=None if point is None else read_point_json(point),
        position=max(int(content["position"]), 0),
        loop=bool(content["loop"]),
        region=region,
        time=_span(content["time"]),
    )


def _span(content: Any) -> Span:
    low, high = map(float, content)
    if not 0.0 <= low < high <= 1.0:
        raise ValueError("not a part of the whole")
    return Span(low, high)
