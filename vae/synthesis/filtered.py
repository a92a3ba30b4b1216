"""What gains add to the sound of a recording, on any frames of it.

Gains by themselves glide from frame to frame (see `gliding`); whatever else is changed
steps with the frames, whose overlap fades it.

Letters: C channels, K kept coefficients, n frames, N samples of those heard.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from vae import dct
from vae.config import TransformConfig
from vae.synthesis.filtering import top_octave
from vae.synthesis.gliding import gains_between, glided, steps
from vae.synthesis.recording import Recording

Floats = NDArray[np.float32]


class Filtered:
    """Some frames of a recording, to be filtered.

    Parameters
    ----------
    recording : Recording
    transform : TransformConfig
    start, stop : int
        The frames that are heard.
    loudness : float
        How much of the recording is heard at all, an amplitude.
    highs_follow : bool
        Whether what lies above the kept band follows the mean gain of its top octave.
    glides : bool
        Whether gains by themselves are all that changes it.

    Attributes
    ----------
    loudness : float32
    glides : bool
    first, last : int
        The frames that are worked on: those heard, and any that sound in them, too.
    """

    def __init__(
        self,
        recording: Recording,
        transform: TransformConfig,
        start: int,
        stop: int,
        *,
        loudness: float,
        highs_follow: bool,
        glides: bool,
    ) -> None:
        frames = recording.frames
        self.first, self.last = dct.neighbours(start, stop, frames, transform)
        if glides:
            self.first, self.last = max(0, start - 1), min(frames, stop + 1)
        self._recording, self._transform = recording, transform
        self._start, self._stop = start, stop
        self.loudness = np.float32(loudness)
        self.glides = glides
        self._highs_follow = highs_follow

    def gliding(self, gain: Floats, coefficients: Floats) -> Floats:
        """What gains that glide add to the recording, (C, N).

        Parameters
        ----------
        gain : (C, n, K) float32
            Log gains of frames `first` to `last`.
        coefficients : (C, n, K) float32
            The recording's own there.
        """
        moved = self.loudness * np.expm1(gain) * coefficients
        heard = self.stepping(moved, gain)
        row = self._start, self._stop + 1  # its own ends lie too far out to be heard
        stepping = steps(gain, self.first, *row)
        if not stepping.any():
            return heard
        gains = gains_between(gain, self.first, *row)
        between = self.loudness * np.expm1(gains) * self._recording.between(*row)
        highs = partial(self._recording.highs_between, *row)
        sound = dct.inverse(self._with_highs(between, gains, highs), self._transform)
        return glided(heard, sound, stepping, self._transform)

    def stepping(self, change: Floats, gain: Floats | None) -> Floats:
        """The sound (C, N) of a change of coefficients.

        Parameters
        ----------
        change : (C, n, K) float32
            What is added to frames `first` to `last`.
        gain : (C, n, K) float32, optional
            The log gains that the highs follow, if they do; untouched without.
        """
        highs = partial(self._recording.highs, self.first, self.last)
        if gain is not None:
            change = self._with_highs(change, gain, highs)
        return dct.inverse_band(
            change, self.first, self._start, self._stop, self._transform
        )

    def _with_highs(
        self, change: Floats, gain: Floats, highs: Callable[[], Floats]
    ) -> Floats:
        """(C, n, frame_samples) if they follow, else the change (C, n, K) itself."""
        if not self._highs_follow:
            return change
        above = self.loudness * np.expm1(top_octave(gain))[..., None] * highs()
        return np.concatenate([change, above], axis=-1)
