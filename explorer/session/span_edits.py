"""Stretches of the song that carry an edit of their own, and which the sliders move."""

from dataclasses import replace
from typing import TYPE_CHECKING

from explorer.engine.protocol import SpanEdit
from vae.sound.layout import SAMPLE_RATE

if TYPE_CHECKING:
    from explorer.session.session import Session

SHORTEST_S = 0.1
USUAL_FADE_S = 0.25
USUAL_S = 8.0  # where no stretch is chosen


class SpanEdits:
    """Makes, moves and removes stretches, each time as a step of the history.

    A fresh stretch begins with the whole song's edit: nothing is heard of it until a
    slider is moved.
    """

    def __init__(self, session: "Session") -> None:
        self._session = session

    @property
    def all(self) -> tuple[SpanEdit, ...]:
        """The stretches; later ones lie on top."""
        return self._session.point.spans

    @property
    def focus(self) -> int | None:
        """The stretch that the sliders move; None: the whole song."""
        return self._session.point.focus

    @property
    def focused(self) -> SpanEdit | None:
        """The stretch that the sliders move."""
        focus = self.focus
        return self.all[focus] if focus is not None else None

    def at(self, position: int) -> int | None:
        """The topmost stretch at a place in samples, or None."""
        for index in reversed(range(len(self.all))):
            if self.all[index].start <= position < self.all[index].stop:
                return index
        return None

    # ------------------------------------------------------------ verbs

    def focus_on(self, focus: int | None) -> None:
        """Let the sliders move a stretch, or the whole song; nothing is heard of it."""
        session = self._session
        if focus != self.focus and (focus is None or focus < len(self.all)):
            session.audition.end()
            session.end_gesture()
            session.history.refocus(session.point.with_focus(focus))
            session.point_changed.emit()

    def step_focus(self) -> None:
        """Go on to the next stretch, after the last one to the whole song."""
        following = 0 if self.focus is None else self.focus + 1
        self.focus_on(following if following < len(self.all) else None)

    def edit_here(self) -> None:
        """Edit the loop's stretch alone; without one, what lies at the playhead."""
        region, position = (
            self._session.playback.region,
            self._session.playback.position,
        )
        here = self.at(position)
        if region is not None:
            same = [(one.start, one.stop) == region for one in self.all]
            if any(same):
                self.focus_on(same.index(True))
            else:
                self.add(*region)
        elif here is not None:
            self.focus_on(here)
        else:
            self.add(position, position + round(USUAL_S * SAMPLE_RATE))

    def add(self, start: int, stop: int) -> None:
        """Give a stretch, in samples, an edit of its own, which the sliders move."""
        held = self._held(start, stop)
        if held is None:
            return
        point = self._session.point
        fade = min(round(USUAL_FADE_S * SAMPLE_RATE), (held[1] - held[0]) // 4)
        span = SpanEdit(start=held[0], stop=held[1], fade=fade, offset=point.whole)
        spans = (*point.spans, span)
        self._session.go("Edit a stretch", point.with_spans(spans, len(spans) - 1))

    def move(self, index: int, start: int, stop: int) -> None:
        """Put the ends of a stretch elsewhere, within the song."""
        held = self._held(start, stop)
        if held is not None:
            moved = replace(self.all[index], start=held[0], stop=held[1])
            self._replace("Move a stretch", index, moved)

    def set_fade(self, index: int, fade: int) -> None:
        """Let a stretch fade in and out over so many samples, half of it at most."""
        span = self.all[index]
        fade = min(max(fade, 0), (span.stop - span.start) // 2)
        self._replace("Fade a stretch", index, replace(span, fade=fade))

    def remove(self, index: int) -> None:
        """Let a stretch go with the whole song again."""
        point = self._session.point
        spans = point.spans[:index] + point.spans[index + 1 :]
        self._session.go("Remove a stretch", point.with_spans(spans))

    def remove_focused(self) -> None:
        """Let the stretch that the sliders move go with the whole song again."""
        if self.focus is not None:
            self.remove(self.focus)

    def _replace(self, label: str, index: int, span: SpanEdit) -> None:
        point = self._session.point
        spans = (*point.spans[:index], span, *point.spans[index + 1 :])
        self._session.go(label, point.with_spans(spans, index))

    def _held(self, start: int, stop: int) -> tuple[int, int] | None:
        """A stretch within the song; None where it is too short."""
        song = self._session.song
        if song is None:
            return None
        start, stop = sorted((start, stop))
        start, stop = max(start, 0), min(stop, song.samples)
        return (start, stop) if stop - start >= SHORTEST_S * SAMPLE_RATE else None
