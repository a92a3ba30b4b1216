"""A trained model at work on whole songs: sound to a latent path, a path to spectra.

Letters: C channels, S samples, F frames of the song, K kept coefficients, L latent
size, T latent vectors of the song's path.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vae import dct
from vae.checkpoint import Checkpoint
from vae.config import ModelConfig
from vae.latents.basis import LatentBasis
from vae.network.model import Posterior, Spectrum, Stem
from vae.sound.sounds import Sound, as_sound, coefficients
from vae.stems import Stems
from vae.windows import Windows

BAND_FRAMES = 512  # encoded at once, so that memory does not grow with the song

Floats = NDArray[np.float32]


class Envelope(NamedTuple):
    """What a point says of some frames: u = mean + e^log_scale · ε.

    Both are (C, n, K) float32; None stands for a mean of 0, a log_scale of 0.
    """

    mean: Floats | None
    log_scale: Floats | None


class Belief(NamedTuple):
    """What the encoder makes of a song: its path, and how sure of it it is.

    Both are (T, L) float32: the means and the variances of the posterior.
    """

    path: Floats
    variance: Floats


class Codec:
    """A checkpoint made ready: batch norms folded in, on the CPU, without gradients.

    Safe to use from several threads at once.
    """

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.config: ModelConfig = checkpoint.config
        self.basis: LatentBasis = checkpoint.basis
        self.statistics = checkpoint.statistics
        self._model = checkpoint.model().fold()
        self._stems = Stems(self._model.decoder)

    def frame_count(self, samples: int) -> int:
        """F of a song of so many samples."""
        return dct.frame_count(samples, self.config.transform)

    def path_length(self, frames: int) -> int:
        """T of a song of so many frames."""
        if self.config.windowed:
            return len(self._windows(frames).starts)
        return -(-frames // self.config.frames_per_latent)

    def latent_times(self, frames: int) -> Floats:
        """(T,) float32 s, the middle of the stretch each latent vector governs."""
        frame_s = self.config.transform.frame_s
        if self.config.windowed:
            starts = np.array(self._windows(frames).starts, dtype=np.float32)
            return (starts + min(frames, self.config.frames) / 2) * np.float32(frame_s)
        latent_s = frame_s * self.config.frames_per_latent
        middles = np.arange(self.path_length(frames), dtype=np.float32) + 0.5
        return middles * np.float32(latent_s)

    def encode(
        self, sound: Floats | Sound, progress: Callable[[float], None] | None = None
    ) -> Floats:
        """The path (T, L) float32 of a song: the means of the posterior, raw latents.

        Parameters
        ----------
        sound : (2, S) float32, or Sound
            At the model's sample rate, full scale ±1.
        progress : callable, optional
            Called with the share done, 0 to 1; may raise to give up.
        """

        def band(start: int, stop: int) -> Floats:
            return coefficients(song, start, stop, self.config.transform)

        song = as_sound(sound)
        return self._encode(self.frame_count(song.samples), band, progress).path

    def belief(self, image: NDArray[np.float16]) -> Belief:
        """What the encoder makes of a song's kept coefficients (C, F, K)."""

        def band(start: int, stop: int) -> Floats:
            return image[:, start:stop].astype(np.float32)

        return self._encode(image.shape[1], band, None)

    def envelope(self, path: Floats, *, frames: int, start: int, stop: int) -> Envelope:
        """Frames start to stop of what a path says of a song of `frames` frames.

        Parameters
        ----------
        path : (T, L) float32
            T is `path_length(frames)`.
        """
        with torch.inference_mode():
            if not self.config.windowed:
                latents = torch.from_numpy(path.T[None])
                return _envelope(self._model.decoder.rows(latents, start, stop))

            def stem(index: int) -> Stem | Tensor:
                return self._stems.of(path[index], stop - start)

            return _envelope(self._mixed(stem, self._windows(frames), start, stop))

    def slopes(
        self,
        path: Floats,
        pulls: Sequence[Envelope],
        *,
        frames: int,
        spots: Sequence[tuple[int, int]],
    ) -> Floats:
        """How sums over what a path says of some spots change with the path.

        Parameters
        ----------
        path : (T, L) float32
            As in `envelope`.
        pulls : sequence of Envelope
            How much each value counts in each of m sums, on the frames of all spots in
            a row; None where nothing does.
        spots : sequence of pairs of int
            From which frame to which.

        Returns
        -------
        (m, T, L) float32
        """
        latents = torch.from_numpy(path.T[None].copy()).requires_grad_()
        heads = self._heads(latents, frames, spots)
        found = np.zeros((len(pulls), *path.shape), np.float32)
        for number, pull in enumerate(pulls):
            total = torch.zeros(())
            for head, weights in zip(heads, pull, strict=True):
                if head is not None and weights is not None:
                    total = total + (head * torch.from_numpy(weights)).sum()
            if total.requires_grad:
                more = number + 1 < len(pulls)
                (slope,) = torch.autograd.grad(total, latents, retain_graph=more)
                found[number] = slope[0].T.numpy()
        return found

    def _heads(
        self, latents: Tensor, frames: int, spots: Sequence[tuple[int, int]]
    ) -> list[Tensor | None]:
        """(C, n, K) each, on all spots in a row, of a path (1, L, T)."""
        decoder = self._model.decoder
        if self.config.windowed:
            stem = cache(lambda index: decoder.stem(latents[:, :, index : index + 1]))
            windows = self._windows(frames)
            bands = [self._mixed(stem, windows, *spot) for spot in spots]
        else:
            bands = [decoder.rows(latents, *spot) for spot in spots]
        return [
            None if head[0] is None else torch.cat(head, dim=2)[0]
            for head in zip(*bands, strict=True)
        ]

    def _encode(
        self,
        frames: int,
        band: Callable[[int, int], Floats],
        progress: Callable[[float], None] | None,
    ) -> Belief:
        """Of a song whose coefficients `band(start, stop)` gives."""
        length = self.path_length(frames)
        if self.config.windowed:
            spans = [(start, start + 1) for start in range(length)]
        else:
            step = max(1, BAND_FRAMES // self.config.frames_per_latent)
            starts = range(0, length, step)
            spans = [(start, min(length, start + step)) for start in starts]
        parts = []
        for start, stop in spans:
            with torch.inference_mode():
                if self.config.windowed:
                    part = self._encode_window(start, frames, band)
                else:
                    part = self._encode_rows(start, stop, frames, band)
            parts.append(part)
            if progress is not None:
                progress(stop / length)
        mu, log_var = (torch.cat(each, dim=2) for each in zip(*parts, strict=True))
        return Belief(_rows(mu), _rows(log_var.exp()))

    def _encode_rows(
        self, start: int, stop: int, frames: int, band: Callable[[int, int], Floats]
    ) -> Posterior:
        """Latent vectors start to stop, with silence past the end of the song."""
        padded = self.path_length(frames) * self.config.frames_per_latent
        first, last = self._model.encoder.span(start, stop, padded)
        image = self._image(band(first, min(frames, last)), last - first)
        return self._model.encoder.rows(image, first, start, stop, padded)

    def _encode_window(
        self, number: int, frames: int, band: Callable[[int, int], Floats]
    ) -> Posterior:
        """The vector of one window; a song too short for it is repeated."""
        start = self._windows(frames).starts[number]
        kept = band(start, min(frames, start + self.config.frames))
        repeats = -(-self.config.frames // kept.shape[1])
        if repeats > 1:
            kept = np.tile(kept, (1, repeats, 1))[:, : self.config.frames]
        image = self._image(kept, self.config.frames)
        posterior: Posterior = self._model.encoder(image)
        return posterior

    def _image(self, kept: Floats, frames: int) -> Tensor:
        """(1, C, frames, K) in units of the corpus RMS, filled up with silence."""
        image = np.zeros((len(kept), frames, kept.shape[2]), np.float32)
        np.divide(kept, self.statistics.scale, out=image[:, : kept.shape[1]])
        return torch.from_numpy(image[None])

    def _windows(self, frames: int) -> Windows:
        return Windows(frames=frames, window_frames=self.config.frames)

    def _mixed(
        self,
        stem: Callable[[int], Stem | Tensor],
        windows: Windows,
        start: int,
        stop: int,
    ) -> Spectrum:
        """The windows' spectra, from their stems, faded into one another."""
        weights = windows.weights(start, stop)
        total: list[Tensor | None] = [None, None]
        for index, first in enumerate(windows.starts):
            inside = np.flatnonzero(weights[index])
            if len(inside) == 0:
                continue
            low, high = int(inside[0]), int(inside[-1]) + 1
            band = self._model.decoder.rows(
                stem(index), start + low - first, start + high - first
            )
            weight = torch.from_numpy(weights[index, low:high])[:, None]
            for head, values in enumerate(band):
                if values is not None:
                    if total[head] is None:
                        shape = (*values.shape[:2], stop - start, values.shape[3])
                        total[head] = values.new_zeros(shape)
                    total[head][:, :, low:high] += weight * values  # type: ignore[index]  # just made
        return Spectrum(*total)


def _envelope(spectrum: Spectrum) -> Envelope:
    mean, log_scale = (
        None if head is None else np.ascontiguousarray(head[0].numpy())
        for head in spectrum
    )
    return Envelope(mean, log_scale)


def _rows(latents: Tensor) -> Floats:
    """(1, L, T) as (T, L)."""
    return np.ascontiguousarray(latents[0].T.numpy())
