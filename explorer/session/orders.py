"""What the engine is told, each thing once."""

from collections.abc import Callable

from explorer.engine.protocol import (
    ChannelView,
    Command,
    SetChannels,
    SetGain,
    SetLoop,
    SetPoint,
)
from explorer.session.playback import Playback
from explorer.session.point import LatentPoint


class Orders:
    """Sends commands, and remembers which point the engine last heard of.

    Attributes
    ----------
    stamp : int
        Of the newest point or channels sent; later ones are larger.
    told : LatentPoint or None
        The newest point sent to this engine.
    """

    def __init__(
        self, send: Callable[[Command], None], clock_ns: Callable[[], int]
    ) -> None:
        self.send = send
        self.stamp = 0
        self._clock_ns = clock_ns
        self.told: LatentPoint | None = None
        self._channels: ChannelView = "both"  # what a fresh engine draws

    def tell_point(self, point: LatentPoint, time_ns: int | None = None) -> None:
        """Tell the point, where it differs from what was last told.

        `time_ns` is the time of the person's action, where that is not now.
        """
        told, self.told = self.told, point
        if told != point:
            self.stamp += 1
            self.send(
                SetPoint(
                    stamp=self.stamp,
                    time_ns=self._clock_ns() if time_ns is None else time_ns,
                    offset=point.whole,
                    spans=point.spans,
                    voicing=point.voicing,
                )
            )

    def withhold(self, point: LatentPoint) -> int:
        """Take a point for told, which is told later; gives the time of that action."""
        self.told = point
        return self._clock_ns()

    def tell_playback(self, playback: Playback) -> None:
        """Tell how loud, and whether round and round."""
        self.tell_loop(playback)
        self.send(SetGain(gain_db=playback.gain_db))

    def tell_loop(self, playback: Playback) -> None:
        """Tell whether to play round and round, and which stretch."""
        start, stop = playback.region or (None, None)
        self.send(SetLoop(enabled=playback.loop, start=start, stop=stop))

    def tell_channels(self, channels: ChannelView) -> None:
        """Tell what the picture shows, where it differs from what was last told."""
        if channels != self._channels:
            self._channels = channels
            self.stamp += 1
            self.send(SetChannels(stamp=self.stamp, channels=channels))

    def forget_point(self) -> None:
        """Another song: the engine stands at its own point."""
        self.told = None

    def forget(self) -> None:
        """Another engine, or another song: it has heard of no point yet."""
        self.told = None
        self._channels = "both"
