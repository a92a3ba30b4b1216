from dataclasses import replace

import numpy as np
import pytest

from tests.models import TINY, untrained
from tests.vae.evaluation.songs import song_images
from vae.evaluation import point_sound
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.point_sound import measure_point_sound, tremolo_db, width_db

RATE = 8_000
TIME = np.arange(4 * RATE) / RATE


@pytest.mark.parametrize("depth", [0.01, 0.1, 0.5])
def test_a_tremolo_is_found_at_its_rate_and_no_other(depth: float) -> None:
    envelope = 1 + depth * np.sin(2 * np.pi * 4 * TIME)
    sound = (envelope * np.sin(2 * np.pi * 440 * TIME))[None].astype(np.float32)
    assert tremolo_db(sound, RATE) == pytest.approx(20 * np.log10(depth), abs=0.3)
    assert tremolo_db(sound, RATE, 6.0) < 20 * np.log10(depth) - 30


def test_width_is_side_over_mid() -> None:
    left = np.sin(2 * np.pi * 440 * TIME).astype(np.float32)
    assert width_db(np.stack([left, left])) == -60
    assert width_db(np.stack([left, 0 * left])) == pytest.approx(0, abs=0.01)
    assert width_db(np.stack([left, 0.5 * left])) == pytest.approx(-9.54, abs=0.01)


@pytest.mark.parametrize("frames_per_latent", [8, 32])
def test_random_points_are_heard_with_every_source(
    frames_per_latent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(point_sound, "POINTS", 6)
    config = replace(TINY, latent_size=8, frames_per_latent=frames_per_latent)
    checkpoint = untrained(config)
    songs = [Excerpt.of(song, 32) for song in song_images(1, 2, 3)]
    done: list[float] = []
    found = measure_point_sound(checkpoint, songs, done.append)
    assert set(found.tremolo_db) == set(found.near) == {"song", "noise", "tones"}
    assert all(0 <= near <= 6 for near in found.near.values())
    assert found.silent == 0
    assert done == sorted(done)
    for spread in (*found.loudness_lu.values(), *found.width_db.values()):
        assert np.isfinite(spread.median)
