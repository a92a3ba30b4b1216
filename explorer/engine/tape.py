"""Rendered sound of one point, frame by frame, from where the playhead is.

A tape holds a few seconds of a song, each frame in a slot. The renderer writes frames
in the order they will be played, past the end of the song from its start again, and the
player reads them. When all slots are full a new frame takes the slot of the one that
will be played last, which is the one just played.

         playhead
            |
    song  0 1 2 3 4 5 6 7 8 9          slots    4 5 1 2 3
            * * * * *                  frames   the five from the playhead on

Only one thread writes a tape and only one reads it: a frame's slot is entered in
`slot_of_frame` after its samples are there, and struck out before they go.
"""

import numpy as np
from numpy.typing import NDArray

CHANNELS = 2
FADE_SAMPLES = 882  # 20 ms: of one point into the next, and of a song's end
ATTACK_SAMPLES = 220  # 5 ms: of a song's start
ABSENT = -1

Floats = NDArray[np.float32]

_ATTACK = ((np.arange(ATTACK_SAMPLES) + 0.5) / ATTACK_SAMPLES).astype(np.float32)
_RELEASE = ((np.arange(FADE_SAMPLES)[::-1] + 0.5) / FADE_SAMPLES).astype(np.float32)


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
    """

    def __init__(self, *, samples: int, frame_samples: int, slots: int) -> None:
        self.samples = samples
        self.frame_samples = frame_samples
        self.frames = -(-samples // frame_samples)
        slots = min(slots, self.frames)
        self.retired_at = -1  # the player's block count when another took its place
        self._sound = np.zeros((slots, frame_samples, CHANNELS), np.float32)
        self._slot_of_frame = np.full(self.frames, ABSENT, np.int32)
        self._frame_of_slot = np.full(slots, ABSENT, np.int32)

    @property
    def capacity(self) -> int:
        """Samples it can hold at once."""
        return len(self._frame_of_slot) * self.frame_samples

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

    def missing(self, position: int, count: int, *, loop: bool = True) -> int:
        """The first frame that `count` samples from `position` on need and lack.

        `ABSENT` where there is all of them. Without `loop` nothing is needed past the
        end of the song, with it what lies at the start.
        """
        while count > 0:
            if position >= self.samples:
                if not loop:
                    return ABSENT
                position %= self.samples
            frame = position // self.frame_samples
            if self._slot_of_frame[frame] == ABSENT:
                return frame
            step = min((frame + 1) * self.frame_samples, self.samples) - position
            position += step
            count -= step
        return ABSENT

    def covers(self, position: int, count: int, *, loop: bool) -> bool:
        """True where `count` samples from `position` on are all there."""
        return self.missing(position, count, loop=loop) == ABSENT

    def gap(self, position: int, count: int, *, limit: int) -> tuple[int, int]:
        """The first frames, start to stop, that `missing` would name, at most `limit`.

        Start and stop are equal where nothing is missing.
        """
        position %= self.samples
        count = min(count, self.samples)
        start = self.missing(position, count)
        if start == ABSENT:
            return 0, 0
        end = position + count
        if start < position // self.frame_samples:
            end -= self.samples
        stop = start + 1
        while (
            stop < min(start + limit, self.frames)
            and stop * self.frame_samples < end
            and self._slot_of_frame[stop] == ABSENT
        ):
            stop += 1
        return start, stop

    def read(self, position: int, out: Floats, *, loop: bool) -> None:
        """Fill `out` (n, 2) with what lies at `position`, softened at the song's ends.

        Past the end there is silence, or with `loop` the start; where a frame is
        missing there is silence.
        """
        done = 0
        while done < len(out):
            at = position + done
            if at >= self.samples:
                if not loop:
                    out[done:] = 0.0
                    return
                at %= self.samples
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
