"""Jumps: points far from the present one, made fit to be heard before they are.

Letters: L latent size.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from vae.synthesis.edits import Voicing

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class LandJump:
    """Find where a jump shall land: near where it goes to, and as loud as before.

    Nothing is heard of it; that takes a SetPoint. Answers: JumpLanded; or Failed, also
    where newer jumps came before its turn.
    """

    request: int
    offset: Floats  # (L,) in σ, where it goes to
    least: Floats  # (L,) in σ, how far each axis may be moved;
    most: Floats  # the same where it may not
    fixed: Floats | None = None  # (n, L), directions along which nothing is moved
    like: Floats | None = (
        None  # (L,) in σ, what it is as loud as; None: the song itself
    )
    voicing: Voicing = field(default_factory=Voicing)
    start: int = 0  # samples, the stretch that it moves
    stop: int | None = None  # None: to the song's end


@dataclass(frozen=True, kw_only=True, eq=False)
class JumpLanded:
    """Where a jump lands."""

    request: int
    offset: Floats  # (L,) in σ, within reach
