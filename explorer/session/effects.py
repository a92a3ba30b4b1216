"""How much each axis changes the sound of the song that is open.

Letters: L latent size.
"""

import numpy as np
from numpy.typing import NDArray
from psygnal import Signal

from vae.latents.levelling import levelled

AUDIBLE_DB = 0.5  # RMS change at +2 σ from which an axis counts as doing something

Floats = NDArray[np.float32]


class AxisEffects:
    """What the engine has measured of the axes; nothing, until it has.

    Attributes
    ----------
    change_db : (L,) float32
        RMS change of the decoded spectrum at +2 σ; (0,) while it is not known.
    level_db : (2, L) float32
        How much louder it is there, and at -2 σ; (2, 0) while that is not known.
    """

    changed = Signal()

    def __init__(self) -> None:
        self.change_db: Floats = np.zeros(0, np.float32)
        self.level_db: Floats = np.zeros((2, 0), np.float32)

    def of(self, axis: int) -> float | None:
        """What an axis changes, dB; None where it is not known."""
        return float(self.change_db[axis]) if axis < len(self.change_db) else None

    def does_nothing(self, axis: int) -> bool:
        """True where an axis is known to change next to nothing."""
        change_db = self.of(axis)
        return change_db is not None and change_db < AUDIBLE_DB

    def levelled(self, step: Floats, free: NDArray[np.bool_], here: Floats) -> Floats:
        """A step (L,) in σ that keeps the loudness, by moving free axes otherwise.

        It begins at an offset, `here`. While it is not known what axes do, it is the
        step as it is.
        """
        known = self.level_db.shape[1] == len(step)
        return levelled(step, self.level_db, free, here) if known else step

    def take(self, change_db: Floats, level_db: Floats) -> None:
        """Take over what was measured: (L,) and (2, L) dB."""
        self.change_db, self.level_db = change_db, level_db
        self.changed.emit()

    def forget(self) -> None:
        """Another song, or another model: what was measured holds no longer."""
        if len(self.change_db):
            self.take(np.zeros(0, np.float32), np.zeros((2, 0), np.float32))
