"""A song's course through latent space once it is edited, and what is filtered on it.

Letters: L latent size, T latent vectors of the song's path, n frames.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from vae.latents.basis import LatentBasis
from vae.synthesis.edits import Edit, SpanEdit, Voicing
from vae.synthesis.recording import Recording

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Stretch:
    """A part of a song that follows another path."""

    start: int  # samples
    stop: int
    fade: int
    path: Floats  # (T, L) raw latents

    def weights(self, start: int, stop: int, frame_samples: int) -> Floats:
        r"""(stop - start,), how much this path counts on each frame, 0 to 1.

        The mean over the frame of a line that rises over the first `fade` samples of
        the stretch, and falls over its last ones:

                 ________
                /        \
            ___/          \___
               |fade|
        """
        edges = np.arange(start, stop + 1, dtype=np.float64) * frame_samples
        area = _area(edges, self.start, self.stop, min(self.fade, self._half))
        return (np.diff(area) / frame_samples).astype(np.float32)

    @property
    def _half(self) -> int:
        return max(0, self.stop - self.start) // 2


@dataclass(frozen=True, kw_only=True, eq=False)
class Course:
    """Where a song goes, from frame to frame.

    Attributes
    ----------
    path : (T, L) float32
        Raw latents, as long as the song's own path.
    stretches : tuple of Stretch
        Each lies on top of the path and of those before it.
    voicing : Voicing
        Where its source is a file, `other` is what is filtered.
    other : Recording, optional
        As long as the song; without it the song itself is filtered.
    gain : float
        Of the whole sound; 1 unless something is to be as loud as something else.
    """

    path: Floats
    stretches: tuple[Stretch, ...] = ()
    voicing: Voicing = field(default_factory=Voicing)
    other: Recording | None = None
    gain: float = 1.0


def course_of(
    edit: Edit, path: Floats, basis: LatentBasis, other: Recording | None = None
) -> Course:
    """The course of an edited song, whose own path is (T, L); itself if not moved."""

    def moved(offset: Floats) -> Floats:
        return basis.offset_path(path, offset) if offset.any() else path

    def stretch(span: SpanEdit) -> Stretch:
        return Stretch(
            start=span.start, stop=span.stop, fade=span.fade, path=moved(span.offset)
        )

    return Course(
        path=moved(edit.offset),
        stretches=tuple(stretch(span) for span in edit.spans),
        voicing=edit.voicing,
        other=other,
    )


def original(path: Floats) -> Course:
    """The recording itself."""
    return Course(path=path)


def reconstruction(path: Floats) -> Course:
    """The model's own idea of the song: noise, filtered at the song's own path."""
    return Course(path=path, voicing=Voicing(source="noise"))


def with_gain(course: Course, gain: float) -> Course:
    """The course, louder or quieter as a whole."""
    return replace(course, gain=gain)


def _area(
    at: NDArray[np.float64], start: int, stop: int, fade: int
) -> NDArray[np.float64]:
    """The area under the line up to each position, in samples."""
    if fade <= 0:
        return np.clip(at, start, max(start, stop)) - start
    risen = np.clip(at - start, 0, fade)
    fallen = np.clip(at - (stop - fade), 0, fade)
    flat = np.clip(at, start + fade, stop - fade) - (start + fade)
    area = risen**2 / (2 * fade) + flat + fallen - fallen**2 / (2 * fade)
    return np.asarray(area, dtype=np.float64)
