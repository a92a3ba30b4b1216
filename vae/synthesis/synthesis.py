"""Sound of a course: the decoder filters a source.

A course says of each coefficient x = s · (mean + e^log_scale · ε), s the corpus RMS.
The source gives ε:

- a recording, the song or another one: what it has there itself at its own path, so
  that at its own path a song comes back exactly, and elsewhere the decoder's change is
  a gain in time and frequency on it. What lies above the kept band passes through,
  untouched or with the mean gain of the band's top octave. Sound is computed as the
  recording plus the inverse transform of the change alone; between frames its gains
  glide (see `gliding`).
- noise: white, seeded per frame, so the same point always sounds the same, with the
  corpus's own correlation between left and right.
- tones: steady sinusoids on the tempered scale, each as loud as the band around it.

Letters: C channels, S samples, F frames, K kept coefficients, L latent size, T latent
vectors of the song's path, n frames.
"""

import math
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vae import dct
from vae.codec import Codec, Envelope
from vae.sound.sounds import Sound, as_sound
from vae.synthesis.course import Course
from vae.synthesis.edits import Voicing
from vae.synthesis.excitation import Noise
from vae.synthesis.filtered import Filtered
from vae.synthesis.filtering import (
    changed,
    envelope_of,
    excited,
    gain_over,
    spread_power,
    top_octave,
)
from vae.synthesis.matching import as_loud
from vae.synthesis.recording import Recording
from vae.synthesis.tones import Tones

Floats = NDArray[np.float32]


