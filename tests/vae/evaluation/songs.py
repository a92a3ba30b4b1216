"""Song images for the tests of evaluation: spectra that move, made at random."""

from pathlib import Path

import numpy as np

from vae.dataset import SongImage

CHANNELS, KEPT = 2, 32


def song_image(number: int, *, frames: int = 48, kept: int = KEPT) -> SongImage:
    """A song of noise under a few moving peaks, the same for the same number."""
    rng = np.random.default_rng(number)
    shape = (CHANNELS, frames, kept)
    place = np.arange(kept) / kept
    peaks = rng.uniform(0, 1, 3) + 0.1 * np.sin(np.arange(frames)[:, None] / 5)
    nearness = -np.square((place - peaks[..., None]) / 0.08)
    level = np.exp(nearness).sum(axis=1) + 0.02
    noise = rng.standard_normal(shape) * level * rng.uniform(0.5, 1.5)
    return SongImage(
        title=f"song {number}",
        path=Path(f"song-{number}.wav"),
        coefficients=noise.astype(np.float16),
    )


def song_images(*numbers: int, frames: int = 48) -> tuple[SongImage, ...]:
    """Several of them."""
    return tuple(song_image(number, frames=frames) for number in numbers)
