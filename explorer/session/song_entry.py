"""A song of the list, and what was done with it."""

from dataclasses import dataclass
from pathlib import Path

from explorer.session.history import Step
from explorer.session.point import LatentPoint
from explorer.session.span import WHOLE, Span


@dataclass(frozen=True, kw_only=True)
class SongWork:
    """What was done with a song, to go on with when it is opened again.

    Attributes
    ----------
    steps : tuple of Step
        The history, oldest first.
    index : int
        Of the present step.
    position : int
        Samples, where the playhead was.
    loop : bool
        Whether it was played round and round.
    region : tuple of int, or None
        Samples, which stretch of it.
    time : Span
        Which part was seen.
    """

    steps: tuple[Step, ...]
    index: int = 0
    position: int = 0
    loop: bool = False
    region: tuple[int, int] | None = None
    time: Span = WHOLE

    @property
    def point(self) -> LatentPoint:
        """Where the sliders stood."""
        return self.steps[self.index].point


@dataclass(frozen=True, kw_only=True)
class SongEntry:
    """A song of the list.

    Attributes
    ----------
    title : str
        What its tags say once it was open; the name of its file before.
    duration_s : float or None
        None: it was not open yet.
    content_hash : str
        Of its file; "" while it is not known.
    fault : str
        Why it cannot be opened, a sentence; "" where nothing is known against it.
    work : SongWork or None
        None: nothing was done with it yet. That of the song that is open is out of
        date: see `SongList.up_to_date`.
    """

    path: Path
    title: str
    duration_s: float | None = None
    content_hash: str = ""
    fault: str = ""
    work: SongWork | None = None

    def fits(self, point: LatentPoint) -> bool:
        """True where what was done with it belongs to a model of this point's size."""
        work = self.work
        return work is None or work.point.latent_size == point.latent_size


def unopened(path: Path) -> SongEntry:
    """The entry of a file that was not open yet."""
    return SongEntry(path=path, title=path.stem)
