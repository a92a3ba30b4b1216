"""What two windows remember, put together: neither takes back what the other changed.

Each compares what it remembers at its end with what it began with, and writes down the
differences alone.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item", bound=Hashable)


def merged_list(
    begun: Sequence[Item], ended: Sequence[Item], stored: Sequence[Item]
) -> tuple[Item, ...]:
    """What was last used, the newest first, each once.

    Parameters
    ----------
    begun, ended : sequence
        As this window began, and as it is now.
    stored : sequence
        As another window has left it meanwhile.
    """
    used = next(
        ended[:count]
        for count in range(len(ended) + 1)
        if list(ended[count:]) == [one for one in begun if one in ended[count:]]
    )
    forgotten = set(begun) - set(ended)
    others = (one for one in stored if one not in forgotten)
    return tuple(dict.fromkeys((*used, *others)))


def merged_map(
    begun: Mapping[str, Any], ended: Mapping[str, Any], stored: Mapping[str, Any]
) -> dict[str, Any]:
    """What each key stands for, maps within maps, too; else as `merged_list`."""
    merged = dict(stored)
    for key in (*begun, *ended):
        if begun.get(key) == ended.get(key):
            continue
        here, there = ended.get(key), merged.get(key)
        if here is None:
            merged.pop(key, None)
        elif isinstance(here, Mapping) and isinstance(there, Mapping):
            merged[key] = merged_map(begun.get(key) or {}, here, there)
        else:
            merged[key] = here
    return merged
