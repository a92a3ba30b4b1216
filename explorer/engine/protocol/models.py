"""Opening a model, and what is known of it.

Letters: L latent size, N training songs.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vae.config import ModelConfig
from vae.latents.directions import Direction
from vae.latents.traits import AxisTraits


def no_points() -> NDArray[np.float32]:
    """(0, 0), the points of no songs."""
    return np.zeros((0, 0), np.float32)


@dataclass(frozen=True, kw_only=True)
class OpenModel:
    """Load a model; the song, if any, is encoded anew.

    Answers: Progress, then ModelOpened and, where there is a song, SongOpened; or
    Failed. The point stays where the latent sizes agree, and is the song's own where
    they do not.
    """

    request: int
    path: Path | None = None  # None: the shipped model


@dataclass(frozen=True, kw_only=True, eq=False)
class ModelOpened:
    """A model is in place."""

    request: int
    path: Path
    title: str  # file name or card name, for the window's title
    model_hash: str
    latent_size: int
    variance_share: NDArray[np.float32]  # (L,), of each axis, sums to 1
    song_mean: NDArray[np.float32]  # (L,) in σ: mean of the training songs' means
    song_spread: NDArray[np.float32]  # (L,) in σ: their standard deviation
    band_hz: float  # upper edge of what the model knows
    song_titles: tuple[str, ...] = ()  # of the N songs it was trained on
    song_points: NDArray[np.float32] = field(default_factory=no_points)  # (N, L) in σ
    traits: tuple[AxisTraits, ...] = ()  # what each axis does, where it was measured
    directions: tuple[Direction, ...] = ()  # in which one thing is heard; the same
    config: ModelConfig = field(default_factory=ModelConfig)  # of its network


@dataclass(frozen=True, kw_only=True, eq=False)
class AxesMeasured:
    """What each axis does, measured on spots of the song; some time after it."""

    request: int  # of the SongOpened before it
    change_db: NDArray[np.float32]  # (L,) RMS change of the decoded spectrum at +2 σ
