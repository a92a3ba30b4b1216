"""Where contours start: from the principal components of whole vectors' log spectra.

First the shapes along which the spectra of single steps differ most. Then the contours
along which vectors, seen as their steps' levels of those shapes, differ most: spherical
components (Locantore et al. 1999), for which a song that falls silent, tens of decibels
from all others, counts no more than another. Last, how loud all of it is.

Letters: C channels, F frames, G bands, K kept coefficients, L latent size, N vectors,
R shapes, S steps of a vector.
"""

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from vae.dataset import SongImage, stretch
from vae.network.contour_regression import ContourRegression
from vae.network.contours import ContourEqualiser, step_spectra
from vae.network.dictionary import POWER_FLOOR
from vae.network.model import Vae
from vae.network.smoothing import log_blocks

STEPS = 12_000  # about so many of them
VECTORS_PER_SONG = 6  # at most
SHAPE_VECTORS = 400  # at most, that the shapes are taken from
LEVEL_VECTORS = 256  # at most, that the level is taken from
LEAST_SPREAD = 1e-3  # of the largest; a contour with less is left as it is
ITERATIONS = 4  # of the randomised singular value decomposition
ROUNDS = 20  # of Newton's method


def start_contours(
    model: Vae,
    songs: Sequence[SongImage],
    scale: Tensor,
    power: Tensor,
    *,
    distance_weight: float,
    rng: np.random.Generator,
    progress: Callable[[float], None],
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
    distance_weight : float
        `TrainConfig.distance_weight`.
    rng : numpy.random.Generator
    progress : callable
        Called with the share done, 0 to 1.
    """
    into, out = model.encoder.contours, model.decoder.contours
    assert into is not None
    assert out is not None
    vectors = _Vectors(songs, scale, model.config.frames_per_latent, progress)
    mean = _start_shapes(into, out, vectors, rng)
    into.mean.copy_(mean.view_as(into.mean))
    whole = (mean.view(out.shapes.shape[1:]) @ out.between_bands).flatten()
    out.bias.copy_((whole - 0.5 * torch.log(power + POWER_FLOOR)).view_as(out.bias))
    _start_contours(into, out, vectors)
    for way in (into, out):
        way.usual.sub_(mean @ out.shapes.flatten(1).T)
    out.bias.add_(_best_level(model, vectors, distance_weight))


class _Vectors:
    """The stretches of songs, a vector each, that are learned from."""

    def __init__(
        self,
        songs: Sequence[SongImage],
        scale: Tensor,
        frames: int,
        progress: Callable[[float], None],
    ) -> None:
        self._scale, self._frames, self._progress = scale, frames, progress
        self._places = [
            (song, int(start))
            for song in songs
            for start in _starts(song.frames, frames)
        ]
        self._read = 0
        self._expected = sum(
            min(len(self), most) for most in (SHAPE_VECTORS, len(self), LEVEL_VECTORS)
        )

    def __len__(self) -> int:
        return len(self._places)

    def each(self, most: int | None = None) -> Iterator[Tensor]:
        """(1, C, F, K) float32 in units of the corpus RMS, evenly chosen."""
        count = min(len(self), most or len(self))
        for place in np.linspace(0, len(self) - 1, count).astype(int):
            song, start = self._places[place]
            image = torch.from_numpy(stretch(song, start, self._frames))
            yield image[None].to(self._scale.device).float() / self._scale
            self._read += 1
            self._progress(min(1.0, self._read / self._expected))


def _starts(length: int, frames: int) -> np.ndarray:
    """Where vectors begin in a song: half a vector apart where there is room."""
    room = max(0, length - frames)
    count = min(VECTORS_PER_SONG, 1 + math.ceil(2 * room / frames))
    return np.linspace(0, room, count).round()


def _start_shapes(
    into: ContourRegression,
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
    into: ContourRegression, out: ContourEqualiser, vectors: _Vectors
) -> None:
    """Set both ways' contours, so that latents have a variance of 1."""
    levels = []
    for u in vectors.each():
        both = _both_ways(step_spectra(u)[0], u.shape[1])
        levels.append((both @ into.shapes.flatten(1).T).flatten(1))
    known = torch.cat(levels)  # (N, S·R)
    usual = known.mean(dim=0)
    away = known - usual
    rank = min(len(into.weight), *known.shape)
    directions = functional.normalize(away)
    _, _, columns = torch.pca_lowrank(directions, rank, center=False, niter=ITERATIONS)
    spread = (away @ columns).square().mean(dim=0).sqrt()
    used = int((spread > LEAST_SPREAD * spread[0]).sum())
    curves = columns.T[:used] * spread[:used, None]
    for way in (into, out):
        way.weight[:used] = curves.view_as(way.weight[:used])
        way.usual.copy_(usual.view_as(way.usual))


def _best_level(model: Vae, vectors: _Vectors, distance_weight: float) -> float:
    """The median of what the vectors would best be raised by, nats of magnitude.

    With r a vector's mean ratio of power to what is expected, a the mean by which the
    logarithm of what is expected lies above, and w the weight of the distance, the loss
    of a vector raised by d, ½r·e^(-2d) + d + w(a + 2d)², has no slope there. Means over
    all vectors would follow the few that the contours explain worst.
    """
    model.eval()
    ratios, above = [], []
    for u in vectors.each(LEVEL_VECTORS):
        log_scale = model.decoder(model.encoder(u).mu).log_scale
        assert log_scale is not None
        expected = torch.exp(2 * log_scale)
        ratios.append((u.square() / expected).mean())
        above.append((log_blocks(expected) - log_blocks(u.square())).mean())
    ratio, away = torch.stack(ratios), torch.stack(above)
    raised = torch.zeros_like(ratio)
    for _ in range(ROUNDS):
        weighed = ratio * torch.exp(-2 * raised)
        slope = 1 - weighed + 4 * distance_weight * (away + 2 * raised)
        raised -= slope / (2 * weighed + 8 * distance_weight)
    return float(raised.median())


def _both_ways(spectra: Tensor, channels: int) -> Tensor:
    """(1, S, C·G) of (S, C·G) spectra; (2, S, C·G), the channels also changed round."""
    if channels == 1:
        return spectra[None]
    turned = spectra.view(len(spectra), channels, -1).flip(1).flatten(1)
    return torch.stack((spectra, turned))
