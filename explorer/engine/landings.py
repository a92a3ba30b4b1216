"""Finds where jumps land, on a thread of its own: none waits for a file being written.

Letters: L latent size.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable

from explorer.engine.failure import failure
from explorer.engine.protocol import Event, Failed, JumpLanded, LandJump
from explorer.engine.renderer import Renderer
from explorer.engine.scene import Piece, Scene
from vae.errors import PointError
from vae.latents.levelling import Reach
from vae.synthesis.jump import Jump, Jumps
from vae.synthesis.synthesis import Synthesis

MOST_WAITING = 4
LOOK_S = 0.1  # between looks for another piece to get acquainted with

_log = logging.getLogger(__name__)


class Landings:
    """Answers jumps, the newest first.

    While there are none and the renderer rests, it gets to know the piece: the first
    jump shall take no longer than others.
    """

    def __init__(self, renderer: Renderer, send: Callable[[Event], None]) -> None:
        self._renderer = renderer
        self._send = send
        self._changed = threading.Condition()
        self._waiting: deque[LandJump] = deque()
        self._closing = False
        self._known: tuple[Piece, Jumps] | None = None
        self._thread = threading.Thread(target=self._run, name="landings", daemon=True)
        self._thread.start()

    # ------------------------------------------------------------ other threads

    def ask(self, request: LandJump) -> None:
        """Take a jump; it is answered by events of its number."""
        with self._changed:
            self._waiting.append(request)
            if len(self._waiting) > MOST_WAITING:
                number = self._waiting.popleft().request
                message = "Newer jumps came before its turn."
                self._send(Failed(request=number, message=message, cancelled=True))
            self._changed.notify()

    def close(self, timeout_s: float) -> None:
        """End the thread, if it does so in time."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(timeout_s)

    # ------------------------------------------------------------ the thread

    def _run(self) -> None:
        while not self._closing:
            request = self._next()
            if request is None:
                self._get_acquainted()
                continue
            try:
                self._answer(request)
            except Exception as error:  # noqa: BLE001 - a thread's edge
                words = f"where jump {request.request} lands"
                self._send(failure(request.request, error, words))

    def _next(self) -> LandJump | None:
        """The newest jump; None where there is none for a while."""
        with self._changed:
            if not self._waiting and not self._closing:
                self._changed.wait(LOOK_S)
            return self._waiting.pop() if self._waiting else None

    def _answer(self, request: LandJump) -> None:
        scene = self._renderer.scene
        if scene is None or not scene.edit.offset.shape == request.offset.shape:
            raise PointError("a jump needs a model of its own latent size")
        landed = self._jumps(scene.piece).landed(
            _jump(request, scene, self._frame(scene))
        )
        self._send(JumpLanded(request=request.request, offset=landed))

    def _get_acquainted(self) -> None:
        scene = self._renderer.scene
        if scene is None or not self._renderer.resting:
            return
        if self._known is not None and self._known[0] is scene.piece:
            return
        try:
            self._jumps(scene.piece).get_ready()
        except Exception:  # noqa: BLE001 - a thread's edge
            _log.exception("no jump over this piece could be tried")

    def _jumps(self, piece: Piece) -> Jumps:
        if self._known is None or self._known[0] is not piece:
            synthesis = piece.synthesis
            assert isinstance(synthesis, Synthesis)
            self._known = piece, Jumps(synthesis)
        return self._known[1]

    def _frame(self, scene: Scene) -> int:
        return self._renderer.playhead // scene.piece.transform.frame_samples


def _jump(request: LandJump, scene: Scene, frame: int) -> Jump:
    """What is asked for, in frames, with what is filtered."""
    length = scene.piece.transform.frame_samples
    same = request.voicing.source == scene.edit.voicing.source
    return Jump(
        offset=request.offset,
        reach=Reach(least=request.least, most=request.most, fixed=request.fixed),
        like=request.like,
        voicing=request.voicing,
        other=scene.other if same else None,
        frame=frame,
        start=request.start // length,
        stop=None if request.stop is None else -(-request.stop // length),
    )
