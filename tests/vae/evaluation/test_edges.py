from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.models import TINY, untrained
from vae import dct, fidelity
from vae.config import TransformConfig
from vae.dataset import SongImage
from vae.evaluation.edges import edges_made
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.subject import Subject
from vae.synthesis import gliding

Floats = NDArray[np.float32]

FRAMES = 48
FEW = replace(TINY, latent_size=3, frames=FRAMES)
LENGTH = FEW.transform.frame_samples


def excerpt(sound: Floats) -> Excerpt:
    coefficients = dct.forward(sound, FEW.transform).astype(np.float16)
    image = SongImage(title="beats", path=Path(), coefficients=coefficients)
    return Excerpt.of(image, FRAMES)


def beats() -> Floats:
    """A drum on every boundary."""
    rng = np.random.default_rng(3)
    sound = 0.01 * rng.standard_normal((2, FRAMES * LENGTH))
    for start in range(LENGTH - 1, sound.shape[1] - LENGTH, LENGTH):
        sound[:, start : start + 20] += rng.standard_normal((2, 20))
    return sound.astype(np.float32)


def stepped(
    frames: Floats, between: Floats, gain: Floats, config: TransformConfig
) -> Floats:
    """A synthesis that cuts its frames hard: 12 dB up and down by turns."""
    own = dct.inverse(frames, config)
    turns = np.arange(own.shape[1]) // LENGTH % 2
    return (0.75 * own * (-1.0) ** turns).astype(np.float32)


def test_beats_that_keep_time_with_the_frames_are_no_edges() -> None:
    song = excerpt(beats())
    own = dct.inverse(song.coefficients, FEW.transform)
    assert fidelity.edge_ratio(own, FEW.transform) > 1.5, "the drum does that"
    made = edges_made(Subject(untrained(FEW)), song, 3.0, FRAMES)
    assert len(made) == FEW.latent_size
    assert made == pytest.approx([1.0] * FEW.latent_size, abs=0.1)


def test_edges_of_a_synthesis_that_makes_them_show(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gliding, "change", stepped)
    time = np.arange(FRAMES * LENGTH) / LENGTH
    music = np.cos(2 * np.pi * 8 * time) * (1 + 0.2 * np.sin(time))
    sound = np.stack([music, music]).astype(np.float32)
    assert min(edges_made(Subject(untrained(FEW)), excerpt(sound), 2.0, FRAMES)) > 1.5


def test_silence_has_no_edges() -> None:
    silence = excerpt(np.zeros((2, FRAMES * LENGTH), np.float32))
    made = edges_made(Subject(untrained(FEW)), silence, 2.0, FRAMES)
    assert made == pytest.approx([1.0] * FEW.latent_size)
