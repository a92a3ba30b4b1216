import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vae.errors import PointError
from vae.latents.points import PointFile, read_point, write_point


def a_point(seed: int = 0) -> PointFile:
    rng = np.random.default_rng(seed)
    path = rng.standard_normal((5, 8)).astype(np.float32)
    return PointFile(
        model_hash="abc",
        title="été 🎵",
        start_s=1.5,
        frames=40,
        path=path,
        sigma=path.mean(axis=0) + np.float32(1.5),
    )


@given(seed=st.integers(0, 1000))
def test_a_point_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    file = tmp_path_factory.mktemp("points") / "p.json"
    before = a_point(seed)
    write_point(file, before)
    after = read_point(file)
    assert np.allclose(after.path, before.path, atol=1e-5)
    assert np.allclose(after.moved_path, before.path + 1.5, atol=1e-4)
    assert (after.title, after.start_s, after.frames) == ("été 🎵", 1.5, 40)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "other"}, "not a point file"),
        ({"version": 2}, "newer one is needed"),
        ({"sigma": [0.0] * 7}, "differ in size"),
        ({"sigma": [1e9] * 8}, "beyond"),
        ({"sigma": "much"}, "damaged"),
        ({"frames": 0}, "0 frames"),
        ({"frames": 10**12}, "frames"),
        ({"origin": {}}, "damaged"),
    ],
)
def test_a_damaged_point_is_refused_in_a_sentence(
    tmp_path: Path, change: dict[str, object], words: str
) -> None:
    file = tmp_path / "p.json"
    write_point(file, a_point())
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    with pytest.raises(PointError, match=words):
        read_point(file)


@pytest.mark.parametrize("content", [b"", b"[1, 2]", b"\xff\xfe", b"{"])
def test_what_is_no_json_object_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p.json").write_bytes(content)
    with pytest.raises(PointError, match="not a point file"):
        read_point(tmp_path / "p.json")
