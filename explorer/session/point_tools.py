"""Tools that move many axes at once: random, mutate, back to the mean, reset.

Letters: L latent size.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from psygnal import Signal

from explorer.engine.protocol import Source
from explorer.session.jumps import Jumps, Leap
from explorer.session.numerals import percent_text
from explorer.session.point import RANGE_SIGMA, LatentPoint

if TYPE_CHECKING:
    from explorer.session.session import Session

ROUNDING_SIGMA = 1e-5  # nearer than that is there

Tool = Literal["random", "mutate", "mean"]
Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """How far each tool goes, 0 to 1, until the person chooses otherwise."""

    random: float = 1.0
    mutate: float = 0.2
    mean: float = 0.5


class PointTools:
    """Moves the axes that are free, each time as one step of the history.

    Attributes
    ----------
    amounts : Amounts
        How far the tools go.
    jumps : Jumps
        What takes them far.
    """

    changed = Signal()

    def __init__(self, session: "Session", rng: np.random.Generator) -> None:
        self.amounts = Amounts()
        self.jumps = Jumps(session)
        self._session = session
        self._rng = rng

    def set_amount(self, tool: Tool, amount: float) -> None:
        """Say how far a tool goes, 0 to 1."""
        amounts = replace(self.amounts, **{tool: min(max(amount, 0.0), 1.0)})
        if amounts != self.amounts:
            self.amounts = amounts
            self.changed.emit()

    def randomize(self) -> None:
        """Go to a random point of the songs' own cloud, with less nearer its middle.

        It is as loud as the song with what is locked of the edit: who locks a slider
        that was made louder keeps that. The axes that are free make up for the rest.
        """
        model = self._session.model
        if model is not None:
            amount = self.amounts.random
            step = model.random_position(self._rng) - model.song_mean
            offset = model.song_mean + amount * step - self._session.path_mean
            label = f"Random point, {percent_text(amount)}"
            self._jump(label, offset, self._kept)

    def mutate(self) -> None:
        """Go to a random point near the present one, as loud as it."""
        model = self._session.model
        if model is not None:
            amount = self.amounts.mutate
            step = amount * model.songs.draw(self._rng)
            here = self._session.point.offset
            label = f"Mutate by {percent_text(amount)}"
            self._jump(label, here + step, here)

    def pull_to_mean(self) -> None:
        """Go part of the way to the mean of the training songs."""
        model = self._session.model
        if model is not None:
            amount = self.amounts.mean
            step = amount * (model.song_mean - self._session.values)
            offset = self._session.point.offset + step
            self._move(f"{percent_text(amount)} of the way to the mean", offset)

    def go_to_song(self, number: int) -> None:
        """Go to the mean of one of the songs the model was trained on."""
        model = self._session.model
        if model is not None and number < len(model.songs):
            place = model.songs.points[number]
            self.go_to(f"Song {model.songs.titles[number]}", place)

    def go_to(self, label: str, values: Floats, source: Source | None = None) -> None:
        """Go where the sliders show these values, within range: (L,) in σ."""
        session = self._session
        if len(values) == session.point.latent_size:
            offset = np.clip(values, -RANGE_SIGMA, RANGE_SIGMA) - session.path_mean
            offset[np.abs(offset) < ROUNDING_SIGMA] = 0.0  # the song's own value
            point = session.point.with_offset(offset)
            session.go(label, point.with_source(source or point.source))

    def move_pair(self, axes: tuple[int, int], values: tuple[float, float]) -> None:
        """Put two sliders somewhere at once, within their range."""
        session, coordinates = self._session, self._session.coordinates
        names = " and ".join(coordinates.label(axis) for axis in axes)
        homes, offset = coordinates.shown(session.path_mean), session.point.offset
        for axis, value in zip(axes, values, strict=True):
            held = min(max(value, -RANGE_SIGMA), RANGE_SIGMA)
            offset = coordinates.offset_with(axis, held - float(homes[axis]), offset)
        session.go(f"{names} on the map", session.point.with_offset(offset))

    def reset(self) -> None:
        """Put every slider that is not locked back to the song's own value.

        How many axes the other tools move makes no difference: it is the way home.
        """
        session = self._session
        opened = session.coordinates.locks.open_axes(session.point.latent_size)
        label = "Reset all" if opened.all() else "Reset all but the locked"
        self._move_open(label, np.zeros(len(opened), np.float32), opened)

    def _jump(self, label: str, offset: Floats, like: Floats | None) -> None:
        """Have the free axes moved to an offset, or near it, as loud as another one."""
        session, size = self._session, self._session.point.latent_size
        if len(offset) != size:
            return
        free = session.coordinates.locks.free_axes(size)
        point = self._opened(self._held(offset), free)
        mean, held = session.path_mean, point.offset
        fixed = session.coordinates.directions(~free)
        may = free if fixed is None else np.ones(size, bool)  # others: on every axis
        self.jumps.go(
            label,
            Leap(
                point=point,
                least=np.where(may, np.minimum(-RANGE_SIGMA - mean, held), held),
                most=np.where(may, np.maximum(RANGE_SIGMA - mean, held), held),
                fixed=fixed,
                like=like,
                landed=lambda offset: self._opened(offset, free, point),
            ),
        )

    @property
    def _kept(self) -> Floats | None:
        """The offset, (L,) in σ, of the song with the locked sliders alone moved.

        None where no lock keeps any: the song itself.
        """
        size = self._session.point.latent_size
        opened = self._session.coordinates.locks.open_axes(size)
        kept = self._opened(np.zeros(size, np.float32), opened).offset
        return kept if np.any(kept) else None

    def _move(self, label: str, offset: Floats) -> None:
        """Move the free axes to an offset, within range: (L,) in σ."""
        session = self._session
        point = session.point
        if len(offset) == point.latent_size:
            free = session.coordinates.locks.free_axes(point.latent_size)
            self._move_open(label, self._held(offset), free)

    def _move_open(self, label: str, offset: Floats, opened: NDArray[np.bool_]) -> None:
        """Move some of the sliders, true in (L,), as an offset (L,) in σ has them."""
        self._session.go(label, self._opened(offset, opened))

    def _held(self, offset: Floats) -> Floats:
        """The offset (L,) in σ, within the range of the sliders."""
        mean = self._session.path_mean
        return np.clip(offset, -RANGE_SIGMA - mean, RANGE_SIGMA - mean)

    def _opened(
        self,
        offset: Floats,
        opened: NDArray[np.bool_],
        point: LatentPoint | None = None,
    ) -> LatentPoint:
        """A point, the present one unless given, with some sliders at an offset."""
        point = self._session.point if point is None else point
        coordinates = self._session.coordinates
        steps = np.where(
            opened, coordinates.step(offset), coordinates.step(point.offset)
        )
        return point.with_offset(coordinates.offset(np.asarray(steps, np.float32)))
