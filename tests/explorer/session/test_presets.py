import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from explorer.session.preset_file import (
    Preset,
    PresetError,
    point_line,
    read_point_line,
    read_preset,
    write_preset,
)
from explorer.session.session import Session
from tests.explorer.session.test_session import MODEL, L, opened, said

sigmas = arrays.arrays(
    np.float32, st.integers(1, 64), elements=st.floats(-5, 5, width=32)
)


def edited() -> Session:
    session, _ = opened()
    session.move_axis(0, 1.25)
    session.move_axis(3, -2.5)
    session.sources.choose("noise")
    return session


@given(sigmas, st.text(max_size=20))
def test_a_preset_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, values: np.ndarray, name: str
) -> None:
    path = tmp_path_factory.mktemp("presets") / "one.json"
    write_preset(
        path,
        Preset(
            name=name, model_hash="abc", values=values, source="noise", names={2: name}
        ),
    )
    again = read_preset(path)
    np.testing.assert_allclose(again.values, values, atol=1e-5)
    assert again.name == (name or "one")
    assert (again.source, dict(again.names)) == ("noise", {2: name})


@given(sigmas)
def test_a_line_holds_the_point_to_a_few_thousandths(values: np.ndarray) -> None:
    line = point_line("0123456789abcdef", values)
    model_hash, again = read_point_line(f"  {line}\n")
    assert "\n" not in line
    assert model_hash == "0123456789ab"
    np.testing.assert_allclose(again, values, atol=3e-3)


@given(st.text(max_size=60))
def test_no_text_does_harm(text: str) -> None:
    session = edited()
    before = session.point
    for pasted in (text, f"dctvae-point:{text}", f"dctvae-point:1:ab:{text}"):
        session.presets.paste(pasted)
        assert session.point == before
        assert said(session)


def test_a_saved_point_is_opened_as_one_step(tmp_path: Path) -> None:
    session = edited()
    session.names.rename(3, "Warmth")
    session.presets.save(tmp_path / "Bright.json")
    there = session.values
    content = json.loads((tmp_path / "Bright.json").read_text())
    assert (content["format"], content["version"]) == ("dctvae-preset", 1)
    other, _ = opened()
    other.presets.open(tmp_path / "Bright.json")
    np.testing.assert_allclose(other.values, there, atol=1e-5)
    assert other.point.source == "noise"
    assert other.names.of(3) == "Warmth"
    assert other.history.undo_label == "Preset Bright"
    assert other.places.presets == tmp_path
    other.undo()
    assert not other.point.moved


def test_a_preset_of_the_song_itself_leaves_the_song_untouched(tmp_path: Path) -> None:
    session, _ = opened()
    session.presets.save(tmp_path / "song.json")
    session.move_axis(0, 3.0)
    session.presets.open(tmp_path / "song.json")
    assert not session.point.moved


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": 2}, "newer program"),
        ({"version": True}, "damaged"),
        ({"format": "other"}, "not a preset"),
        (
            {"model_hash": "feedfeedfeedfeed", "songs": {}},
            "another model (feedfeedfeed…)",
        ),
        ({"model_hash": "feedfeedfeedfeed", "told": 0.1}, "another model"),
        ({"values": [0.0, 1.0], "songs": {"Aria": 1.0}}, "another model"),
        ({"songs": {"Aria": "a lot"}}, "damaged"),
        ({"songs": ["Aria"]}, "damaged"),
        ({"told": float("nan")}, "damaged"),
        ({"values": ["loud"] * 5}, "damaged"),
        ({"values": [float("nan")] * 5}, "damaged"),
        ({"names": [1]}, "damaged"),
        ({"source": "radio"}, "damaged"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    tmp_path: Path, change: dict[str, object], words: str
) -> None:
    session = edited()
    path = tmp_path / "one.json"
    session.presets.save(path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    before = session.point
    session.presets.open(path)
    assert session.point == before
    assert words in str(said(session))


def test_a_preset_of_another_model_is_carried_over_by_the_songs_both_know(
    tmp_path: Path,
) -> None:
    session, _ = opened()
    session.tools.go_to_song(2)
    session.presets.save(tmp_path / "Canon.json")
    other, engine = opened()
    engine.latent_size = L + 2
    other.open_model(MODEL)
    engine.run()
    other.presets.open(tmp_path / "Canon.json")
    model = other.model
    assert model is not None
    assert model.songs.nearest(other.values, 1) == (2,)
    assert other.history.undo_label == "Preset Canon, carried over"
    assert "8 songs that both know" in str(said(other))
    other.undo()
    assert not other.point.moved


def test_a_preset_without_songs_is_of_its_own_model_alone(tmp_path: Path) -> None:
    """As presets were written before models were compared by songs."""
    session = edited()
    path, there = tmp_path / "old.json", session.values
    session.presets.save(path)
    content = json.loads(path.read_text())
    del content["songs"], content["told"]
    path.write_text(json.dumps(content))
    session.tools.reset()
    session.presets.open(path)
    np.testing.assert_allclose(session.values, there, atol=1e-5)


def test_a_file_that_is_not_there_or_cannot_be_written_is_told(tmp_path: Path) -> None:
    session = edited()
    session.presets.open(tmp_path / "none.json")
    assert "cannot be opened" in str(said(session))
    session.presets.save(tmp_path / "missing" / "one.json")
    assert "cannot be written" in str(said(session))
    (tmp_path / "x.json").write_bytes(b"\xff\x00")
    with pytest.raises(PresetError, match="not a preset"):
        read_preset(tmp_path / "x.json")


def test_a_pasted_line_goes_where_it_was_copied() -> None:
    session = edited()
    line, there = session.presets.line, session.values
    session.presets.paste(line)
    assert session.history.undo_label == "Source: noise"  # one is there already
    session.tools.reset()
    session.presets.paste(line)
    np.testing.assert_allclose(session.values, there, atol=3e-3)
    assert session.history.undo_label == "Pasted point"
    session.presets.paste(line.replace("hash", "dash"))
    assert "another model" in str(said(session))


def test_one_goes_from_preset_to_preset_of_a_folder(tmp_path: Path) -> None:
    session, _ = opened()
    session.presets.step(1)
    assert not session.point.moved
    for axis, name in enumerate(("bright", "Calm", "dark")):
        session.tools.reset()
        session.move_axis(axis, 1.5)
        session.presets.save(tmp_path / f"{name}.json")
    (tmp_path / "annex.json").write_text('{"songs": 3}')
    assert [one.stem for one in session.presets.files] == ["bright", "Calm", "dark"]
    assert session.presets.present == tmp_path / "dark.json"
    seen = []
    for by in (1, 1, -1, -1):
        session.presets.step(by)
        seen.append(session.history.undo_label)
    names = ("bright", "Calm", "bright", "dark")
    assert seen == [f"Preset {name}" for name in names]
    (tmp_path / "dark.json").unlink()
    session.presets.step(1)
    assert session.history.undo_label == "Preset bright"
