"""Dragging a stretch: one of its ends, its fades, or all of it."""

from typing import Literal

from explorer.engine.protocol import SpanEdit
from explorer.session.session import Session

End = Literal["start", "stop"]


class SpanDrag:
    """All places are samples."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._index: int | None = None
        self._end: End | None = None
        self._fading = False
        self._from = 0
        self._before: SpanEdit | None = None

    @property
    def going(self) -> bool:
        """True from `begin` on a stretch to `end`."""
        return self._index is not None

    def end_at(self, sample: int, reach: int) -> tuple[int, End] | None:
        """The end of a stretch within reach, the topmost first."""
        spans = self._session.span_edits.all
        for index in reversed(range(len(spans))):
            span = spans[index]
            if abs(sample - span.start) <= reach:
                return index, "start"
            if abs(sample - span.stop) <= reach:
                return index, "stop"
        return None

    def begin(self, sample: int, reach: int, *, fading: bool) -> None:
        """Take what is here, and let the sliders move it."""
        edits = self._session.span_edits
        found = self.end_at(sample, reach)
        index, self._end = found if found is not None else (edits.at(sample), None)
        if index is None:
            return
        edits.focus_on(index)
        self._index, self._from, self._fading = index, sample, fading
        self._before = edits.all[index]

    def move(self, sample: int) -> None:
        """Drag to here."""
        edits, before, index = self._session.span_edits, self._before, self._index
        if before is None or index is None:
            return
        by = sample - self._from
        if self._fading:
            inward = -by if sample > (before.start + before.stop) // 2 else by
            edits.set_fade(index, before.fade + inward)
        elif self._end == "start":
            edits.move(index, before.start + by, before.stop)
        elif self._end == "stop":
            edits.move(index, before.start, before.stop + by)
        else:
            samples = self._session.song.samples if self._session.song else 0
            by = min(max(by, -before.start), samples - before.stop)
            edits.move(index, before.start + by, before.stop + by)

    def end(self) -> None:
        """Let go."""
        self._index, self._before = None, None
