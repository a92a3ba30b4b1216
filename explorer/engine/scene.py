"""What is to be heard and seen: a piece, and the point it is moved to.

Letters: C channels, F frames, K kept coefficients, L latent size, T latent vectors of
the piece's path.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vae.config import TransformConfig
from vae.edits import Edit, Source
from vae.latents import LatentBasis

Floats = NDArray[np.float32]


class Synthesizer(Protocol):
    """Sound and coefficients of any path; `vae.synthesis.Synthesis` is one."""

    frames: int
    samples: int
    song_path: Floats  # (T, L)

    def coefficients(
        self, path: Floats, start: int, stop: int, *, source: Source
    ) -> Floats:
        """(C, stop - start, K) float32."""

    def sound(self, path: Floats, start: int, stop: int, *, source: Source) -> Floats:
        """(C, (stop - start) · frame_samples) float32."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Piece:
    """A song, or a length of noise, ready to be played through a model."""

    synthesis: Synthesizer
    basis: LatentBasis
    transform: TransformConfig


@dataclass(frozen=True, eq=False)
class Scene:
    """A piece at one point.

    Attributes
    ----------
    piece : Piece
    edit : Edit
    stamp : int
        Of the command that asked for it.
    time_ns : int
        Of the person's action, `time.monotonic_ns()`.
    """

    piece: Piece
    edit: Edit
    stamp: int
    time_ns: int

    @cached_property
    def path(self) -> Floats:
        """(T, L) raw latents; the piece's own path, unchanged, where nothing moved."""
        path = self.piece.synthesis.song_path
        if not self.edit.offset.any():
            return path
        return self.piece.basis.offset_path(path, self.edit.offset)

    @property
    def source(self) -> Source:
        """What is filtered."""
        source = self.edit.voicing.source
        return "song" if isinstance(source, Path) else source

    def sound(self, start: int, stop: int) -> Floats:
        """Frames start to stop, (C, (stop - start) · frame_samples), all finite."""
        sound = self.piece.synthesis.sound(self.path, start, stop, source=self.source)
        return np.nan_to_num(sound, copy=False, nan=0.0, posinf=0.0, neginf=0.0)

    def coefficients(self, start: int, stop: int) -> Floats:
        """Frames start to stop, (C, stop - start, K)."""
        return self.piece.synthesis.coefficients(
            self.path, start, stop, source=self.source
        )
