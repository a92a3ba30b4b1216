"""How a run has gone so far: its curves, its latents, its pictures.

Letters: n epochs, L latent size.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from psygnal import Signal

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Curve:
    """One figure over the epochs."""

    epochs: Floats = field(default_factory=lambda: np.zeros(0))  # (n,), from 1
    values: Floats = field(default_factory=lambda: np.zeros(0))  # (n,)


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """What something simpler than training reaches, for comparison."""

    name: str
    nats: float  # per coefficient, on the held-out songs


@dataclass(frozen=True, kw_only=True)
class Pictures:
    """A held-out song and what the weights make of it: grey pictures of levels."""

    epoch: int  # from 1
    title: str  # of the song
    original: Path
    reconstruction: Path


@dataclass(frozen=True, kw_only=True, eq=False)
class Course:
    """Everything that is drawn of one run.

    Attributes
    ----------
    folder : Path or None
        Of the run.
    training, validation : Curve
        Nats per coefficient, lower is better.
    best_epoch : int or None
        Whose weights are kept, from 1.
    baselines : tuple of Baseline
    usage : (L,) nats
        KL of each latent at the last epoch, the largest first.
    live_axes : float or None
        How many axes are heard.
    participation_ratio : float or None
        1 to L, how evenly the latents are used.
    samples_per_s : float or None
    device_memory_bytes : int or None
    pictures : Pictures or None
    """

    folder: Path | None = None
    training: Curve = field(default_factory=Curve)
    validation: Curve = field(default_factory=Curve)
    best_epoch: int | None = None
    baselines: tuple[Baseline, ...] = ()
    usage: Floats = field(default_factory=lambda: np.zeros(0))
    live_axes: float | None = None
    participation_ratio: float | None = None
    samples_per_s: float | None = None
    device_memory_bytes: int | None = None
    pictures: Pictures | None = None


class Watched:
    """The course of the run that is looked at.

    Attributes
    ----------
    course : Course
    """

    changed = Signal()

    def __init__(self) -> None:
        self.course = Course()

    def show(self, course: Course) -> None:
        """Take over how it has gone."""
        self.course = course
        self.changed.emit()
