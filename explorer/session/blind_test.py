"""A blind test, that tells whether there is a difference to be heard."""

from dataclasses import dataclass
from math import comb
from typing import Literal

import numpy as np
from psygnal import Signal

from explorer.engine.protocol import Listening
from explorer.session.hearing import Hearing

Letter = Literal["A", "B", "X"]
CLEAR = 0.05  # a chance of less than this is called a difference that was heard


@dataclass(frozen=True)
class Tally:
    """So many right of so many."""

    right: int = 0
    total: int = 0

    @property
    def chance(self) -> float:
        """How likely so many are right, or more, by guessing: binomial, one half."""
        ways = sum(comb(self.total, k) for k in range(self.right, self.total + 1))
        return float(ways / 2**self.total)


class BlindTest:
    """Plays A, B and X, where X is secretly one of them, and counts the answers.

    Attributes
    ----------
    pair : tuple of Listening
        What A and B are.
    playing : "A", "B" or "X"
    tally : Tally
    last : bool or None
        Whether the last answer was right; None before the first.
    """

    changed = Signal()

    def __init__(self, hearing: Hearing, rng: np.random.Generator) -> None:
        self.pair: tuple[Listening, Listening] = ("original", "edit")
        self.playing: Letter = "A"
        self.tally = Tally()
        self.last: bool | None = None
        self._hearing = hearing
        self._rng = rng
        self._secret = 0  # the place of X in the pair

    def begin(self, first: Listening, second: Listening) -> None:
        """Compare two things, and count from nothing."""
        self.pair, self.tally, self.last = (first, second), Tally(), None
        self._hearing.set_blind(True)
        self._draw()
        self.play("A")

    def play(self, letter: Letter) -> None:
        """Hear A, B or X, at the same place."""
        self.playing = letter
        place = {"A": 0, "B": 1, "X": self._secret}[letter]
        self._hearing.choose(self.pair[place])
        self.changed.emit()

    def answer(self, letter: Literal["A", "B"]) -> None:
        """Say which of the two X is; then X is drawn anew."""
        self.last = self._secret == {"A": 0, "B": 1}[letter]
        self.tally = Tally(self.tally.right + self.last, self.tally.total + 1)
        self._draw()
        self.play("X")

    def end(self) -> None:
        """Hear the edit, and see that it is heard."""
        self._hearing.set_blind(False)
        self._hearing.choose("edit")

    def _draw(self) -> None:
        self._secret = int(self._rng.integers(2))
