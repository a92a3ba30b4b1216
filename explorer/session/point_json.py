"""A point as JSON holds it: where it is moved to, what is filtered.

    {"offset": [0.0, …],                (L,), from the song's own path, in σ
     "voicing": {"source": "song",      or "noise", "tones"
                 "file": "/…",          instead of it: another file
                 "detail": 1.0,
                 "highs_follow": false},
     "spans": [{"start": 0, "stop": 44100, "fade": 441,     samples at 44.1 kHz
                "offset": [0.0, …]}]}

What is not there is as it is in a song nobody has touched.
"""

from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from explorer.engine.protocol import Source, SpanEdit, Voicing
from explorer.session.point import LatentPoint

LARGEST_SIGMA = 1e3


def point_json(point: LatentPoint) -> dict[str, Any]:
    """What to write of a point."""
    return {
        "offset": offset_json(point.whole),
        "voicing": _voicing_json(point.voicing),
        "spans": [
            {
                "start": one.start,
                "stop": one.stop,
                "fade": one.fade,
                "offset": offset_json(one.offset),
            }
            for one in point.spans
        ],
    }


def read_point_json(content: Any) -> LatentPoint:
    """The point that was written.

    Raises
    ------
    KeyError, OverflowError, TypeError, ValueError
        It is none.
    """
    whole = read_offset(content["offset"])
    spans = tuple(_read_span(one, len(whole)) for one in content.get("spans", ()))
    voicing = _read_voicing(content["voicing"])
    return LatentPoint(whole=whole, spans=spans, voicing=voicing)


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


def _voicing_json(voicing: Voicing) -> dict[str, Any]:
    source = voicing.source
    name = {"file": str(source)} if isinstance(source, Path) else {"source": source}
    return {
        **name,
        "detail": voicing.detail,
        "highs_follow": voicing.highs_follow,
    }


def _read_voicing(content: Any) -> Voicing:
    if "file" in content:
        source: Source | Path = Path(content["file"])
    else:
        source = content["source"]
        if source not in get_args(Source):
            raise ValueError("no such source")
    detail = float(content.get("detail", 1.0))
    if not 0.0 <= detail <= 1.0:
        raise ValueError("no such detail")
    return Voicing(
        source=source,
        detail=detail,
        highs_follow=bool(content.get("highs_follow", False)),
    )


def _read_span(content: Any, latent_size: int) -> SpanEdit:
    start, stop, fade = (int(content[name]) for name in ("start", "stop", "fade"))
    offset = read_offset(content["offset"])
    if not 0 <= start < stop or fade < 0 or len(offset) != latent_size:
        raise ValueError("not a span")
    return SpanEdit(start=start, stop=stop, fade=fade, offset=offset)
