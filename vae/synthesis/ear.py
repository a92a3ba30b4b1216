"""How loud and how bright some frames of a course are, and what would change that.

Nothing is made into sound: its coefficients hold all its power, also that of what lies
above the kept band. So it takes milliseconds, and agrees with the loudness of the sound
itself within some 0.2 LU.

Letters: C channels, n frames of all spots, K kept coefficients, L latent size.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae.codec import Codec, Envelope
from vae.sound.brightness import brightness, brightness_slope
from vae.sound.frame_loudness import FrameLoudness
from vae.sound.loudness import ear_weights
from vae.synthesis.course import Course
from vae.synthesis.filtering import LARGEST_GAIN_DB
from vae.synthesis.recording import Recording
from vae.synthesis.synthesis import Synthesis

TINY = 1e-20  # of power, so that silence has a spectrum
NEARLY = 0.99  # of the largest gain: there a change of the decoder's is not heard
DB = 10 / np.log(10)  # a nat of power

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Heard:
    """What was heard of a course.

    Attributes
    ----------
    lufs : float
        Gated loudness; at least -70.
    brightness : float
        The middle of the kept band's spectrum, log2 of Hz.
    coefficients, power : (C, n, K) float32
        Of the kept band, and its square.
    loudness_weights : (n, K) float32
    brightness_weights : (K,) float32
        How either changes with the logarithm of a power, over that power.
    """

    lufs: float
    brightness: float
    coefficients: Floats
    power: Floats
    loudness_weights: Floats
    brightness_weights: Floats

    @property
    def loudness_pull(self) -> Floats:
        """(C, n, K): how loudness changes with the logarithm of each power, LU."""
        return self.power * self.loudness_weights

    @property
    def brightness_pull(self) -> Floats:
        """(C, n, K): how brightness changes with the logarithm of each, octaves."""
        return self.power * self.brightness_weights


class Ear:
    """Listens to some spots of a piece.

    Parameters
    ----------
    synthesis : Synthesis
    spots : sequence of pairs of int
        From which frame to which.
    """

    def __init__(self, synthesis: Synthesis, spots: Sequence[tuple[int, int]]) -> None:
        self._synthesis = synthesis
        self._codec: Codec = synthesis.codec
        self._spots = tuple(spots)
        transform = self._codec.config.transform
        step_hz = transform.band_hz / transform.kept
        hz = (np.arange(transform.frame_samples, dtype=np.float64) + 0.5) * step_hz
        weights = ear_weights(hz, transform.sample_rate)
        self._hz: Doubles = hz[: transform.kept]
        self._weights = (weights / transform.frame_samples).astype(np.float32)
        count = sum(stop - start for start, stop in spots)
        self._loudness = FrameLoudness(count, transform.frame_s)
        self._above: tuple[Recording, Floats] | None = None

    def hear(self, course: Course) -> Heard:
        """Listen to a course."""
        kept = self._codec.config.transform.kept
        held = [self._synthesis.coefficients(course, *spot) for spot in self._spots]
        coefficients = np.concatenate(held, axis=1)
        power = np.square(coefficients)
        loud = (power @ self._weights[:kept]).sum(axis=0) + self._highs(course)
        lufs, shares = self._loudness.of(loud.astype(np.float64))
        whole = max(float(shares @ loud), TINY)
        mean = power.mean(axis=(0, 1), dtype=np.float64) + TINY
        slope = brightness_slope(mean, self._hz) / (mean * power[..., 0].size)
        each = self._weights[:kept] * np.float32(DB / whole)
        return Heard(
            lufs=lufs,
            brightness=brightness(mean, self._hz),
            coefficients=coefficients,
            power=power,
            loudness_weights=shares.astype(np.float32)[:, None] * each,
            brightness_weights=slope.astype(np.float32),
        )

    def slopes(self, course: Course, heard: Heard, pulls: Sequence[Floats]) -> Doubles:
        """(m, L) a σ: how what pulls tell of changes with the whole path of a course.

        `pulls` are those of what was heard of it, (C, n, K) each.
        """
        basis = self._codec.basis
        said = [self._said(course, heard, pull) for pull in pulls]
        found = self._codec.slopes(
            course.path, said, frames=self._synthesis.frames, spots=self._spots
        )
        latents = found.sum(axis=1, dtype=np.float64)
        return np.asarray((latents @ basis.axes.T) * basis.sigma)

    def _said(self, course: Course, heard: Heard, pull: Floats) -> Envelope:
        """A pull on power as one on what the decoder says: s²·(mean + e^ℓ·ε)²."""
        heads = Envelope(None, 2 * pull * self._moving(course, heard))
        if self._codec.config.likelihood == "scale":
            return heads
        drawn = heard.coefficients
        amplitude = np.where(drawn == 0, np.float32(np.inf), drawn)
        over_mean = 2 * pull * self._codec.statistics.scale / amplitude
        return heads._replace(mean=over_mean.astype(np.float32))

    def _moving(self, course: Course, heard: Heard) -> Floats:
        """(C, n, K): 1, or 0 where a gain is as large as may be and moves no more."""
        recording = self._synthesis.recording(course)
        moving = np.ones_like(heard.coefficients)
        if recording is not None and self._synthesis.share(course) == 1.0:
            own = [recording.seen(*spot).coefficients for spot in self._spots]
            before = np.abs(np.concatenate(own, axis=1)) * np.float32(course.gain)
            most = NEARLY * np.float32(10 ** (LARGEST_GAIN_DB / 20))
            now = np.abs(heard.coefficients)
            moving[(now > most * before) | (before > most * now)] = 0.0
        return moving

    def _highs(self, course: Course) -> Floats:
        """(n,), the power above the kept band, as the ear weighs it."""
        recording = self._synthesis.recording(course)
        loudness = np.float32(self._synthesis.share(course) * course.gain)
        if recording is None or loudness == 0:
            return np.zeros(len(self._loudness), np.float32)
        if self._above is None or self._above[0] is not recording:
            self._above = recording, self._power_above(recording)
        gain = np.full((1, 1), loudness, np.float32)
        if course.voicing.highs_follow and not self._synthesis.untouched(course):
            gains = [
                self._synthesis.top_gain(course, recording, *spot)
                for spot in self._spots
            ]
            gain = gain * np.concatenate(gains, axis=1)
        return np.asarray((np.square(gain) * self._above[1]).sum(axis=0), np.float32)

    def _power_above(self, recording: Recording) -> Floats:
        """(C, n) of a recording's own."""
        weights = self._weights[self._codec.config.transform.kept :]
        highs = [recording.highs(*spot) for spot in self._spots]
        return np.concatenate([np.square(one) @ weights for one in highs], axis=1)
