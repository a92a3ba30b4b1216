"""What is to be heard and seen: a piece, and the point it is moved to.

Letters: C channels, F frames, K kept coefficients, L latent size, T latent vectors of
the piece's path.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from explorer.engine.protocol import Listening
from vae.config import TransformConfig
from vae.latents.basis import LatentBasis
from vae.sound.limiter import ceiling_of_peak_db
from vae.sound.song_file import SongFile
from vae.synthesis.course import Course, course_of, original, reconstruction
from vae.synthesis.edits import Edit
from vae.synthesis.matching import as_loud
from vae.synthesis.recording import Recording

Floats = NDArray[np.float32]


class Synthesizer(Protocol):
    """Sound and coefficients of any course; `vae.synthesis` has one."""

    frames: int
    samples: int
    song_path: Floats  # (T, L)

    def coefficients(self, course: Course, start: int, stop: int) -> Floats:
        """(C, stop - start, K) float32."""

    def sound(self, course: Course, start: int, stop: int) -> Floats:
        """(C, (stop - start) · frame_samples) float32."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Piece:
    """A song, or a length of noise, ready to be played through a model."""

    synthesis: Synthesizer
    basis: LatentBasis
    transform: TransformConfig
    song: SongFile | None = None  # None: there is none

    @property
    def ceiling_db(self) -> float:
        """Of the limiter, so that the song itself is never touched."""
        peak = 0.0 if self.song is None else self.song.heard_peak
        return ceiling_of_peak_db(peak)


@dataclass(frozen=True, eq=False)
class Scene:
    """A piece as edited, and what of it is heard.

    Attributes
    ----------
    piece : Piece
    edit : Edit
    stamp : int
        Of the command that asked for it.
    time_ns : int
        Of the person's action, `time.monotonic_ns()`.
    listening : "edit", "original" or "reconstruction"
        What is heard; the picture shows the edit.
    other : Recording, optional
        What is filtered where the edit names a file; without it, the song is.
    """

    piece: Piece
    edit: Edit
    stamp: int
    time_ns: int
    listening: Listening = "edit"
    other: Recording | None = None

    def looks_like(self, other: "Scene") -> bool:
        """True where both have the same picture."""
        return (
            self.stamp == other.stamp
            and self.piece is other.piece
            and self.edit is other.edit
            and self.other is other.other
        )

    @cached_property
    def course(self) -> Course:
        """The piece's course as edited."""
        path = self.piece.synthesis.song_path
        return course_of(self.edit, path, self.piece.basis, self.other)

    @cached_property
    def heard(self) -> Course:
        """What is listened to, as loud as the edit."""
        path = self.piece.synthesis.song_path
        match self.listening:
            case "original":
                return as_loud(self.piece.synthesis, original(path), self.course)
            case "reconstruction":
                return as_loud(self.piece.synthesis, reconstruction(path), self.course)
            case _:
                return self.course

    def sound(self, start: int, stop: int) -> Floats:
        """What is heard on frames start to stop, (C, n · frame_samples), all finite."""
        return finite(self.piece.synthesis.sound(self.heard, start, stop))

    def coefficients(self, start: int, stop: int) -> Floats:
        """The edit on frames start to stop, (C, stop - start, K)."""
        return self.piece.synthesis.coefficients(self.course, start, stop)


def finite(sound: Floats) -> Floats:
    """Sound (C, N) float32, silent where it is no number; in place."""
    return np.nan_to_num(sound, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
