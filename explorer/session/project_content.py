"""What a project says: which songs and which model, and what was done with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from explorer.engine.protocol import ChannelView
from explorer.session.bookmarks import Bookmark
from explorer.session.point import LatentPoint
from explorer.session.span import WHOLE, Span
from explorer.session.view import FrequencyAxis


@dataclass(frozen=True, kw_only=True)
class ProjectModel:
    """The model that a project's points belong to."""

    path: Path
    title: str
    model_hash: str


@dataclass(frozen=True, kw_only=True)
class ProjectSong:
    """A song, and what was done with it; positions are samples at 44.1 kHz.

    Attributes
    ----------
    beside : str
        The path from the project's own folder; "" where there is none.
    """

    path: Path
    title: str
    content_hash: str = ""
    beside: str = ""
    point: LatentPoint | None = None
    position: int = 0
    loop: bool = False
    region: tuple[int, int] | None = None
    time: Span = WHOLE


@dataclass(frozen=True, kw_only=True)
class ProjectContent:
    """All that a project says.

    Attributes
    ----------
    shown : int or None
        The place of the open song in `songs`; None where there is none.
    locked : frozenset of int
        Axes.
    locked_otherwise : dict of str to frozenset of int
        Sliders, where they stand for something else; by `CoordinateKind`.
    """

    model: ProjectModel | None = None
    songs: tuple[ProjectSong, ...] = ()
    shown: int | None = None
    frequency: Span = WHOLE
    frequency_axis: FrequencyAxis = "linear"
    channels: ChannelView = "both"
    slots: Mapping[str, LatentPoint] = field(default_factory=dict)
    bookmarks: tuple[Bookmark, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    locked: frozenset[int] = frozenset()
    locked_otherwise: Mapping[str, frozenset[int]] = field(default_factory=dict)
