"""What the sliders stand for: principal axes, what is heard, or the raw latents.

The point itself is always kept along the principal axes, in σ; another choice shows
other numbers of the same point.

Letters: L latent size, D directions.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from psygnal import Signal

from explorer.session.coordinate_systems import (
    CoordinateSystem,
    by_ear,
    raw_latents,
)
from explorer.session.locks import Locks
from vae.errors import CheckpointError
from vae.latents.basis import LatentBasis
from vae.latents.directions import Direction
from vae.latents.traits import AxisTraits

if TYPE_CHECKING:
    from explorer.session.session import Session

CoordinateKind = Literal["axes", "ear", "latents"]
KINDS: tuple[CoordinateKind, ...] = get_args(CoordinateKind)

Floats = NDArray[np.float32]


class Coordinates:
    """Translates between the point and what the sliders show of it.

    Attributes
    ----------
    kind : "axes", "ear" or "latents"
        Principal axes, in σ; directions in which one thing is heard to change, the
        rest of them without a name; or the model's own latents, which have no unit.
    wanted : "axes", "ear" or "latents"
        What was asked for; the same, but while no model is open that has it.
    """

    changed = Signal()

    def __init__(
        self, session: "Session", read_basis: Callable[[Path], LatentBasis]
    ) -> None:
        self.kind: CoordinateKind = "axes"
        self.wanted: CoordinateKind = "axes"
        self._session = session
        self._read_basis = read_basis
        self._system: CoordinateSystem | None = None  # along the axes
        self._locks = {kind: Locks() for kind in KINDS}
        self._locks["axes"] = session.locks
        for kind in ("ear", "latents"):
            self._locks[kind].changed.connect(self.changed.emit)
        session.model_changed.connect(self._take_up_model)

    @property
    def noun(self) -> str:
        """What one of them is called, with a capital."""
        return "Axis" if self._system is None else self._system.noun

    @property
    def unit(self) -> str:
        """What follows a number, with its space."""
        return " σ" if self._system is None else self._system.unit

    @property
    def ranked(self) -> bool:
        """True where the first are the most important, or the ones that are heard."""
        return self.kind != "latents"

    @property
    def nameable(self) -> bool:
        """True where a person may give them names."""
        return self.kind == "axes"

    @property
    def audible(self) -> bool:
        """True where the model that is open can tell what is heard."""
        return bool(self._heard)

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
        return self._locks[self.kind]

    def locks_of(self, kind: CoordinateKind) -> Locks:
        """The locks of the sliders where they stand for that."""
        return self._locks[kind]

    def name(self, slider: int) -> str:
        """The name of a slider; "" where it has none."""
        if self.kind == "axes":
            return self._session.names.of(slider)
        return self.traits(slider).name

    def traits(self, slider: int) -> AxisTraits:
        """What a slider was measured to do; nothing where that is not known."""
        if self.kind == "axes":
            return self._session.names.traits(slider)
        heard = self.kind == "ear" and slider < len(self._heard)
        return self._heard[slider].does if heard else AxisTraits()

    def label(self, slider: int) -> str:
        """What to call a slider in a sentence: its name, or "Latent 3"."""
        return self.name(slider) or f"{self.noun} {slider + 1}"

    @property
    def share(self) -> Floats:
        """(L,) float32, of all variance of the songs; sums to 1."""
        model, system = self._session.model, self._system
        if model is None:
            return np.zeros(self._session.point.latent_size, np.float32)
        return model.variance_share if system is None else system.share

    # ------------------------------------------------------------ there and back

    def shown(self, position: Floats) -> Floats:
        """What sliders show of a place: (..., L) float32 from (..., L) in σ."""
        return position if self._system is None else self._system.shown(position)

    def step(self, offset: Floats) -> Floats:
        """How far sliders are moved by an offset: (L,) float32 from (L,) in σ."""
        return offset if self._system is None else self._system.step(offset)

    def directions(self, sliders: NDArray[np.bool_]) -> Floats | None:
        """How offsets move some of the sliders, true in (L,): (n, L) float32.

        None where each slider has an axis of its own.
        """
        system = self._system
        if system is None:
            return None
        return np.asarray(system.forward.T[sliders], np.float32)

    def offset(self, step: Floats) -> Floats:
        """The offset that moves sliders so far: (L,) float32 in σ."""
        return step if self._system is None else self._system.offset(step)

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
        system = self._system_of(kind)
        if kind == "axes" or system is not None:
            self._set(kind, system)
        elif kind == "latents" and self._session.model is not None:
            self.wanted = self.kind

    def toggle(self) -> None:
        """Let the sliders stand for the raw latents, or the axes again."""
        self.choose("axes" if self.kind == "latents" else "latents")

    def take_directions(self) -> None:
        """It was found out how the open model sounds; the point stays."""
        if self._session.history.in_gesture and self.kind != "ear":
            self.wanted = self.kind  # no slider changes under the hand
        system = self._system_of(self.wanted) if self.wanted == "ear" else None
        if system is None and self.kind != "ear":
            self.changed.emit()
        else:
            self._set("axes" if system is None else "ear", system)

    def _take_up_model(self) -> None:
        """Another model has other latents; where they are not known, its axes."""
        model = self._session.model
        for kind in ("ear", "latents"):
            if model is not None:
                self._locks[kind].show_model(model.model_hash, model.path)
        if self.wanted == "axes":
            return
        system = self._system_of(self.wanted)
        if system is None and self.wanted == "latents":
            self.wanted = "axes"
        self._set("axes" if system is None else self.wanted, system)

    def _set(self, kind: CoordinateKind, system: CoordinateSystem | None) -> None:
        self.kind, self._system = kind, system
        self.changed.emit()

    def _system_of(self, kind: CoordinateKind) -> CoordinateSystem | None:
        """That of the model that is open; None along axes, or where it has none."""
        model = self._session.model
        if kind == "latents":
            basis = self._read()
            return None if basis is None else raw_latents(basis)
        if kind == "axes" or model is None or not model.directions:
            return None
        return by_ear(model.directions, model.variance_share)

    @property
    def _heard(self) -> Sequence[Direction]:
        model = self._session.model
        return () if model is None else model.directions

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
        if not model.is_of(basis):
            session.messages.error(
                "model",
                f"No raw latents: {model.path.name} has changed since it was opened. "
                "Open it again.",
            )
            return None
        return basis
