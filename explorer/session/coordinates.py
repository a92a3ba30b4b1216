"""What the sliders stand for: the principal axes, or the raw latents of the model.

The point itself is always kept along the principal axes, in σ; another choice shows
other numbers of the same point.

Letters: L latent size.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from psygnal import Signal

from explorer.session.locks import Locks
from vae.errors import CheckpointError
from vae.latents.basis import LatentBasis
from vae.latents.traits import AxisTraits

if TYPE_CHECKING:
    from explorer.session.model import Model
    from explorer.session.session import Session

CoordinateKind = Literal["axes", "latents"]
ROUNDING = 1e-5  # σ; nearer than that is there
AGREEMENT = 1e-4  # between what the engine told of a basis and what its file says

Floats = NDArray[np.float32]


class Coordinates:
    """Translates between the point and what the sliders show of it.

    Attributes
    ----------
    kind : "axes" or "latents"
        Principal axes, in σ, or the model's own latents, which have no unit.
    wanted : "axes" or "latents"
        What was asked for; the same, but while no model is open to tell its latents.
    """

    changed = Signal()

    def __init__(
        self, session: "Session", read_basis: Callable[[Path], LatentBasis]
    ) -> None:
        self.kind: CoordinateKind = "axes"
        self.wanted: CoordinateKind = "axes"
        self._session = session
        self._read_basis = read_basis
        self._basis: LatentBasis | None = None
        self._latent_locks = Locks()
        self._latent_locks.changed.connect(self.changed.emit)
        session.model_changed.connect(self._take_up_model)

    @property
    def noun(self) -> str:
        """What one of them is called, with a capital."""
        return "Axis" if self.kind == "axes" else "Latent"

    @property
    def unit(self) -> str:
        """What follows a number, with its space."""
        return " σ" if self.kind == "axes" else ""

    @property
    def ranked(self) -> bool:
        """True where the first are the most important."""
        return self.kind == "axes"

    @property
    def nameable(self) -> bool:
        """True where a person may give them names."""
        return self.kind == "axes"

    def unlock_all(self) -> None:
        """Let the tools move all of them; the message can bring the locks back."""
        locks = self.locks
        locked = locks.locked
        locks.unlock_all()
        if locked:
            self._session.messages.notice(
                "point", "All sliders are unlocked.", undo=lambda: locks.restore(locked)
            )

    @property
    def locks(self) -> Locks:
        """Which of them the tools leave alone; the others' locks rest meanwhile."""
        return self._session.locks if self.kind == "axes" else self._latent_locks

    def name(self, slider: int) -> str:
        """The name of a slider; "" where it has none."""
        return self._session.names.of(slider) if self.nameable else ""

    def traits(self, slider: int) -> AxisTraits:
        """What a slider was measured to do; nothing where that is not known."""
        return self._session.names.traits(slider) if self.nameable else AxisTraits()

    def label(self, slider: int) -> str:
        """What to call a slider in a sentence: its name, or "Latent 3"."""
        return self.name(slider) or f"{self.noun} {slider + 1}"

    @property
    def share(self) -> Floats:
        """(L,) float32, of all variance of the songs; sums to 1."""
        model, basis = self._session.model, self._basis
        if model is None:
            return np.zeros(self._session.point.latent_size, np.float32)
        if basis is None:
            return model.variance_share
        variance = np.square(basis.axes * basis.sigma[:, None]).sum(axis=0)
        return np.asarray(variance / variance.sum(), np.float32)

    # ------------------------------------------------------------ there and back

    def shown(self, position: Floats) -> Floats:
        """What sliders show of a place: (..., L) float32 from (..., L) in σ."""
        return position if self._basis is None else self._basis.to_latents(position)

    def step(self, offset: Floats) -> Floats:
        """How far sliders are moved by an offset: (L,) float32 from (L,) in σ."""
        basis = self._basis
        if basis is None:
            return offset
        step = (offset.astype(np.float64) * basis.sigma) @ basis.axes
        return np.asarray(np.where(np.abs(step) < ROUNDING, 0.0, step), np.float32)

    def directions(self, sliders: NDArray[np.bool_]) -> Floats | None:
        """How offsets move some of the sliders, true in (L,): (n, L) float32.

        None where each slider has an axis of its own.
        """
        basis = self._basis
        if basis is None:
            return None
        return np.asarray((basis.axes * basis.sigma[:, None]).T[sliders], np.float32)

    def offset(self, step: Floats) -> Floats:
        """The offset that moves sliders so far: (L,) float32 in σ."""
        basis = self._basis
        if basis is None:
            return step
        offset = (basis.axes @ step.astype(np.float64)) / basis.sigma
        return np.asarray(np.where(np.abs(offset) < ROUNDING, 0.0, offset), np.float32)

    def offset_with(self, slider: int, step: float, offset: Floats) -> Floats:
        """An offset, (L,) in σ, with one slider moved so far and the others kept."""
        steps = self.step(offset).copy()
        steps[slider] = step
        return self.offset(steps)

    # ------------------------------------------------------------ choosing

    def choose(self, kind: CoordinateKind) -> None:
        """Let the sliders stand for something else; the point stays where it is."""
        self.wanted = kind
        if kind == self.kind:
            return
        basis = self._read() if kind == "latents" else None
        if kind == "axes" or basis is not None:
            self._set(kind, basis)
        elif self._session.model is not None:
            self.wanted = "axes"

    def toggle(self) -> None:
        """Let the sliders stand for the other thing."""
        self.choose("axes" if self.kind == "latents" else "latents")

    def _take_up_model(self) -> None:
        """Another model has other latents; where they are not known, its axes."""
        self._latent_locks.unlock_all()
        if self.wanted == "latents":
            basis = self._read()
            self.wanted = "axes" if basis is None else "latents"
            self._set(self.wanted, basis)

    def _set(self, kind: CoordinateKind, basis: LatentBasis | None) -> None:
        self.kind, self._basis = kind, basis
        self.changed.emit()

    def _read(self) -> LatentBasis | None:
        """The basis of the model that is open; None, and a message, where it is lost.

        Training may have written over the file since it was opened.
        """
        session, model = self._session, self._session.model
        if model is None:
            return None
        try:
            basis = self._read_basis(model.path)
        except CheckpointError as error:
            session.messages.error("model", f"No raw latents: {error}.")
            return None
        if not _agree(basis, model):
            session.messages.error(
                "model",
                f"No raw latents: {model.path.name} has changed since it was opened. "
                "Open it again.",
            )
            return None
        return basis


def _agree(basis: LatentBasis, model: "Model") -> bool:
    """True where a basis is the one the engine told of."""
    pairs = (
        (basis.variance_share, model.variance_share),
        (basis.song_mean, model.song_mean),
        (basis.song_spread, model.song_spread),
    )
    return all(
        one.shape == other.shape and np.allclose(one, other, atol=AGREEMENT)
        for one, other in pairs
    )
