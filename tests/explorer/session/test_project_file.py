import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from explorer.engine.protocol import SpanEdit, Voicing
from explorer.session.bookmarks import Bookmark
from explorer.session.point import LatentPoint
from explorer.session.project_content import (
    ProjectContent,
    ProjectModel,
    ProjectSong,
)
from explorer.session.project_file import (
    ProjectError,
    parsed_project,
    project_document,
    read_project,
    write_project,
)
from explorer.session.span import Span

OLD = Path(__file__).parents[2] / "data" / "project-1.dctvae"

offsets = arrays.arrays(
    np.float32,
    st.integers(0, 6),
    elements=st.integers(-5_000, 5_000).map(lambda one: one / 1_000),
)
voicings = st.builds(
    Voicing,
    source=st.sampled_from(["song", "noise", "tones", Path("/music/rain.wav")]),
    detail=st.sampled_from([0.0, 0.3, 1.0]),
    highs_follow=st.booleans(),
)


@st.composite
def _points(draw: st.DrawFn) -> LatentPoint:
    whole = draw(offsets)
    size = len(whole)
    span = st.builds(
        SpanEdit,
        start=st.integers(0, 99),
        stop=st.integers(100, 10**9),
        fade=st.integers(0, 99),
        offset=offsets.map(lambda one: np.resize(one, size) if len(one) else whole),
    )
    spans = draw(st.lists(span, max_size=2))
    return LatentPoint(whole=whole, spans=tuple(spans), voicing=draw(voicings))


points = _points()
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8
)
paths = texts.filter(lambda one: one not in {"", ".", ".."}).map(
    lambda one: Path("/music") / one.replace("/", "-")
)
spans = st.sampled_from([Span(), Span(0.25, 0.5), Span(0.0, 0.125)])
regions = st.none() | st.tuples(st.integers(0, 99), st.integers(100, 10**9))
songs = st.builds(
    ProjectSong,
    path=paths,
    title=texts,
    content_hash=st.sampled_from(["", "abc"]),
    point=st.none() | points,
    position=st.integers(0, 10**9),
    loop=st.booleans(),
    region=regions,
    time=spans,
)
projects = st.builds(
    ProjectContent,
    model=st.none()
    | st.builds(ProjectModel, path=paths, title=texts, model_hash=texts),
    songs=st.lists(songs, min_size=1, max_size=3).map(tuple),
    shown=st.none() | st.just(0),
    frequency=spans,
    frequency_axis=st.sampled_from(["linear", "log"]),
    channels=st.sampled_from(["both", "left", "side"]),
    slots=st.dictionaries(st.sampled_from("AB"), points),
    bookmarks=st.lists(st.builds(Bookmark, texts, points), max_size=2).map(tuple),
    names=st.dictionaries(st.integers(0, 63), texts, max_size=3),
    locked=st.frozensets(st.integers(0, 63), max_size=3),
    locked_otherwise=st.dictionaries(
        st.sampled_from(["ear", "latents"]), st.frozensets(st.integers(0, 63))
    ),
)


@given(projects)
def test_a_project_comes_back_as_it_was(project: ProjectContent) -> None:
    text = json.dumps(project_document(project, Path("/music")))
    again = parsed_project(json.loads(text), "it")
    assert again.songs[0].beside == project.songs[0].path.name
    plain = [
        ProjectSong(**{**vars(one), "beside": ""})  # written, not taken over
        for one in again.songs
    ]
    assert ProjectContent(**{**vars(again), "songs": tuple(plain)}) == project


def test_a_project_of_every_version_is_read() -> None:
    project = read_project(OLD)
    walk, run = project.songs
    assert (walk.path, walk.title) == (Path("/music/walk.flac"), "Walk – Anna")
    assert walk.point is not None
    assert walk.point.offset.tolist() == [1.5, 0.0, -0.25]
    assert walk.region == (441_000, 882_000)
    assert run.point is None
    assert project.shown == 0
    assert project.slots["B"].source == "noise"
    assert project.names == {2: "Weight"}


def _change(content: Any, place: tuple[str | int, ...], value: object) -> None:
    for step in place[:-1]:
        content = content[step]
    content[place[-1]] = value


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (("version",), 2, "newer program"),
        (("version",), True, "damaged"),
        (("version",), "1", "damaged"),
        (("format",), "dctvae-preset", "not a project"),
        (("songs",), None, "damaged"),
        (("songs", 0, "path"), 7, "damaged"),
        (("songs", 0, "point"), 7, "damaged"),
        (("songs", 0, "point", "offset"), ["loud"], "damaged"),
        (("songs", 0, "point", "offset"), [float("nan")], "damaged"),
        (("songs", 0, "point", "offset"), [[1.0]], "damaged"),
        (("songs", 0, "point", "voicing", "source"), "radio", "damaged"),
        (("songs", 0, "point", "voicing", "detail"), 2, "damaged"),
        (("songs", 0, "point", "spans"), [{"start": 3}], "damaged"),
        (("songs", 0, "position"), "late", "damaged"),
        (("songs", 0, "region"), [9, 3], "damaged"),
        (("songs", 0, "time"), [0.5, 0.25], "damaged"),
        (("songs", 0, "time"), [float("nan"), 1.0], "damaged"),
        (("open",), 2, "damaged"),
        (("open",), -1, "damaged"),
        (("view", "axis"), "round", "damaged"),
        (("view", "channels"), "third", "damaged"),
        (("slots",), [1], "damaged"),
        (("names",), {"three": "x"}, "damaged"),
        (("locked",), [None], "damaged"),
        (("model",), {"path": "/x"}, "damaged"),
    ],
)
def test_what_is_no_project_is_refused_in_words(
    tmp_path: Path, place: tuple[str | int, ...], value: object, words: str
) -> None:
    content = json.loads(OLD.read_text(encoding="utf-8"))
    _change(content, place, value)
    path = tmp_path / "one.dctvae"
    path.write_text(json.dumps(content))
    with pytest.raises(ProjectError, match=words) as error:
        read_project(path)
    assert str(error.value).startswith("one.dctvae ")


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"[" * 100_000, b"3", b"{}"])
def test_any_other_file_is_no_project(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "one.dctvae"
    path.write_bytes(content)
    with pytest.raises(ProjectError, match="is not a project"):
        read_project(path)


def test_a_file_name_that_is_no_text_is_kept(tmp_path: Path) -> None:
    song = ProjectSong(path=Path("/music/caf\udce9.wav"), title="x")
    write_project(tmp_path / "a.dctvae", ProjectContent(songs=(song,)))
    assert read_project(tmp_path / "a.dctvae").songs[0].path == song.path
