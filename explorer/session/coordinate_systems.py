"""Other numbers for a point than those along the principal axes.

Letters: L latent size.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae.latents.basis import LatentBasis
from vae.latents.directions import Direction, rotation

ROUNDING = 1e-5  # σ; nearer than that is there

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class CoordinateSystem:
    """A number for each slider, straight from the place along all axes.

    Attributes
    ----------
    noun : str
        What one of them is called, with a capital.
    unit : str
        What follows a number, with its space.
    origin : (L,) float64
        What sliders show where all axes are at 0.
    forward : (L, L) float64
        Rows: how far 1 σ along each axis moves every slider.
    backward : (L, L) float64
        Rows: how far 1 of each slider goes along every axis, in σ.
    share : (L,) float32
        Of all variance of the songs; sums to 1.
    """

    noun: str
    unit: str
    origin: Doubles
    forward: Doubles
    backward: Doubles
    share: Floats

    def shown(self, position: Floats) -> Floats:
        """What sliders show of a place: (..., L) float32 from (..., L) in σ."""
        return np.asarray(position @ self.forward + self.origin, np.float32)

    def step(self, offset: Floats) -> Floats:
        """How far sliders are moved by an offset: (L,) float32 from (L,) in σ."""
        return _rounded(offset @ self.forward)

    def offset(self, step: Floats) -> Floats:
        """The offset that moves sliders so far: (L,) float32 in σ."""
        return _rounded(step @ self.backward)


def raw_latents(basis: LatentBasis) -> CoordinateSystem:
    """The model's own latents, which have no unit."""
    axes, sigma = basis.axes.astype(np.float64), basis.sigma.astype(np.float64)
    forward = axes * sigma[:, None]
    variance = np.square(forward).sum(axis=0)
    return CoordinateSystem(
        noun="Latent",
        unit="",
        origin=basis.mean.astype(np.float64),
        forward=forward,
        backward=axes.T / sigma,
        share=np.asarray(variance / variance.sum(), np.float32),
    )


def by_ear(directions: Sequence[Direction], variance_share: Floats) -> CoordinateSystem:
    """Directions in which one thing is heard to change, and what they leave.

    In σ, too: songs are spread as far along any direction as along an axis.

    Parameters
    ----------
    directions : sequence of Direction
        At right angles; the first sliders.
    variance_share : (L,) float32
        Of each axis; sums to 1.
    """
    rows = rotation(directions, len(variance_share)).astype(np.float64)
    return CoordinateSystem(
        noun="Direction",
        unit=" σ",
        origin=np.zeros(len(rows)),
        forward=rows.T,
        backward=rows,
        share=np.asarray(np.square(rows) @ variance_share, np.float32),
    )


def _rounded(values: Doubles) -> Floats:
    return np.asarray(np.where(np.abs(values) < ROUNDING, 0.0, values), np.float32)
