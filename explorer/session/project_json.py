"""A project as JSON holds it.

{"model": {"path": "…", "title": "…", "hash": "…"},       or null
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
 "locked": [3],                          axes, counted from 1
 "locked_otherwise": {"ear": [1]}}       sliders by ear, or "latents"; may be missing
"""

import os
from pathlib import Path
from typing import Any, get_args

from explorer.engine.protocol import ChannelView
from explorer.session.bookmarks import Bookmark
from explorer.session.point_json import point_json, read_point_json
from explorer.session.project_content import (
    ProjectContent,
    ProjectModel,
    ProjectSong,
)
from explorer.session.span import Span
from explorer.session.view import FrequencyAxis


def project_json(project: ProjectContent, folder: Path) -> dict[str, Any]:
    """What to write of a project into a file of this folder."""
    model = project.model
    return {
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
        "locked_otherwise": {
            kind: sorted(slider + 1 for slider in locked)
            for kind, locked in sorted(project.locked_otherwise.items())
        },
    }


def read_project_json(content: dict[str, Any]) -> ProjectContent:
    """The project that was written.

    Raises
    ------
    AttributeError, KeyError, OverflowError, TypeError, ValueError
        It is none.
    """
    songs = tuple(_parsed_song(one) for one in content["songs"])
    shown = content["open"]
    if shown is not None and not 0 <= int(shown) < len(songs):
        raise ValueError("no such song")
    model, view = content["model"], content["view"]
    if view["axis"] not in get_args(FrequencyAxis):
        raise ValueError("no such axis")
    if view["channels"] not in get_args(ChannelView):
        raise ValueError("no such channels")
    return ProjectContent(
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
        locked_otherwise={
            str(kind): frozenset(int(slider) - 1 for slider in locked)
            for kind, locked in content.get("locked_otherwise", {}).items()
        },
    )


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
