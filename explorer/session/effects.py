"""How much each axis changes the sound of the song that is open.

Letters: L latent size.
"""

import numpy as np
from numpy.typing import NDArray
from psygnal import Signal

from explorer.engine.protocol import AxesMeasured

AUDIBLE_DB = 0.5  # RMS change at +2 σ from which an axis counts as doing something

Floats = NDArray[np.float32]


class AxisEffects:
    """What the engine has measured of the axes; nothing, until it has.

    Attributes
    ----------
    change_db : (L,) float32
        RMS change of the decoded spectrum at +2 σ; (0,) while it is not known.
    """

    changed = Signal()

    def __init__(self) -> None:
        self.change_db: Floats = np.zeros(0, np.float32)

    def of(self, axis: int) -> float | None:
        """What an axis changes, dB; None where it is not known."""
        return float(self.change_db[axis]) if axis < len(self.change_db) else None

    def does_nothing(self, axis: int) -> bool:
        """True where an axis is known to change next to nothing."""
        change_db = self.of(axis)
        return change_db is not None and change_db < AUDIBLE_DB

    def take(self, measured: AxesMeasured) -> None:
        """Take over what was measured."""
        self.change_db = measured.change_db
        self.changed.emit()

    def forget(self) -> None:
        """Another song, or another model: what was measured holds no longer."""
        if len(self.change_db):
            self.change_db = np.zeros(0, np.float32)
            self.changed.emit()
