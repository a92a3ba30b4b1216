"""Names for the axes of a model, which tell each from the others.

An axis is called after the trait that it changes most. Where another one is called so
already, be it the other way round, a second word says what else it does that the other
does not.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from vae.latents.traits import AxisTraits, Change, Trait

LEAST_CORRELATION = 0.5  # a trait that follows an axis less than that is not named
LEAST_WEIGHT = 0.2  # of a difference worth naming, at +1σ; less cannot be heard
LONGEST = 3  # traits kept of each axis
ALIKE = 0.25  # what a word is worth that others share, beside one all its own


def named(
    measured: Sequence[Sequence[Change]], traits: Mapping[str, Trait]
) -> tuple[AxisTraits, ...]:
    """Names for axes by what each changes most; no two say the same, even turned round.

    Parameters
    ----------
    measured : sequence of sequence of Change
        All that was measured of each axis, the most important axis first.
    traits : mapping
        Every trait by its name.
    """
    known: list[_Heard] = []
    taken: set[frozenset[tuple[str, int]]] = set()
    axes = []
    for number, changes in enumerate(measured, 1):
        heard = _Heard([one for one in changes if _is_heard(one)], traits)
        if not heard.changes:
            axes.append(AxisTraits())
            continue
        words = heard.words(known)
        chosen = next((one for one in words if _key(one) not in taken), words[0])
        ends = _called(chosen, traits)
        if _key(chosen) in taken:
            ends = (f"{ends[0]} {number}", f"{ends[1]} {number}")
        taken.add(_key(chosen))
        known.append(heard)
        most = heard.most(chosen)
        axes.append(AxisTraits(name=ends[0], opposite=ends[1], changes=most))
    return tuple(axes)


def heard_most(
    changes: Sequence[Change], traits: Mapping[str, Trait]
) -> tuple[Change, ...]:
    """What is heard of all that was measured, the most first."""
    return tuple(_Heard([one for one in changes if _is_heard(one)], traits).changes)


class _Heard:
    """What is heard of an axis, the most first, and the words there are for it.

    Parameters
    ----------
    changes : sequence of Change
        That have a word.
    """

    def __init__(self, changes: Sequence[Change], traits: Mapping[str, Trait]) -> None:
        self._traits = traits
        self.changes = sorted(changes, key=self._score, reverse=True)

    def words(self, others: Sequence["_Heard"]) -> list[tuple[Change, ...]]:
        """What it can be called by, the best first: one word, two, or three.

        A second word is of another kind than the first where there is one, and tells
        the axis from those before it that begin with the same.
        """
        first, *rest = self.changes
        alike = [one for one in others if one.changes[0].trait == first.trait]
        rest.sort(key=lambda change: self._tells(change, alike), reverse=True)
        pairs = [(first, one) for one in rest]
        return [(first,), *pairs, *((first, *two) for two in combinations(rest, 2))]

    def most(self, words: Sequence[Change]) -> tuple[Change, ...]:
        """What is kept of it: what its words say, and what else it changes most."""
        kept = [*dict.fromkeys((*words, *self.changes))][:LONGEST]
        return tuple(sorted(kept, key=self.changes.index))

    def _tells(self, change: Change, others: Sequence["_Heard"]) -> tuple[bool, float]:
        """How well a word tells the axis from others, and how much of it is heard."""
        there = self._share(change.trait)
        apart = min(
            (abs(there - one._share(change.trait)) for one in others), default=1
        )
        kin = self._traits[change.trait].kin
        another = kin != self._traits[self.changes[0].trait].kin
        return another, self._score(change) * (ALIKE + apart)

    def _share(self, trait: str) -> float:
        """How much it changes a trait, over its first one as it rises."""
        first = self.changes[0]
        found = next((one for one in self.changes if one.trait == trait), None)
        if found is None:
            return 0.0
        sign = 1.0 if found.per_sigma * first.per_sigma > 0 else -1.0
        return sign * self._score(found) / self._score(first)

    def _score(self, change: Change) -> float:
        rank = self._traits[change.trait].rank
        return change.weight * change.correlation**2 * rank


def _is_heard(change: Change) -> bool:
    correlated = abs(change.correlation) >= LEAST_CORRELATION
    return correlated and change.weight >= LEAST_WEIGHT


def _key(words: Sequence[Change]) -> frozenset[tuple[str, int]]:
    """The same for words that say the same: in any order, and turned round."""
    first = min(words, key=lambda one: one.trait)
    turn = 1 if first.per_sigma > 0 else -1
    return frozenset(
        (one.trait, turn * (1 if one.per_sigma > 0 else -1)) for one in words
    )


def _called(words: Sequence[Change], traits: Mapping[str, Trait]) -> tuple[str, str]:
    """What the two ends are called."""
    if len(words) == 1:
        return _ends(traits[words[0].trait], words[0].per_sigma)
    pairs = [_short_ends(traits[one.trait], one.per_sigma) for one in words]
    return " ".join(up for up, _ in pairs), " ".join(low for _, low in pairs)


def _ends(trait: Trait, per_sigma: float) -> tuple[str, str]:
    ends = (trait.more, trait.less)
    return ends if per_sigma > 0 else ends[::-1]


def _short_ends(trait: Trait, per_sigma: float) -> tuple[str, str]:
    ends = (trait.more_short, trait.less_short)
    return ends if per_sigma > 0 else ends[::-1]
