"""What the axes of a model do, in words: kept in its checkpoint, shown on its sliders.

A trait is something a person can hear, as a number with a unit. What an axis changes
is measured in `vae.evaluation.effects`; here are the words for it, which `naming` puts
together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


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
FADE = Trait(  # of a vector that stands for a whole stretch of a song
    name="fade",
    unit="dB",
    more="fades in",
    less="fades out",
    more_short="fade in",
    less_short="fade out",
    step=1.0,
    kin="fade",
)
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


def _told(change: Change) -> str:
    unit = TRAITS[change.trait].unit if change.trait in TRAITS else "dB"
    amount = f"{change.per_sigma:+.2g} {unit}".strip().replace("-", "−")
    return f"{change.trait} {amount}"
