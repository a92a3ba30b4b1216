"""One thread that renders sound, the newest point always.

A new scene is rendered where the playhead is, only as long as it takes to go on from
there, and handed over. Once no newer one follows it at once, the tape is filled ahead.
Between any two of these steps a newer scene takes over, so no step may take long. The
picture is drawn beside it, by a painter, and begun once the sound is handed over: two
threads at once are slower than one, and the sound is waited for.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from explorer.engine.handover import Handover
from explorer.engine.painter import Painter
from explorer.engine.player import Player
from explorer.engine.priority import raise_priority
from explorer.engine.protocol import (
    UNASKED,
    ChannelView,
    Event,
    Failed,
    Listening,
)
from explorer.engine.scene import Piece, Scene
from explorer.engine.tape import WHOLE, Tape
from explorer.engine.wish import Wish, Wishes
from vae.errors import DctvaeError
from vae.synthesis.edits import Edit
from vae.synthesis.recording import Recording

LEAD_S = 0.3  # rendered ahead before all else, and two buffers
AHEAD_S = 2.5  # rendered ahead at most
SETTLED_S = 0.08  # from a scene to filling its tape ahead: a hand at work moves on
BAND_S = 0.75  # rendered at once at most; three frames cost little more than one
TAPES = 10  # those that sound, one that waits, one written on, and some retired
IDLE_S = 0.05  # between looks at the playhead when there is nothing to do
BUSY_S = 0.001  # between looks at the tapes when all are held

Floats = NDArray[np.float32]

_log = logging.getLogger(__name__)


class Renderer:
    """Keeps the player in tapes and the window in pictures."""

    def __init__(self, player: Player, send: Callable[[Event], None]) -> None:
        self._player = player
        self._send = send
        self._changed = threading.Condition()
        self._wishes = Wishes()
        self._wish: Wish | None = None
        self._closing = False
        self._served: Wish | None = None  # what the tape holds
        self._painted: Wish | None = None  # what the picture shows, or will
        self._refused: Wish | None = None  # what could not be rendered
        self._tapes: list[Tape] = []  # of the piece served
        self._tape: Tape | None = None
        self._settled_s = 0.0  # when the scene served is taken for the last one
        self._faulty: Scene | None = None  # what was last reported
        self._resting = True
        self._painter = Painter(
            send, playhead=lambda: self.playhead, report=self._report
        )
        self._thread = threading.Thread(target=self._run, name="renderer", daemon=True)
        self._thread.start()

    # ------------------------------------------------------------ other threads

    @property
    def scene(self) -> Scene | None:
        """What is wanted now; None before the first piece."""
        wish = self._wish
        return None if wish is None else wish.scene

    @property
    def playhead(self) -> int:
        """Samples: where it is, or will be once it has jumped."""
        wish = self._wish
        return 0 if wish is None else self._head(wish)

    @property
    def resting(self) -> bool:
        """True while there is nothing to render."""
        return self._resting and self._painter.resting

    def show(
        self,
        piece: Piece,
        *,
        position: int | None = None,
        keep_offset: bool = False,
        saying: tuple[Event, ...] = (),
    ) -> None:
        """Go over to another piece.

        Parameters
        ----------
        piece : Piece
        position : int, optional
            Samples; the playhead stays where it is unless given.
        keep_offset : bool
            Take the present edit over, where the latent sizes agree; else nothing but
            its voicing stays.
        saying : tuple of Event
            Sent first; an answer to them finds the piece in place.
        """
        with self._changed:
            for event in saying:
                self._send(event)
            wish = self._wishes.for_piece(
                self._wish, piece, position=position, keep_offset=keep_offset
            )
            self._ask(wish)

    def set_edit(self, edit: Edit, stamp: int, time_ns: int) -> None:
        """Go over to another edit; one of another latent size is passed over."""
        with self._changed:
            self._ask(self._wishes.for_edit(self._wish, edit, stamp, time_ns))

    def listen(self, listening: Listening) -> None:
        """Let something else be heard at the same place."""
        with self._changed:
            self._ask(self._wishes.for_listening(self._wish, listening))

    def set_others(self, others: Mapping[Path, Recording]) -> None:
        """Have these recordings at hand as sources, each as long as the piece."""
        with self._changed:
            self._ask(self._wishes.for_others(self._wish, others))

    def set_channels(self, channels: ChannelView, stamp: int) -> None:
        """Show something else in the picture."""
        with self._changed:
            self._ask(self._wishes.for_channels(self._wish, channels, stamp))

    def seek(self, position: int) -> None:
        """Move the playhead."""
        with self._changed:
            self._ask(self._wishes.for_position(self._wish, position))

    def close(self, timeout_s: float) -> None:
        """End both threads, if they do so in time, and let the picture go."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(timeout_s)
        self._painter.close(timeout_s)

    def _ask(self, wish: Wish | None) -> None:
        if wish is None:
            return
        self._resting = False
        if self._served is None or not wish.sounds_like(self._served):
            self._painter.hold()
        self._wish = wish
        self._changed.notify()

    # ------------------------------------------------------------ the thread

    def _run(self) -> None:
        raise_priority()
        while not self._closing:
            wish = self._wish
            try:
                rest_s = IDLE_S if wish is None else self._step(wish)
            except Exception as error:  # noqa: BLE001 - a thread's edge
                self._refused = wish
                if wish is not None:
                    self._paint(wish)
                    self._report(wish.scene, error)
                rest_s = IDLE_S
            if rest_s:
                with self._changed:
                    if self._wish is wish and not self._closing:
                        self._resting = rest_s == IDLE_S
                        self._changed.wait(rest_s)

    def _step(self, wish: Wish) -> float:
        """Do what is most urgent; gives the seconds to rest before the next step."""
        if wish is not self._served and wish is not self._refused:
            if self._served is None or not wish.sounds_like(self._served):
                return self._serve(wish)
            self._served = wish
            self._paint(wish)
        served, tape = self._served, self._tape
        if served is None or tape is None or self._refused is served:
            return IDLE_S
        if self._fill(tape, served, LEAD_S):
            return 0.0
        unsettled_s = self._settled_s - time.monotonic()
        if unsettled_s > 0:
            return unsettled_s
        return 0.0 if self._fill(tape, served, AHEAD_S) else IDLE_S

    def _serve(self, wish: Wish) -> float:
        """Hand over enough of a scene to go on from the playhead."""
        piece = wish.scene.piece
        if self._served is None or self._served.scene.piece is not piece:
            self._tapes = []
        tape = self._free_tape(piece)
        if tape is None:
            self._paint(wish)  # a device that hangs holds all
            return BUSY_S
        while self._fill(tape, wish, LEAD_S):
            pass
        handover = Handover(
            tape=tape,
            jump=wish.jump,
            stamp=wish.scene.stamp,
            time_ns=wish.scene.time_ns,
        )
        self._player.hand_over(handover)
        self._tape = tape
        self._served = wish
        self._settled_s = time.monotonic() + SETTLED_S
        self._paint(wish)
        return 0.0

    def _paint(self, wish: Wish) -> None:
        """Have the picture drawn, now that its sound is there."""
        if self._painted is None or not wish.looks_like(self._painted):
            self._painted = wish
        self._painter.show(self._painted.scene, self._painted.view)

    def _fill(self, tape: Tape, wish: Wish, ahead_s: float) -> bool:
        """Render one band ahead of the playhead; False where nothing is missing."""
        transform = wish.scene.piece.transform
        head = self._head(wish)
        ahead = round(ahead_s * transform.sample_rate) + 2 * self._player.buffer_samples
        band = max(1, round(BAND_S / transform.frame_s))
        loop = self._player.loop or WHOLE
        start, stop = tape.gap(head, ahead, limit=band, loop=loop)
        if start == stop:
            return False
        sound = wish.scene.sound(start, stop)
        length = tape.frame_samples
        for frame in range(start, stop):
            first = (frame - start) * length
            tape.write(frame, sound[:, first : first + length], playhead=head)
        return True

    def _head(self, wish: Wish) -> int:
        """Where the playhead is, or will be once it has jumped."""
        if wish.jump is not None and wish.jump is not self._player.jump:
            return wish.jump.position
        return min(self._player.position, wish.scene.piece.synthesis.samples)

    def _free_tape(self, piece: Piece) -> Tape | None:
        """An empty tape no one reads; None while there is none."""
        for tape in self._tapes:
            if not self._player.holds(tape):
                tape.clear()
                return tape
        if len(self._tapes) >= TAPES:
            return None
        tape = Tape(
            samples=piece.synthesis.samples,
            frame_samples=piece.transform.frame_samples,
            slots=round(AHEAD_S / piece.transform.frame_s) + 6,
            ceiling_db=piece.ceiling_db,
        )
        self._tapes.append(tape)
        return tape

    def _report(self, scene: Scene, error: Exception) -> None:
        """Say once what is wrong with a scene."""
        with self._changed:
            if scene is self._faulty:
                return
            self._faulty = scene
        if not isinstance(error, DctvaeError):
            _log.error("the renderer failed", exc_info=error)
        message = f"This point cannot be rendered: {error}."
        self._send(Failed(request=UNASKED, message=message))
