"""What each axis does: how far it moves the decoded spectrum, how loud it makes it.

Letters: C channels, K kept coefficients, L latent size, T latent vectors of the path.
"""

import numpy as np
from numpy.typing import NDArray

from vae.codec import Codec, Envelope
from vae.latents.levelling import PUSH_SIGMA

STRETCH_FRAMES = 16  # of the song that is measured, around its middle

Floats = NDArray[np.float32]


class AxesMeasurement:
    """Decodes a stretch of a song with one axis after another pushed by 2 σ.

    One axis is a small decode, so that the measurement can be taken up and put down.

    Parameters
    ----------
    codec : Codec
    path : (T, L) float32
        The song's own, raw latents.
    frames : int
        Of the song.
    """

    def __init__(self, codec: Codec, path: Floats, frames: int) -> None:
        self._codec = codec
        self._path = path
        self._frames = frames
        self._start = max(0, (frames - STRETCH_FRAMES) // 2)
        self._rest_db: Floats | None = None
        self._change_db: list[float] = []
        self._level_db: list[tuple[float, float]] = []

    @property
    def change_db(self) -> Floats | None:
        """(L,) the RMS change of each axis; None until all are measured."""
        if len(self._change_db) < self._codec.basis.latent_size:
            return None
        return np.array(self._change_db, np.float32)

    @property
    def level_db(self) -> Floats:
        """(2, n): how much louder each axis measured so far is at +2σ, and at -2σ."""
        return np.ascontiguousarray(np.array(self._level_db, np.float32).T)

    def go_on(self) -> None:
        """Measure the next axis."""
        if self._rest_db is None:
            self._rest_db = self._levels_db(self._path)
        basis = self._codec.basis
        push = np.zeros(basis.latent_size, np.float32)
        push[len(self._change_db)] = PUSH_SIGMA
        pushed_db = self._levels_db(basis.offset_path(self._path, push))
        change_db = np.subtract(pushed_db, self._rest_db, dtype=np.float64)
        self._change_db.append(float(np.sqrt(np.mean(change_db**2))))
        pulled_db = self._levels_db(basis.offset_path(self._path, -push))
        rest = self._loud_db(self._rest_db)
        up, down = (self._loud_db(one) - rest for one in (pushed_db, pulled_db))
        self._level_db.append((up, down))

    def _loud_db(self, levels: Floats) -> float:
        """The level of (C, n, K) dB of power in units of the corpus, as sound, dB."""
        power = 10 ** (levels / 10) * np.square(self._codec.statistics.scale)
        return float(10 * np.log10(power.mean(dtype=np.float64)))

    def _levels_db(self, path: Floats) -> Floats:
        stop = min(self._frames, self._start + STRETCH_FRAMES)
        envelope = self._codec.envelope(
            path, frames=self._frames, start=self._start, stop=stop
        )
        return levels_db(envelope)


def levels_db(envelope: Envelope) -> Floats:
    """(C, n, K) dB, the expected power of u = mean + e^log_scale · ε."""
    mean, log_scale = envelope
    if mean is None and log_scale is not None:
        return log_scale * np.float32(20 / np.log(10))
    power = np.float32(1.0) if log_scale is None else np.exp(2 * log_scale)
    if mean is not None:
        power = power + mean**2
    return np.asarray(10 * np.log10(power), np.float32)
