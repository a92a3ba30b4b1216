"""Which slice of the picture is drawn next, and of which scene."""

from collections.abc import Callable

from explorer.engine.picture import Picture, View, levels, outward, seen
from explorer.engine.protocol import Event, PictureReady, PictureSlice
from explorer.engine.scene import Piece, Scene

SLICE_FRAMES = 64  # a slice of 32 frames costs more than half as much


class Easel:
    """Draws the newest scene, slice by slice, each piece on a picture of its own.

    A new scene is begun at the playhead; then come the slices that have waited longest.
    So while a slider is dragged the whole picture goes on following, some slices a
    little behind, instead of beginning anew with every move.
    """

    def __init__(self, send: Callable[[Event], None]) -> None:
        self._send = send
        self._picture: Picture | None = None
        self._scene: Scene | None = None
        self._view = View()
        self._slices: list[tuple[int, int]] = []  # still to be drawn, the next one last
        self._stamps: dict[tuple[int, int], int] = {}  # what each slice shows
        self._count = 0  # slices of the picture
        self._advanced = True  # beyond the playhead's slice since the last beginning

    def draw_slice(self, scene: Scene, view: View, frame: int) -> bool:
        """Draw the next slice of a scene; False where all of it is drawn.

        A scene or a view not seen before is begun at `frame`.
        """
        if scene is not self._scene or view is not self._view:
            self._begin(scene, view, frame)
        picture = self._picture
        if picture is None or not self._slices:
            return False
        self._advanced |= len(self._slices) < self._count
        start, stop = self._slices.pop()
        coefficients = seen(scene.coefficients(start, stop), view.channels)
        frame_samples = scene.piece.transform.frame_samples
        picture.draw(start, levels(coefficients, frame_samples))
        finished = not self._slices
        stamp = max(scene.stamp, view.stamp)
        self._stamps[start, stop] = stamp
        whole = len(self._stamps) == self._count
        self._send(
            PictureSlice(
                stamp=stamp,
                start=start,
                stop=stop,
                finished=finished,
                oldest=min(self._stamps.values()) if whole else 0,
            )
        )
        return True

    def close(self) -> None:
        """Give the picture's memory back."""
        if self._picture is not None:
            self._picture.close()
            self._picture = None

    def _begin(self, scene: Scene, view: View, frame: int) -> None:
        if self._scene is None or self._scene.piece is not scene.piece:
            self.close()
            self._picture = self._announced(scene.piece)
            self._stamps = {}
        self._scene, self._view = scene, view
        frames = scene.piece.synthesis.frames
        first, *rest = outward(frames, frame, SLICE_FRAMES)
        self._count = 1 + len(rest)
        if self._advanced:  # else moves come so fast that nothing else would be drawn
            rest.sort(key=self._shown)
            slices = [first, *rest]
        else:
            slices = sorted([first, *rest], key=self._shown)
        self._advanced = False
        self._slices = slices[::-1]

    def _shown(self, part: tuple[int, int]) -> int:
        return self._stamps.get(part, 0)

    def _announced(self, piece: Piece) -> Picture:
        picture = Picture(piece.synthesis.frames, piece.transform.kept)
        event = PictureReady(
            name=picture.name,
            frames=piece.synthesis.frames,
            kept=piece.transform.kept,
            frame_s=piece.transform.frame_s,
            band_hz=piece.transform.band_hz,
        )
        self._send(event)
        return picture
