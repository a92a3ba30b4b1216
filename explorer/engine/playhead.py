"""Where the sound is that is heard now, a latency behind what the device was handed."""

from explorer.engine.mixing import Layer
from explorer.engine.tape import WHOLE


class Playhead:
    """Remembers how the position was come to, as far back as a latency reaches.

    Attributes
    ----------
    position : int
        Samples: where in the song the next buffer begins.
    """

    def __init__(self) -> None:
        self.position = 0
        self._since = 0  # samples played without a break, up to the position
        self._turn = 0  # of them, those since the last turn of a loop
        self._edge = 0  # where that turn was

    def jump(self, position: int) -> None:
        """Go elsewhere; what was played before does not lead there."""
        self.position = position
        self._since = self._turn = 0

    def advance(self, count: int, silence: int, layer: Layer, before: int) -> None:
        """Go on with a layer that was at `before`.

        Parameters
        ----------
        count, silence : int
            Samples that sounded, and those after them that did not.
        """
        self._since = max(0, self._since + count - silence)
        self._turn += count
        if layer.loop is not None and layer.position < before:
            start, stop = layer.loop.within(layer.tape.samples)
            self._turn = layer.position - start
            self._edge = stop if before < stop else layer.tape.samples
        self.position = min(layer.position, layer.tape.samples)

    def heard(self, latency: int, layer: Layer | None) -> int:
        """Where the sound heard now lies, `latency` samples before the position."""
        back = min(latency, self._since)
        over = back - self._turn
        if over <= 0 or layer is None:
            return self.position - back
        start, stop = (layer.loop or WHOLE).within(layer.tape.samples)
        return self._edge - 1 - (over - 1) % (stop - start)
