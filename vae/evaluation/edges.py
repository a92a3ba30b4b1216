"""What a slider adds at frame boundaries.

Where a recording's beats keep time with the frames it has steps at their boundaries by
itself, and a slider that brings the beats out makes them larger. So every edit is made
twice, the second time with the song begun part of a frame later: the same music and the
same slider, but boundaries in other places. Whatever is heard at the first one's
boundaries and is not there at the same instants of the second is the boundaries' doing:

    music       ~|~~~~~~~~|~~~~~~~~|~      beats
    as it is     |        |        |       boundaries: music, and what they add
    later            |        |        |   the same instants: music alone

Letters: C channels, F frames, K kept coefficients, L latent size, S samples.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vae import dct, fidelity
from vae.config import TransformConfig
from vae.dataset import SongImage
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.subject import Subject
from vae.synthesis import gliding
from vae.synthesis.filtering import LARGEST_GAIN_DB

LATER = 3  # begun one so manieth of a frame later; not 2: gains glide at the middle
NEPERS = np.float32(np.log(10) / 20)  # of magnitude in a dB
SMALLEST = 1e-6

Floats = NDArray[np.float32]


def edges_made(
    subject: Subject, song: Excerpt, sigma: float, frames: int
) -> list[float]:
    """The edge ratio that each slider makes, L values.

    Parameters
    ----------
    subject : Subject
    song : Excerpt
    sigma : float
        Where each slider is put, one at a time.
    frames : int
        How many are heard at most, from the middle of the song.

    Returns
    -------
    list of float
        `fidelity.edge_ratio` of the edited song over the same of its second edit, at
        the same instants: 1 is inaudible. The music, and how few instants there are,
        scatter both alike, and so do not count.
    """
    transform = subject.config.transform
    later = transform.frame_samples // LATER
    as_it_is = _Filtered(subject, song, frames)
    begun_later = _Filtered(subject, _begun_later(song, later, transform), frames)
    ratios = []
    for axis in range(subject.config.latent_size):
        sound = as_it_is.moved(axis, sigma)[:, :-later]
        apart = begun_later.moved(axis, sigma)[:, later:]
        ratio, music = (fidelity.edge_ratio(one, transform) for one in (sound, apart))
        ratios.append(ratio / max(music, SMALLEST))
    return ratios


class _Filtered:
    """The middle of one song, filtered as a slider does it."""

    def __init__(self, subject: Subject, song: Excerpt, frames: int) -> None:
        self._subject = subject
        self._transform = subject.config.transform
        self._path = subject.posterior(song).mu[0].T.numpy()
        self._start, self._stop = song.middle(frames)
        self._own = song.coefficients[:, self._start : self._stop]
        self._sound = dct.inverse(self._own, self._transform)
        self._between = gliding.row_between(self._sound, self._transform)
        self._rest = self._levels(0, 0.0)

    def moved(self, axis: int, sigma: float) -> Floats:
        """(C, S), with a slider so many σ from where it was."""
        gain = np.clip(
            self._levels(axis, sigma) - self._rest, -LARGEST_GAIN_DB, LARGEST_GAIN_DB
        )
        change = gliding.change(
            self._own, self._between, gain * NEPERS, self._transform
        )
        return self._sound + change

    def _levels(self, axis: int, sigma: float) -> Floats:
        levels, *_ = self._subject.decibels(
            self._path, [(axis, sigma)], self._start, self._stop
        )
        return np.asarray(levels, np.float32)


def _begun_later(song: Excerpt, samples: int, transform: TransformConfig) -> Excerpt:
    """As much of a song's kept band, begun so many samples later in the frame."""
    sound = dct.inverse(song.coefficients, transform)
    late = np.pad(sound, ((0, 0), (samples, 0)))[:, : sound.shape[1]]
    coefficients = dct.forward(late, transform).astype(np.float16)
    image = SongImage(title=song.title, path=Path(), coefficients=coefficients)
    return Excerpt.of(image, song.frames)
