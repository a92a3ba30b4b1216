"""A point as JSON holds it: where it is moved to, what is filtered.

    {"offset": [0.0, …],                (L,), from the song's own path, in σ
     "voicing": {"source": "song"}}     or "noise"

What is not there is as it is in a song nobody has touched.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.session.point import LatentPoint

LARGEST_SIGMA = 1e3


def point_json(point: LatentPoint) -> dict[str, Any]:
    """What to write of a point."""
    return {
        "offset": offset_json(point.offset),
        "voicing": {"source": point.source},
    }


def read_point_json(content: Any) -> LatentPoint:
    """The point that was written.

    Raises
    ------
    KeyError, OverflowError, TypeError, ValueError
        It is none.
    """
    source = content["voicing"]["source"]
    if source not in {"song", "noise"}:
        raise ValueError("no such source")
    return LatentPoint(offset=read_offset(content["offset"]), source=source)


def offset_json(offset: NDArray[np.float32]) -> list[float]:
    """What to write of (L,) in σ: no digit more than brings each number back."""
    return [float(str(one)) for one in offset]


def read_offset(content: Any) -> NDArray[np.float32]:
    """(L,) float32 in σ.

    Raises
    ------
    OverflowError, TypeError, ValueError
        It is none.
    """
    offset = np.asarray(content, dtype=np.float32)
    if offset.ndim != 1 or not (np.abs(offset) <= LARGEST_SIGMA).all():
        raise ValueError("not an offset")
    return offset
