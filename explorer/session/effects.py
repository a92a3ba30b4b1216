"""How much each axis changes the sound of the song that is open.

Letters: L latent size.
"""

import numpy as np
from numpy.typing import NDArray
from psygnal import Signal

from explorer.engine.protocol import AxesMeasured
from vae.latents.levelling import levelled

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
        self._measured: AxesMeasured | None = None

    def of(self, axis: int) -> float | None:
        """What an axis changes, dB; None where it is not known."""
        return float(self.change_db[axis]) if axis < len(self.change_db) else None

    def does_nothing(self, axis: int) -> bool:
        """True where an axis is known to change next to nothing."""
        change_db = self.of(axis)
        return change_db is not None and change_db < AUDIBLE_DB

    def levelled(
        self,
        step: Floats,
        free: NDArray[np.bool_],
        here: Floats,
        *,
        decoded: bool = False,
    ) -> Floats:
        """A step (L,) in σ that keeps the loudness, by moving free axes otherwise.

        It begins at an offset, `here`. While it is not known what axes do, it is the
        step as it is. `decoded` where the model's own power is heard, not the song's.
        """
        if self._measured is None:
            return step
        levels = self._measured.decoded if decoded else self._measured.recorded
        return levelled(step, levels, free, here)

    def take(self, measured: AxesMeasured) -> None:
        """Take over what was measured."""
        self._measured, self.change_db = measured, measured.change_db
        self.changed.emit()

    def forget(self) -> None:
        """Another song, or another model: what was measured holds no longer."""
        if self._measured is not None:
            self._measured, self.change_db = None, np.zeros(0, np.float32)
            self.changed.emit()
