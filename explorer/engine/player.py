"""What the sound device is handed: tapes, faded into one another, at the playhead.

`Player.fill` runs in the audio callback: it copies, fades and counts; it takes no lock,
asks for no memory beyond views, writes no log and knows no torch. Other threads speak
to it by putting a frozen record in an attribute, which it looks at once a buffer: the
newest wins, and a record is obeyed once.

A new point is a new tape. It is laid over the one that sounds and fades in over 20 ms
in a straight line, for old and new are much alike; should a third come meanwhile, it is
laid over both. All go on at their own positions, so a jump is a fade as well:

    layer 2, newest      ____/‾‾‾     what is heard is the mix of layers 0 and 1,
    layer 1          ___/‾‾‾‾‾‾‾      and of that mix and layer 2;
    layer 0          ‾‾‾‾‾‾‾‾‾‾‾      what lies under a finished fade is dropped
"""

import time
from collections import deque

import numpy as np
from numpy.typing import NDArray

from explorer.engine.handover import Handover, Jump, Sounded, Transport
from explorer.engine.master import Master
from explorer.engine.mixing import BLOCK, Envelope, Layer, Mixer
from explorer.engine.playhead import Playhead
from explorer.engine.status import StatusBoard
from explorer.engine.tap import Tap
from explorer.engine.tape import FADE_SAMPLES, Loop, Tape

REMEMBERED = 256  # points that sounded and were not asked about yet

Floats = NDArray[np.float32]


