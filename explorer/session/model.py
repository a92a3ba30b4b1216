"""What the window knows of the model that is open.

Letters: L latent size.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from explorer.engine.protocol import ModelOpened
from explorer.session.cloud import SongCloud, song_cloud
from explorer.session.point import RANDOM_LIMIT_SIGMA
from vae.config import ModelConfig
from vae.latents.basis import LatentBasis
from vae.latents.directions import Direction
from vae.latents.traits import AxisTraits

AGREEMENT = 1e-4  # between what the engine told of a basis and what its file says

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """A model's name and the shape of its latent space.

    Attributes
    ----------
    variance_share : (L,) float32
        Of each principal axis; sums to 1.
    song_mean, song_spread : (L,) float32
        Mean and standard deviation of the training songs' own means, in σ.
    band_hz : float
        Upper edge of what the model knows.
    songs : SongCloud
        The songs it was trained on, as points; none where it brings none.
    traits : tuple of AxisTraits
        What each axis was measured to do; none where the model does not say.
    directions : tuple of Direction
        In which one thing is heard to change; the same.
    config : ModelConfig
        Of its network.
    """

    path: Path
    title: str
    model_hash: str
    variance_share: Floats
    song_mean: Floats
    song_spread: Floats
    band_hz: float
    songs: SongCloud
    traits: tuple[AxisTraits, ...] = ()
    directions: tuple[Direction, ...] = ()
    config: ModelConfig = field(default_factory=ModelConfig)

    @property
    def latent_size(self) -> int:
        """L."""
        return len(self.variance_share)

    @property
    def has_names(self) -> bool:
        """True where somebody has listened to what its axes do."""
        return bool(self.traits)

    def is_of(self, basis: LatentBasis) -> bool:
        """True where a basis is the one that the engine told of."""
        pairs = (
            (basis.variance_share, self.variance_share),
            (basis.song_mean, self.song_mean),
            (basis.song_spread, self.song_spread),
        )
        return all(
            one.shape == other.shape and np.allclose(one, other, atol=AGREEMENT)
            for one, other in pairs
        )

    def random_position(self, rng: np.random.Generator) -> Floats:
        """(L,) float32 in σ, drawn from the songs' own cloud, within ±3σ."""
        position = self.song_mean + self.songs.draw(rng)
        held: Floats = np.clip(position, -RANDOM_LIMIT_SIGMA, RANDOM_LIMIT_SIGMA)
        return held


def opened_model(event: ModelOpened) -> Model:
    """The model an engine's event tells of."""
    return Model(
        path=event.path,
        title=event.title,
        model_hash=event.model_hash,
        variance_share=event.variance_share,
        song_mean=event.song_mean,
        song_spread=event.song_spread,
        band_hz=event.band_hz,
        songs=song_cloud(
            event.song_titles, event.song_points, event.song_mean, event.song_spread
        ),
        traits=event.traits,
        directions=event.directions,
        config=event.config,
    )
