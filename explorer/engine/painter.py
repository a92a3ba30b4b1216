"""One thread that draws the picture of the newest scene, so that no sound waits for it.

Between any two slices a newer scene takes over.
"""

import threading
from collections.abc import Callable

from explorer.engine.easel import Easel
from explorer.engine.picture import View
from explorer.engine.priority import lower_priority
from explorer.engine.protocol import Event
from explorer.engine.scene import Scene


class Painter:
    """Keeps the window in pictures.

    Parameters
    ----------
    send : callable
        Takes what the window is told.
    playhead : callable
        Gives the playhead, samples; a scene is begun there.
    report : callable
        Takes a scene that cannot be drawn, and why.
    """

    def __init__(
        self,
        send: Callable[[Event], None],
        *,
        playhead: Callable[[], int],
        report: Callable[[Scene, Exception], None],
    ) -> None:
        self._playhead = playhead
        self._report = report
        self._easel = Easel(send)
        self._changed = threading.Condition()
        self._wanted: tuple[Scene, View] | None = None
        self._resting = True
        self._held = False
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="painter", daemon=True)
        self._thread.start()

    @property
    def resting(self) -> bool:
        """True while there is nothing to draw."""
        return self._resting

    def show(self, scene: Scene, view: View) -> None:
        """Draw another scene, or the same one seen another way; or go on with it."""
        with self._changed:
            self._wanted = scene, view
            self._resting = self._held = False
            self._changed.notify()

    def hold(self) -> None:
        """Go on with no scene that is begun until `show`: a sound comes first."""
        self._held = True

    def close(self, timeout_s: float) -> None:
        """End the thread, and give the picture's memory back if it ends in time."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(timeout_s)
        if not self._thread.is_alive():
            self._easel.close()

    def _run(self) -> None:
        lower_priority()
        begun: tuple[Scene, View] | None = None
        while not self._closing:
            wanted = self._wanted
            if wanted is not None and not (self._held and wanted is begun):
                begun = wanted
                if self._draws(*wanted):
                    continue
            with self._changed:
                if self._wanted is wanted and not self._closing:
                    self._resting = not self._held
                    self._changed.wait()

    def _draws(self, scene: Scene, view: View) -> bool:
        """Draw a slice; False where there is none left, or none can be drawn."""
        frame = self._playhead() // scene.piece.transform.frame_samples
        try:
            return self._easel.draw_slice(scene, view, frame)
        except Exception as error:  # noqa: BLE001 - a thread's edge
            self._report(scene, error)
            return False