class Synthesis:
    """Sound and coefficients of any course over one song, or over none.

    Safe to use from several threads at once, once `match_noise` is done: that alone
    changes it, and belongs to whoever makes it.

    Parameters
    ----------
    codec : Codec
    sound : (2, S) float32, or Sound, optional
        The song; without one, noise stands for it as source.
    path : (T, L) float32, optional
        The song's own path, raw latents; where there is no song, the path that offsets
        are added to, the basis's mean unless given.
    frames : int, optional
        How long it is without a song; one image unless given.
    seed : int
        Of the noise.
    """

    def __init__(
        self,
        codec: Codec,
        *,
        sound: Floats | Sound | None = None,
        path: Floats | None = None,
        frames: int | None = None,
        seed: int = 0,
    ) -> None:
        transform = codec.config.transform
        statistics = codec.statistics
        self.codec = codec
        self._song: Recording | None = None
        if sound is not None:
            self._song = Recording(codec, as_sound(sound), path)
            self.frames = self._song.frames
            self.samples = self._song.sound.samples
            path = self._song.path
        else:
            self.frames = codec.config.frames if frames is None else frames
            self.samples = self.frames * transform.frame_samples
        if path is None:
            path = np.tile(codec.basis.mean, (codec.path_length(self.frames), 1))
        self.song_path: Floats = path
        self._seed = seed
        self._noise = Noise(statistics.correlation, codec.config.channels, seed=seed)
        self._noise_gain = np.float32(1.0)

    @property
    def song(self) -> Recording | None:
        """The song, as the model sees it; None where there is none."""
        return self._song

    def match_noise(self) -> None:
        """Make noise and tones at the song's own point as loud as the song.

        The likelihood punishes a power that is too low harder than one too high, so
        that what a model expects of a sparse song can be 12 LU louder than it. Where a
        model says means, too, noise is only what is left beside them, and stays.
        """
        if self._song is None or self.codec.config.likelihood != "scale":
            return
        drawn = Course(path=self.song_path, voicing=Voicing(source="noise"))
        matched = as_loud(self, drawn, Course(path=self.song_path))
        self._noise_gain = np.float32(matched.gain)

    def coefficients(self, course: Course, start: int, stop: int) -> Floats:
        """Frames start to stop of a course, (C, stop - start, K) float32."""
        envelope = self._envelope(course, start, stop)
        return self._coefficients(course, envelope, start, stop)

    def _coefficients(
        self, course: Course, envelope: Envelope, start: int, stop: int
    ) -> Floats:
        scale = self.codec.statistics.scale
        share = self.share(course)
        recording = self.recording(course)
        if recording is not None and share == 1.0:
            return self._scaled(changed(recording, envelope, start, scale), course)
        drawn = np.zeros(
            (self.codec.config.channels, stop - start, len(scale)), np.float32
        )
        mean = 0.0 if envelope.mean is None else scale * envelope.mean
        drawn += mean
        if share < 1.0:
            noise = excited(envelope, self._noise.coefficients(start, stop), scale)
            drawn += self._noise_gain * np.float32(math.sqrt(1 - share**2)) * noise
        if share > 0.0 and recording is not None:
            moved = changed(recording, envelope, start, scale)
            drawn += np.float32(share) * (moved - mean)
        elif share > 0.0:
            toned = self._tones.coefficients(spread_power(envelope, scale), start)
            drawn += self._noise_gain * np.float32(share) * toned
        return self._scaled(drawn, course)

    def sound(self, course: Course, start: int, stop: int) -> Floats:
        """The samples of frames start to stop, (C, (stop - start) · frame_samples).

        The same, to rounding, however a song is cut into bands; past the end of the
        song there is silence.
        """
        length = self.codec.config.transform.frame_samples
        change = self.change(course, start, stop)
        recording = self.recording(course)
        if recording is not None and self.share(course) > 0:
            recorded = recording.sound.window(start * length, stop * length)
            loudness = np.float32(self.share(course) * course.gain)
            heard = recorded * loudness
            change = heard if change is None else change + heard
        if change is None:
            change = self._silence(start, stop)
        change[:, max(0, self.samples - start * length) :] = 0.0
        return change

    def change(self, course: Course, start: int, stop: int) -> Floats | None:
        """What is added to the recording's share, as `sound`; None where nothing is."""
        transform = self.codec.config.transform
        recording, share = self.recording(course), self.share(course)
        if recording is not None and share == 1.0 and self.untouched(course):
            return None
        if recording is not None and share > 0:
            return self._filtered(course, recording, start, stop)
        first, last = dct.neighbours(start, stop, self.frames, transform)
        drawn = self.coefficients(course, first, last)
        return dct.inverse_band(drawn, first, start, stop, transform)

    def share(self, course: Course) -> float:
        """Amplitude of the source beside noise, 0 to 1."""
        voicing = course.voicing
        without = voicing.source != "tones" and self.recording(course) is None
        if without or voicing.detail <= 0:
            return 0.0
        return 1.0 if voicing.detail >= 1 else math.sin(math.pi / 2 * voicing.detail)

    def recording(self, course: Course) -> Recording | None:
        """What is filtered, where it is a recording."""
        if course.voicing.source in ("noise", "tones"):
            return None
        if course.voicing.source == "song" or course.other is None:
            return self._song
        return course.other

    def filters_song(self, course: Course) -> bool:
        """True where the song itself is what is filtered."""
        recording = self.recording(course)
        return recording is not None and recording is self._song

    def untouched(self, course: Course) -> bool:
        """True where the song itself is filtered, and nowhere moved."""
        paths = (course.path, *(stretch.path for stretch in course.stretches))
        return self.filters_song(course) and all(
            path is self.song_path or np.array_equal(path, self.song_path)
            for path in paths
        )

    def top_gain(
        self, course: Course, recording: Recording, start: int, stop: int
    ) -> Floats:
        """(C, n), the mean gain in the top octave of the kept band."""
        own = recording.seen(start, stop).envelope
        gain = gain_over(self._envelope(course, start, stop), own)
        if gain is None:
            return np.ones((self.codec.config.channels, stop - start), np.float32)
        return np.asarray(np.exp(top_octave(gain)), np.float32)

    def _filtered(
        self, course: Course, recording: Recording, start: int, stop: int
    ) -> Floats:
        """`change` where a recording is filtered; gains alone glide."""
        share = self.share(course)
        band = Filtered(
            recording,
            self.codec.config.transform,
            *(start, stop),
            loudness=share * course.gain,
            highs_follow=course.voicing.highs_follow and not self.untouched(course),
            glides=self.codec.config.likelihood == "scale",
        )
        envelope = self._envelope(course, band.first, band.last)
        own = recording.seen(band.first, band.last)
        gain = gain_over(envelope, own.envelope)
        if gain is None or not band.glides:
            drawn = self._coefficients(course, envelope, band.first, band.last)
            return band.stepping(drawn - band.loudness * own.coefficients, gain)
        heard = band.gliding(gain, own.coefficients)
        if share == 1.0:
            return heard
        drawn = self._coefficients(course, envelope, band.first, band.last)
        rest = drawn - band.loudness * np.exp(gain) * own.coefficients
        return heard + band.stepping(rest, None)

    def _envelope(self, course: Course, start: int, stop: int) -> Envelope:
        return envelope_of(self.codec, course, self.frames, start, stop)

    @cached_property
    def _tones(self) -> Tones:
        statistics = self.codec.statistics
        transform = self.codec.config.transform
        return Tones(transform, statistics.correlation, seed=self._seed)

    def _silence(self, start: int, stop: int) -> Floats:
        length = self.codec.config.transform.frame_samples
        channels = self.codec.config.channels
        return np.zeros((channels, (stop - start) * length), np.float32)

    @staticmethod
    def _scaled(coefficients: Floats, course: Course) -> Floats:
        if course.gain == 1.0:
            return coefficients
        return coefficients * np.float32(course.gain)
