"""Which songs' paths travel with a model: the ones that a person is shown by name."""

from collections.abc import Sequence
from pathlib import Path

from vae.dataset import SongImage

MOST_SONGS = 120  # some 32 kB each where a vector holds for half a second


def travelling(
    songs: Sequence[SongImage], folders: Sequence[Path], most: int = MOST_SONGS
) -> tuple[int, ...]:
    """The numbers of the songs that travel, at most `most`, in their order.

    Songs that lie in a named folder itself go before those in folders below it: what
    was made from a collection, its varispeed copies say, is best kept below it.
    """
    homes = [folder.resolve() for folder in folders]

    def depth(number: int) -> int:
        parents = list(songs[number].path.parents)
        return min(
            (parents.index(home) for home in homes if home in parents), default=0
        )

    order = sorted(range(len(songs)), key=depth)
    return tuple(sorted(order[:most]))
