"""The model that is evaluated, at work on excerpts.

Letters: B batch, C channels, F frames, K kept coefficients, L latent size, T latent
vectors of an excerpt's path.
"""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vae.checkpoint import Checkpoint
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.scores import DB
from vae.network import likelihood
from vae.network.model import Posterior, Spectrum

BATCH = 8  # places decoded at once

Floats = NDArray[np.float32]


class Subject:
    """A checkpoint made ready, on the CPU, without gradients.

    Attributes
    ----------
    checkpoint : Checkpoint
    """

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.checkpoint = checkpoint
        self.config = checkpoint.config
        self.basis = checkpoint.basis
        self.scale = checkpoint.statistics.scale
        self._model = checkpoint.model().fold()

    def image(self, excerpt: Excerpt) -> Tensor:
        """(1, C, F', K) in units of the model's own corpus RMS.

        F' is a whole image for a model with one vector for it, else F filled up to
        whole latents; a song too short is repeated.
        """
        each = self.config.frames_per_latent
        frames = -(-excerpt.frames // each) * each
        return torch.from_numpy(excerpt.filled(frames) / self.scale)[None]

    def posterior(self, excerpt: Excerpt) -> Posterior:
        """What the encoder says of an excerpt, each (1, L, T)."""
        with torch.inference_mode():
            posterior: Posterior = self._model.encoder(self.image(excerpt))
        return posterior

    def moved(self, path: Floats, axis: int, sigma: float) -> Tensor:
        """(L, T): a path (T, L) as a slider moves it, by so many σ along one axis."""
        offset = np.zeros(self.config.latent_size, np.float32)
        offset[axis] = sigma
        return self.offset(path, offset)

    def offset(self, path: Floats, offset: Floats) -> Tensor:
        """(L, T): a path (T, L) moved as a whole by (L,) in σ."""
        moved = self.basis.offset_path(path, offset)
        return torch.from_numpy(np.ascontiguousarray(moved.T))

    def spectrum(self, paths: Tensor, start: int, stop: int) -> Spectrum:
        """Frames start to stop of paths (B, L, T)."""
        with torch.inference_mode():
            return self._model.decoder.rows(paths, start, stop)

    def power(self, paths: Tensor, start: int, stop: int) -> Floats:
        """(B, C, stop - start, K): the expected power of u, m² + e^(2ℓ)."""
        return expected_power(self.spectrum(paths, start, stop))

    def decibels(
        self,
        path: Floats,
        places: Sequence[tuple[int, float]],
        start: int,
        stop: int,
    ) -> Floats:
        """(B, C, stop - start, K) dB of expected power at B places of a path (T, L).

        A place is an axis, and how many σ the whole path is moved along it.
        """
        parts = []
        for first in range(0, len(places), BATCH):
            moved = [self.moved(path, *one) for one in places[first : first + BATCH]]
            power = self.power(torch.stack(moved), start, stop)
            parts.append(np.float32(DB) * np.log(power))
        return np.concatenate(parts)

    def nats(self, excerpt: Excerpt, spectrum: Spectrum, scale: Floats) -> float:
        """Of an excerpt under a spectrum, per coefficient in units of `scale` (K,)."""
        u = torch.from_numpy(excerpt.coefficients / self.scale)[None]
        own = float(likelihood.nats(u, spectrum))
        return own + float(np.mean(np.log(self.scale / scale), dtype=np.float64))


def expected_power(spectrum: Spectrum) -> Floats:
    """(B, C, F, K): m² + e^(2ℓ), with m = 0 or ℓ = 0 where a model gives none."""
    mean, log_scale = spectrum
    if log_scale is None:
        assert mean is not None
        return (mean.square() + 1).numpy()
    power = torch.exp(2 * log_scale)
    return (power if mean is None else power + mean.square()).numpy()
