"""How far each axis moves the spectrum of a song.

Letters: C channels, n frames, K kept coefficients, L latent size.
"""

import numpy as np
from numpy.typing import NDArray

from vae.codec import Codec, Envelope
from vae.synthesis.matching import spots
from vae.synthesis.synthesis import Synthesis

PUSH_SIGMA = 2.0

Floats = NDArray[np.float32]


class AxesMeasurement:
    """Decodes spots of a song with one axis after another pushed by 2 σ.

    One axis is a small decode, so that the measurement can be taken up and put down.

    Parameters
    ----------
    synthesis : Synthesis
        Of the song, or of none.
    """

    def __init__(self, synthesis: Synthesis) -> None:
        self._synthesis = synthesis
        self._codec: Codec = synthesis.codec
        self._rest_db: Floats | None = None
        self._change_db: list[float] = []

    @property
    def change_db(self) -> Floats | None:
        """(L,) the RMS change of each axis; None until all are measured."""
        if len(self._change_db) < self._codec.basis.latent_size:
            return None
        return np.array(self._change_db, np.float32)

    def go_on(self) -> None:
        """Measure the next axis."""
        path, basis = self._synthesis.song_path, self._codec.basis
        if self._rest_db is None:
            self._rest_db = self._levels_db(path)
        push = np.zeros(basis.latent_size, np.float32)
        push[len(self._change_db)] = PUSH_SIGMA
        up_db = self._levels_db(basis.offset_path(path, push)) - self._rest_db
        self._change_db.append(float(np.sqrt(np.square(up_db).mean(dtype=np.float64))))

    def _levels_db(self, path: Floats) -> Floats:
        """(C, n, K) dB, what the model expects at all spots, in the corpus's units."""
        frames = self._synthesis.frames
        envelopes = (
            self._codec.envelope(path, frames=frames, start=start, stop=stop)
            for start, stop in spots(frames)
        )
        return np.concatenate([levels_db(one) for one in envelopes], axis=1)


def levels_db(envelope: Envelope) -> Floats:
    """(C, n, K) dB, the expected power of u = mean + e^log_scale · ε."""
    mean, log_scale = envelope
    if mean is None and log_scale is not None:
        return log_scale * np.float32(20 / np.log(10))
    power = np.float32(1.0) if log_scale is None else np.exp(2 * log_scale)
    if mean is not None:
        power = power + mean**2
    return np.asarray(10 * np.log10(power), np.float32)