class Player:
    """Mixes what is heard, buffer by buffer.

    Attributes
    ----------
    playing : bool
    blocks : int
        Buffers filled so far.
    buffer_samples : int
        Of the last one.
    ended : int
        How often the song has come to its end without a loop.
    sounded : deque of Sounded
        What has begun to sound and was not asked about yet.
    jump : Jump or None
        The last one obeyed.
    tap : Tap or None
        Takes what is handed to the device.
    loop : Loop or None
        What is wanted; it comes in as soon as its sound is there.
    """

    def __init__(self, board: StatusBoard) -> None:
        self.playing = False
        self.blocks = 0
        self.buffer_samples = 0
        self.ended = 0
        self.sounded: deque[Sounded] = deque(maxlen=REMEMBERED)
        self.jump: Jump | None = None
        self.tap: Tap | None = None
        self._board = board
        self._transport: Transport | None = None
        self._obeyed: Transport | None = None
        self._handover: Handover | None = None
        self._taken: Handover | None = None
        self.loop: Loop | None = None
        self._held_back = False
        self._held: tuple[Tape, ...] = ()
        self._underruns = 0
        self._playhead = Playhead()
        self._master = Master()
        self._mixer = Mixer()
        self._envelope = Envelope()

    # ------------------------------------------------------------ other threads

    @property
    def position(self) -> int:
        """Samples: where in the song the next buffer begins."""
        return self._playhead.position

    def hand_over(self, handover: Handover) -> None:
        """Play another tape, from the next buffer on."""
        before = self._handover
        self._handover = handover
        if before is not None:
            before.tape.retired_at = self.blocks

    def holds(self, tape: Tape) -> bool:
        """True while the tape may still be read, so that no one may write on it.

        A buffer under way may just have taken up a tape that was replaced meanwhile;
        it has said so once it is finished.
        """
        handover = self._handover
        waiting = handover is not None and handover.tape is tape
        return waiting or tape.retired_at >= self.blocks or tape in self._held

    def play(self) -> None:
        """Start; from the start of the song where it is at its end."""
        self._transport = Transport(playing=True)

    def pause(self) -> None:
        """Stop, and stay."""
        self._transport = Transport(playing=False)

    def set_loop(self, loop: Loop | None) -> None:
        """Play a region round and round, or stop at the end of the song."""
        self.loop = loop

    def set_gain(self, gain: float) -> None:
        """Set the factor to what is heard; 0 is silence."""
        self._envelope.target_gain = gain

    def set_mute(self, muted: bool) -> None:
        """Let nothing be heard, and go on."""
        self._envelope.muted = muted

    def set_limiter(self, enabled: bool) -> None:
        """Hold peaks under the ceiling, or clip them at full scale."""
        self._master.limiter.enabled = enabled

    def hold_back(self, held: bool) -> None:
        """Fade out and wait, as if paused, while nothing can be heard."""
        self._held_back = held

    @property
    def silent(self) -> bool:
        """True where no fade is under way and nothing is heard."""
        return self._envelope.closed

    # ------------------------------------------------------------ the sound thread

    def fill(self, out: Floats, *, latency: int = 0, late: bool = False) -> None:
        """Fill a buffer.

        Parameters
        ----------
        out : (n, 2) float32
            Full scale ±1.
        latency : int
            Samples until the first of them is heard.
        late : bool
            The buffer before came too late for the device.
        """
        starved = late and not self.silent  # else it was silence that came late
        self.buffer_samples = len(out)
        self._master.begin()
        self._obey()
        self._take(len(out))
        self._enter_loop(len(out))
        heard = self._playhead.heard(latency, self._mixer.top)
        for start in range(0, len(out), BLOCK):
            starved |= self._fill_block(out[start : start + BLOCK])
        self._underruns += starved
        self._master.end()
        tap = self.tap
        if tap is not None:
            tap.fill(out)
        self._board.write(
            position=heard,
            playing=self.playing,
            peak_left=float(self._master.peaks[0]),
            peak_right=float(self._master.peaks[1]),
            underruns=self._underruns,
            reduction_db=self._master.limiter.reduction_db,
            clipped=self._master.clipped,
        )
        self.blocks += 1

    def _obey(self) -> None:
        transport = self._transport
        if transport is None or transport is self._obeyed:
            return
        self._obeyed = transport
        self.playing = transport.playing
        top = self._mixer.top
        if self.playing and top is not None and top.position >= top.tape.samples:
            self._mixer.replace(Layer(top.tape, 0, self.loop))
            self._playhead.jump(0)

    def _take(self, count: int) -> None:
        """Lay the newest tape over the others, if it is ready and there is room."""
        handover = self._handover
        if handover is None or handover is self._taken or self._mixer.full:
            return
        tape = handover.tape
        jumps = handover.jump is not None and handover.jump is not self.jump
        if jumps and not self.playing and not self._envelope.closed:
            return  # the sound that fades out would carry the playhead past the place
        position = self.position
        if jumps and handover.jump is not None:
            position = handover.jump.position
        position = min(position, tape.samples)
        if not tape.covers(position, _needed(count, self.loop), loop=self.loop):
            return
        layer = Layer(tape, position, self.loop)
        if self._envelope.closed:
            self._mixer.replace(layer)
        else:
            self._mixer.add(layer)
        if self.playing:
            self._note(handover)
        if jumps:
            self._playhead.jump(position)
        self._playhead.position = position
        self._held = self._mixer.tapes
        self._taken = handover
        self.jump = handover.jump

    def _enter_loop(self, count: int) -> None:
        """Fade to another loop at the playhead, once its sound is there."""
        top = self._mixer.top
        if top is None or top.loop == self.loop:
            return
        layer = Layer(top.tape, top.position, self.loop)
        if self._envelope.closed:
            self._mixer.replace(layer)
        elif not self._mixer.full and top.tape.covers(
            top.position, _needed(count, self.loop), loop=self.loop
        ):
            self._mixer.add(layer)

    def _note(self, handover: Handover) -> None:
        if self._taken is None or handover.stamp != self._taken.stamp:
            delay_ns = time.monotonic_ns() - handover.time_ns
            self.sounded.append(Sounded(stamp=handover.stamp, delay_ns=delay_ns))

    def _fill_block(self, out: Floats) -> bool:
        """Fill up to BLOCK samples; True where something was lacking."""
        top = self._mixer.top
        if top is None:
            out.fill(0.0)
            return False
        needed = _needed(len(out), top.loop)
        ready = top.tape.covers(top.position, needed, loop=top.loop)
        opening = self.playing and ready and not self._held_back
        count = self._envelope.reach(len(out), opening=opening)
        if top.loop is None:
            count = min(count, self._mixer.remaining)
        sounding, rest = out[:count], out[count:]
        before = top.position
        self._mixer.mix(sounding)
        self._envelope.shape(sounding, opening=opening)
        rest.fill(0.0)
        self._master.limiter.ceiling_db = self._mixer.ceiling_db
        self._master.finish(out)
        self._playhead.advance(count, len(rest), top, before)
        self._arrive(top)
        return self.playing and not ready

    def _arrive(self, top: Layer) -> None:
        """Note what the block has left, and whether the song is over."""
        self._held = self._mixer.tapes
        if self.playing and top.loop is None and self._mixer.remaining == 0:
            self.playing = False
            self.ended += 1
            self._envelope.close()


def _needed(count: int, loop: Loop | None) -> int:
    """Samples that have to be there to play `count`, and then to fade out if need be.

    A loop is faded over ahead of its stop, so that it needs its start so much earlier.
    """
    return count + (FADE_SAMPLES if loop is None else 2 * FADE_SAMPLES)
