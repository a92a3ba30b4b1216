"""Where contours start: from the principal components of whole vectors' log spectra.

First the shapes along which the spectra of single steps differ most. Then the contours
along which vectors, seen as their steps' levels of those shapes, differ most.

Letters: C channels, F frames, G bands, K kept coefficients, L latent size, N vectors,
R shapes, S steps of a vector.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from vae.dataset import SongImage, stretch
from vae.network.contours import ContourEqualiser, ContourProjection, step_spectra
from vae.network.dictionary import POWER_FLOOR
from vae.network.model import Vae

STEPS = 12_000  # about so many of them
VECTORS_PER_SONG = 6  # at most
SHAPE_VECTORS = 400  # at most, that the shapes are taken from
LEAST_SPREAD = 1e-3  # of the largest; a contour with less is left as it is
ITERATIONS = 4  # of the randomised singular value decomposition


def start_contours(
    model: Vae,
    songs: Sequence[SongImage],
    scale: Tensor,
    power: Tensor,
    rng: np.random.Generator,
) -> None:
    """Give a network the songs' own contours, on the way in and on the way out.

    Parameters
    ----------
    model : Vae
        With contours.
    songs : sequence of SongImage
    scale : (K,) float32
        The corpus RMS of each coefficient, on the model's device.
    power : (C·K,) float32
        What the templates give where nothing is said.
    rng : numpy.random.Generator
    """
    into, out = model.encoder.contours, model.decoder.contours
    assert into is not None
    assert out is not None
    vectors = _Vectors(songs, scale, model.config.frames_per_latent)
    mean = _start_shapes(into, out, vectors, rng)
    whole = (mean.view(out.shapes.shape[1:]) @ out.between_bands).flatten()
    out.bias.copy_((whole - 0.5 * torch.log(power + POWER_FLOOR)).view_as(out.bias))
    _start_contours(into, out, vectors)
    out.usual.sub_(mean @ out.shapes.flatten(1).T)


class _Vectors:
    """The stretches of songs, a vector each, that are learned from."""

    def __init__(self, songs: Sequence[SongImage], scale: Tensor, frames: int) -> None:
        self._songs, self._scale, self._frames = songs, scale, frames
        self._places = [
            (song, int(start))
            for song in songs
            for start in _starts(song.frames, frames)
        ]

    def __len__(self) -> int:
        return len(self._places)

    def each(self, most: int | None = None) -> Iterator[Tensor]:
        """(1, C, F, K) float32 in units of the corpus RMS, evenly chosen."""
        count = min(len(self), most or len(self))
        for place in np.linspace(0, len(self) - 1, count).astype(int):
            song, start = self._places[place]
            image = torch.from_numpy(stretch(song, start, self._frames))
            yield image[None].to(self._scale.device).float() / self._scale


def _starts(length: int, frames: int) -> np.ndarray:
    """Where vectors begin in a song: half a vector apart where there is room."""
    room = max(0, length - frames)
    count = min(VECTORS_PER_SONG, 1 + math.ceil(2 * room / frames))
    return np.linspace(0, room, count).round()


def _start_shapes(
    into: ContourProjection,
    out: ContourEqualiser,
    vectors: _Vectors,
    rng: np.random.Generator,
) -> Tensor:
    """Set the shapes; the mean spectrum (C·G,) of steps."""
    drawn = []
    for u in vectors.each(SHAPE_VECTORS):
        spectra = step_spectra(u)[0]
        some = spectra[rng.integers(len(spectra), size=STEPS // (2 * SHAPE_VECTORS))]
        drawn.append(_both_ways(some, u.shape[1]).flatten(0, 1))
    steps = torch.cat(drawn)
    rank = min(len(out.shapes), *steps.shape)
    _, _, axes = torch.pca_lowrank(steps, rank, niter=ITERATIONS)
    for shapes in (into.shapes, out.shapes):
        shapes[:rank] = axes.T.view(rank, *shapes.shape[1:])
    return steps.mean(dim=0)


def _start_contours(
    into: ContourProjection, out: ContourEqualiser, vectors: _Vectors
) -> None:
    """Set both ways' contours, so that latents have a variance of 1."""
    levels = []
    for u in vectors.each():
        both = _both_ways(step_spectra(u)[0], u.shape[1])
        levels.append((both @ into.shapes.flatten(1).T).flatten(1))
    known = torch.cat(levels)  # (N, S·R)
    usual = known.mean(dim=0)
    rank = min(len(into.bias), *known.shape)
    _, values, columns = torch.pca_lowrank(known, rank, niter=ITERATIONS)
    used = int((values > LEAST_SPREAD * values[0]).sum())
    axes = columns.T[:used]
    spread = values[:used, None] / math.sqrt(len(known))
    shape = into.weight[:used].shape
    into.weight[:used] = (axes / spread).view(shape)
    into.bias[:used] = -(axes / spread) @ usual
    out.weight[:used] = (axes * spread).view(shape)
    out.usual.copy_(usual.view_as(out.usual))


def _both_ways(spectra: Tensor, channels: int) -> Tensor:
    """(1, S, C·G) of (S, C·G) spectra; (2, S, C·G), the channels also changed round."""
    if channels == 1:
        return spectra[None]
    turned = spectra.view(len(spectra), channels, -1).flip(1).flatten(1)
    return torch.stack((spectra, turned))
