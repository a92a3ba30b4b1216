"""What a slider shows: where it stands, and what is known of it."""

from dataclasses import dataclass, field

from vae.latents.traits import AxisTraits


@dataclass(frozen=True, kw_only=True)
class SliderState:
    """What a slider shows, in σ."""

    value: float  # where the handle stands
    home: float  # where it stands untouched: the mean of the song's path
    mark: float  # where the path is at the playhead
    mark_shown: bool
    moved: bool  # away from home by the person


@dataclass(frozen=True, kw_only=True)
class SliderNotes:
    """What is known of a slider beside where it stands."""

    name: str = ""
    traits: AxisTraits = field(default_factory=AxisTraits)  # what it does, measured
    locked: bool = False
    idle: bool = False  # the axis does next to nothing
    faded: bool = False  # another one is looked for
    share: float = 0.0  # of all variance
    share_of_largest: float = 0.0  # 0 to 1
    change_db: float | None = None  # at +2 σ; None: not known
    noun: str = "Axis"  # what it is one of
    unit: str = " σ"
