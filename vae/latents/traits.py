"""What the axes of a model do, in words: kept in its checkpoint, shown on its sliders.

A trait is something a person can hear, as a number with a unit. What an axis changes
is measured in `vae.evaluation.effects`; here are the words for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

LEAST_CORRELATION = 0.5  # a trait that follows an axis less than that is not named
LEAST_WEIGHT = 0.2  # of a difference worth naming, at +1σ; less cannot be heard
LONGEST = 3  # traits kept of each axis


@dataclass(frozen=True, kw_only=True)
class Trait:
    """Something a person can hear.

    Attributes
    ----------
    name : str
    unit : str
    more, less : str
        What an axis is called that raises it, or lowers it.
    more_short, less_short : str
        The same, beside another word.
    step : float
        A difference that is just worth naming, in its unit.
    kin : str
        Traits of the same kind say much the same.
    rank : float
        How much it is preferred as a name, 0 to 1.
    """

    name: str
    unit: str
    more: str
    less: str
    more_short: str
    less_short: str
    step: float
    kin: str
    rank: float = 1.0


def _table(*rows: tuple[str, str, str, str, str, str, float, str]) -> dict[str, Trait]:
    return {
        name: Trait(
            name=name,
            unit=unit,
            more=more,
            less=less,
            more_short=more_short,
            less_short=less_short,
            step=step,
            kin=kin,
        )
        for name, unit, more, less, more_short, less_short, step, kin in rows
    }


# fmt: off
TRAITS = _table(
    # name, unit, more, less, the same in short, step, kin
    ("loudness", "dB", "louder", "softer", "loud", "soft", 1.0, "loudness"),
    ("brightness", "octaves", "brighter", "darker", "bright", "dark", 0.1, "tilt"),
    ("bass", "dB", "more bass", "less bass", "+bass", "−bass", 1.0, "tilt"),
    ("density", "dB", "busier", "calmer", "busy", "calm", 0.3, "density"),
    ("rhythm", "", "more beat", "less beat", "+beat", "−beat", 0.05, "beat"),
    ("period", "s", "slower", "faster", "slow", "fast", 0.1, "beat"),
    ("noise", "dB", "noisier", "purer", "noisy", "pure", 0.5, "noise"),
    ("width", "dB", "wider", "narrower", "wide", "narrow", 0.5, "width"),
    ("balance", "dB", "right", "left", "right", "left", 0.5, "balance"),
    ("dynamics", "dB", "livelier", "steadier", "lively", "steady", 0.5, "dynamics"),
)
# fmt: on
REGION_RANK = 0.6  # a word for the whole sound is worth more than one for a part of it


def region(word: str, low_hz: float, high_hz: float) -> Trait:
    """The trait of a region of frequencies: its level beside that of all others."""
    return Trait(
        name=f"{word} ({low_hz:.0f}–{high_hz:.0f} Hz)",
        unit="dB",
        more=f"more {word}",
        less=f"less {word}",
        more_short=f"+{word}",
        less_short=f"−{word}",
        step=1.0,
        kin="region",
        rank=REGION_RANK,
    )


@dataclass(frozen=True, kw_only=True)
class Change:
    """How an axis changes one trait.

    Attributes
    ----------
    trait : str
    per_sigma : float
        By how much one σ upward raises it, in the trait's unit.
    correlation : float
        Between the place on the axis and the trait, over all points measured, each
        point's own mean taken away; -1 to 1.
    weight : float
        |per_sigma| over the difference that is just worth naming, `Trait.step`.
    """

    trait: str
    per_sigma: float
    correlation: float
    weight: float


@dataclass(frozen=True, kw_only=True)
class AxisTraits:
    """What one axis does.

    Attributes
    ----------
    name : str
        What its upward end is called, a few letters; "" where it does nothing.
    opposite : str
        What its downward end is called.
    changes : tuple of Change
        What it changes most, the most first.
    """

    name: str = ""
    opposite: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def ends(self) -> str:
        """What both ends are called; "" where it does nothing."""
        return f"{self.opposite} ↔ {self.name}" if self.name else ""

    @property
    def amounts(self) -> str:
        """How much of what one σ upward changes, the most first."""
        return ", ".join(_told(change) for change in self.changes)


def to_plain(axes: Sequence[AxisTraits]) -> list[dict[str, Any]]:
    """JSON values that `from_plain` reads back."""
    return [asdict(axis) for axis in axes]


def from_plain(values: Sequence[Mapping[str, Any]]) -> tuple[AxisTraits, ...]:
    """What `to_plain` wrote.

    Raises
    ------
    KeyError, TypeError, ValueError
        It is something else.
    """
    return tuple(
        AxisTraits(
            name=str(value["name"]),
            opposite=str(value["opposite"]),
            changes=tuple(Change(**change) for change in value["changes"]),
        )
        for value in values
    )


def named(
    measured: Sequence[Sequence[Change]], traits: Mapping[str, Trait]
) -> tuple[AxisTraits, ...]:
    """Names for axes by what each changes most; no two axes have the same.

    Parameters
    ----------
    measured : sequence of sequence of Change
        All that was measured of each axis, the most important axis first.
    traits : mapping
        Every trait by its name.
    """
    taken: set[str] = set()
    axes = []
    for changes in measured:
        heard = [change for change in changes if _is_heard(change)]
        heard.sort(key=lambda change: _score(change, traits), reverse=True)
        if not heard:
            axes.append(AxisTraits())
            continue
        up, down = _free_name(heard, traits, taken)
        taken.add(up)
        axes.append(AxisTraits(name=up, opposite=down, changes=tuple(heard[:LONGEST])))
    return tuple(axes)


def _is_heard(change: Change) -> bool:
    correlated = abs(change.correlation) >= LEAST_CORRELATION
    return correlated and change.weight >= LEAST_WEIGHT


def _score(change: Change, traits: Mapping[str, Trait]) -> float:
    return change.weight * change.correlation**2 * traits[change.trait].rank


def _free_name(
    heard: Sequence[Change], traits: Mapping[str, Trait], taken: set[str]
) -> tuple[str, str]:
    """What the two ends are called: by the first trait, by two, at last by a number.

    A second trait of another kind says more than one of the same.
    """
    first, *others = heard
    kin = traits[first.trait].kin
    others.sort(key=lambda change: traits[change.trait].kin == kin)
    up, down = _ends(traits[first.trait], first.per_sigma)
    names = [(up, down)]
    for change in others:
        pairs = [
            _short_ends(traits[one.trait], one.per_sigma) for one in (first, change)
        ]
        names.append(
            (" ".join(up for up, _ in pairs), " ".join(low for _, low in pairs))
        )
    for number in range(2, len(taken) + 3):
        names.append((f"{up} {number}", f"{down} {number}"))
    return next(name for name in names if name[0] not in taken)


def _ends(trait: Trait, per_sigma: float) -> tuple[str, str]:
    ends = (trait.more, trait.less)
    return ends if per_sigma > 0 else ends[::-1]


def _short_ends(trait: Trait, per_sigma: float) -> tuple[str, str]:
    ends = (trait.more_short, trait.less_short)
    return ends if per_sigma > 0 else ends[::-1]


def _told(change: Change) -> str:
    unit = TRAITS[change.trait].unit if change.trait in TRAITS else "dB"
    amount = f"{change.per_sigma:+.2g} {unit}".strip().replace("-", "−")
    return f"{change.trait} {amount}"
