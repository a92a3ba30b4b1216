"""Rendered sound of one point, frame by frame, from where the playhead is.

A tape holds a few seconds of a song, each frame in a slot. The renderer writes frames
in the order they will be played, past the end of the song from its start again, and the
player reads them. When all slots are full a new frame takes the slot of the one that
will be played last, which is the one just played.

         playhead
            |
    song  0 1 2 3 4 5 6 7 8 9          slots    4 5 1 2 3
            * * * * *                  frames   the five from the playhead on

A loop goes from its stop to its start. So that nothing clicks or is lost there, what
leads up to the start fades in while what leads up to the stop fades out:

    song     . . lead|start . . . . . fade|stop . . .
    heard                         . . fade|start . . .
                                    + lead|

Only one thread writes a tape and only one reads it: a frame's slot is entered in
`slot_of_frame` after its samples are there, and struck out before they go.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae.sound.layout import CHANNELS
from vae.sound.limiter import LIMIT_DB

FADE_SAMPLES = 882  # 20 ms: of one point into the next, and of a song's end
ATTACK_SAMPLES = 220  # 5 ms: of a song's start
SHORTEST_LOOP = 2_205  # 50 ms
ABSENT = -1

Floats = NDArray[np.float32]

_ATTACK = ((np.arange(ATTACK_SAMPLES) + 0.5) / ATTACK_SAMPLES).astype(np.float32)
_RELEASE = ((np.arange(FADE_SAMPLES)[::-1] + 0.5) / FADE_SAMPLES).astype(np.float32)

_FADE_IN = ((np.arange(FADE_SAMPLES) + 0.5) / FADE_SAMPLES).astype(np.float32)


@dataclass(frozen=True, kw_only=True)
class Loop:
    """A region that is played round and round; the whole song unless told.

    A position before the region leads into it. One past it leads to the end of the
    song, and from there to the region's start.
    """

    start: int = 0  # samples
    stop: int | None = None  # None: the end of the song

    def within(self, samples: int) -> tuple[int, int]:
        """Start and stop in a song so long; all of it where too little is left."""
        stop = samples if self.stop is None else min(self.stop, samples)
        start = max(0, self.start)
        return (start, stop) if stop - start >= SHORTEST_LOOP else (0, samples)


WHOLE = Loop()


class Tape:
    """Some frames of a song of `samples` samples, as they sound at one point.

    Parameters
    ----------
    samples : int
        Of the song, 1 or more.
    frame_samples : int
        Samples of a frame.
    slots : int
        Frames it can hold at once.
    ceiling_db : float
        Of the limiter while it sounds.
    """

    def __init__(
        self,
        *,
        samples: int,
        frame_samples: int,
        slots: int,
        ceiling_db: float = LIMIT_DB,
    ) -> None:
        self.samples = samples
        self.ceiling_db = ceiling_db
        self.frame_samples = frame_samples
        self.frames = -(-samples // frame_samples)
        slots = min(slots, self.frames)
        self.retired_at = -1  # the player's block count when another took its place
        self._sound = np.zeros((slots, frame_samples, CHANNELS), np.float32)
        self._slot_of_frame = np.full(self.frames, ABSENT, np.int32)
        self._frame_of_slot = np.full(slots, ABSENT, np.int32)
        self._lead_in = np.zeros((FADE_SAMPLES, CHANNELS), np.float32)

    def clear(self) -> None:
        """Forget every frame."""
        held = self._frame_of_slot[self._frame_of_slot != ABSENT]
        self._slot_of_frame[held] = ABSENT
        self._frame_of_slot.fill(ABSENT)

    def write(self, frame: int, sound: Floats, *, playhead: int) -> None:
        """Take in one frame.

        Parameters
        ----------
        frame : int
        sound : (C, frame_samples) float32
            One channel goes to both sides.
        playhead : int
            Samples; the frame there is the last to be given up.
        """
        slot = self._slot_for(frame, playhead // self.frame_samples)
        self._sound[slot] = sound.T
        self._frame_of_slot[slot] = frame
        self._slot_of_frame[frame] = slot

    def wrapped(self, position: int, count: int, loop: Loop) -> int:
        """Where `count` samples from `position` on lead."""
        start, stop = loop.within(self.samples)
        edge = stop if position < stop else self.samples
        if position + count < edge:
            return position + count
        return start + (position + count - edge) % (stop - start)

    def missing(self, position: int, count: int, *, loop: Loop | None = WHOLE) -> int:
        """The first frame that `count` samples from `position` on need and lack.

        `ABSENT` where there is all of them. Without a loop nothing is needed past the
        end of the song; with one, what lies at its start, and what leads up to it.
        """
        start, stop = (loop or WHOLE).within(self.samples)
        lead_in = min(start, FADE_SAMPLES)
        edge = stop if position < stop else self.samples
        while count > 0:
            if position >= edge:
                if loop is None:
                    return ABSENT
                position = start - lead_in
                count += lead_in
                edge = stop
            frame = position // self.frame_samples
            if self._slot_of_frame[frame] == ABSENT:
                return frame
            step = min((frame + 1) * self.frame_samples, edge) - position
            position += step
            count -= step
        return ABSENT

    def covers(self, position: int, count: int, *, loop: Loop | None) -> bool:
        """True where `count` samples from `position` on are all there."""
        return self.missing(position, count, loop=loop) == ABSENT

    def gap(
        self, position: int, count: int, *, limit: int, loop: Loop = WHOLE
    ) -> tuple[int, int]:
        """The first frames, start to stop, that `missing` would name, at most `limit`.

        Start and stop are equal where nothing is missing.
        """
        count = min(count, self.samples)
        first = self.missing(position, count, loop=loop)
        if first == ABSENT:
            return 0, 0
        start, stop = loop.within(self.samples)
        edge = stop if position < stop else self.samples
        end = min(position + count, edge)
        if not position // self.frame_samples <= first < -(-end // self.frame_samples):
            end = min(start + position + count - edge, stop)
        last = first + 1
        while (
            last < min(first + limit, self.frames)
            and last * self.frame_samples < end
            and self._slot_of_frame[last] == ABSENT
        ):
            last += 1
        return first, last

    def read(self, position: int, out: Floats, *, loop: Loop | None) -> None:
        """Fill `out` (n, 2) with what lies at `position`, softened at the song's ends.

        Past the end there is silence, or with a loop its start; where a frame is
        missing there is silence.
        """
        if loop is None:
            self._read_on(position, out)
            return
        start, stop = loop.within(self.samples)
        edge = stop if position < stop else self.samples
        done = 0
        while done < len(out):
            if position >= edge:
                position, edge = start, stop
            count = min(len(out) - done, edge - position)
            piece = out[done : done + count]
            self._read_on(position, piece)
            if start > 0 or edge < self.samples:
                self._lead_over(position, piece, start=start, edge=edge)
            position += count
            done += count

    def _read_on(self, position: int, out: Floats) -> None:
        """Fill `out` with what lies at `position`, silence before and past the song."""
        done = min(len(out), max(0, -position))
        out[:done] = 0.0
        while done < len(out):
            at = position + done
            if at >= self.samples:
                out[done:] = 0.0
                return
            frame, offset = divmod(at, self.frame_samples)
            count = min(len(out) - done, self.frame_samples - offset, self.samples - at)
            piece = out[done : done + count]
            slot = self._slot_of_frame[frame]
            if slot == ABSENT:
                piece.fill(0.0)
            else:
                piece[...] = self._sound[slot, offset : offset + count]
                self._soften(at, piece)
            done += count

    def _lead_over(self, position: int, out: Floats, *, start: int, edge: int) -> None:
        """Fade what leads up to `start` into what leads up to `edge`."""
        first = edge - FADE_SAMPLES
        skipped = max(0, first - position)
        fading = out[skipped:]
        if not len(fading):
            return
        at = position + skipped - first  # in the fade
        lead_in = self._lead_in[: len(fading)]
        self._read_on(start - FADE_SAMPLES + at, lead_in)
        np.subtract(lead_in, fading, out=lead_in)
        weights = _FADE_IN[at : at + len(fading)]
        np.multiply(lead_in, weights[:, np.newaxis], out=lead_in)
        np.add(fading, lead_in, out=fading)

    def _soften(self, position: int, piece: Floats) -> None:
        """Raise the song's first samples from silence, and lower its last ones."""
        if position < ATTACK_SAMPLES:
            rise = _ATTACK[position : position + len(piece)]
            piece[: len(rise)] *= rise[:, np.newaxis]
        start = self.samples - FADE_SAMPLES
        if position + len(piece) > start:
            skipped = max(0, start - position)
            at = position + skipped - start
            fall = _RELEASE[at : at + len(piece) - skipped]
            piece[skipped:] *= fall[:, np.newaxis]

    def _slot_for(self, frame: int, playing: int) -> int:
        """The slot for a frame: its own, a free one, or that of the last played."""
        own = int(self._slot_of_frame[frame])
        if own != ABSENT:
            return own
        free = np.flatnonzero(self._frame_of_slot == ABSENT)
        if len(free):
            return int(free[0])
        slot = int(np.argmax((self._frame_of_slot - playing) % self.frames))
        self._slot_of_frame[self._frame_of_slot[slot]] = ABSENT
        return slot
