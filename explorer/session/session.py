"""The explorer's state and everything a person can do to it."""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from psygnal import Signal

from explorer.engine import protocol
from explorer.engine.protocol import Event, Source
from explorer.session.engine_state import EngineState
from explorer.session.history import History
from explorer.session.loading import Loading
from explorer.session.messages import Messages
from explorer.session.model import Model
from explorer.session.orders import Orders
from explorer.session.picture import Picture, Pixels
from explorer.session.places import Places
from explorer.session.playback import Playback, Reading
from explorer.session.point import RANGE_SIGMA, LatentPoint, origin
from explorer.session.reception import Reception
from explorer.session.song import Song
from explorer.session.tasks import Tasks

Floats = NDArray[np.float32]


class Session:
    """The one object every widget holds: read it, call its verbs, listen to it.

    It belongs to the main thread. What it wants of the engine it says by
    `command_requested`; what the engine answers comes in by `receive`.

    Attributes
    ----------
    history : History
        Where the sliders stood, and stand.
    playback : Playback
        The playhead and the sound.
    picture : Picture
        The decoded image.
    engine : EngineState
        How the engine is.
    tasks : Tasks
        What the engine is still busy with.
    messages : Messages
        What the person has to be told.
    places : Places
        The folders last used.
    loading : Loading
        How the model and the song come to be open.
    orders : Orders
        What the engine is told.
    """

    command_requested = Signal(object)
    engine_restart_requested = Signal()
    model_changed = Signal()
    song_changed = Signal()
    point_changed = Signal()

    def __init__(
        self,
        *,
        model_path: Path | None = None,
        song_path: Path | None = None,
        rng: np.random.Generator | None = None,
        clock_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self.history = History(origin(0))
        self.playback = Playback(clock_ns)
        self.picture = Picture()
        self.engine = EngineState()
        self.tasks = Tasks()
        self.messages = Messages()
        self.places = Places()
        self.orders = Orders(self.command_requested.emit, clock_ns)
        self.loading = Loading(
            model_path=model_path,
            song_path=song_path,
            tasks=self.tasks,
            messages=self.messages,
            send=self.orders.send,
        )
        self._rng = rng if rng is not None else np.random.default_rng()
        self._reception = Reception(self)

    # ------------------------------------------------------------ what is

    @property
    def model(self) -> Model | None:
        """The model that is open."""
        return self.loading.model

    @property
    def song(self) -> Song | None:
        """The song that is open."""
        return self.loading.song

    @property
    def point(self) -> LatentPoint:
        """Where the sliders stand, as an offset from the song's path."""
        return self.history.point

    @property
    def path_mean(self) -> Floats:
        """(L,) float32 in σ, the mean of the song's path; zero without a song."""
        if self.song is None:
            return np.zeros(self.point.latent_size, np.float32)
        return self.song.path_mean

    @property
    def values(self) -> Floats:
        """(L,) float32 in σ, what the sliders show: the path's mean plus the offset."""
        return self.path_mean + self.point.offset

    @property
    def marks(self) -> Floats:
        """(L,) float32 in σ, where the moved path is at the playhead."""
        if self.song is None:
            return self.values
        return self.song.path_at(self.position_s) + self.point.offset

    @property
    def position_s(self) -> float:
        """Seconds from the start of the song to the playhead."""
        rate = self.song.sample_rate if self.song else 0
        return self.playback.position / rate if rate else 0.0

    @property
    def ready(self) -> bool:
        """True where there is something to play and to move."""
        return self.loading.settled

    @property
    def picture_current(self) -> bool:
        """True where the whole picture shows the present point."""
        drawn = self.picture.finished and self.picture.stamp >= self.orders.stamp
        return self.ready and drawn

    # ------------------------------------------------------------ moving

    def move_axis(self, axis: int, sigma: float) -> None:
        """Put a slider somewhere, within its range: the path's mean goes to `sigma`."""
        sigma = min(max(sigma, -RANGE_SIGMA), RANGE_SIGMA)
        offset = sigma - float(self.path_mean[axis])
        self._record(f"Axis {axis + 1} to {sigma:+.2f} σ", axis=axis, offset=offset)

    def reset_axis(self, axis: int) -> None:
        """Put a slider back to the song's own value."""
        self._record(f"Reset axis {axis + 1}", axis=axis, offset=0.0)

    def begin_gesture(self) -> None:
        """Let every move from now on be one step of the history: a drag begins."""
        self.history.begin_gesture()

    def end_gesture(self) -> None:
        """The drag is over."""
        self.history.end_gesture()

    def reset_all(self) -> None:
        """Put every slider back to the song's own value."""
        self._go("Reset all", self.point.with_offset(np.zeros(self.point.latent_size)))

    def randomize(self) -> None:
        """Go to a random point of the training songs' own cloud."""
        if self.model is not None:
            target = self.model.random_position(self._rng)
            self._go("Random point", self.point.with_offset(target - self.path_mean))

    def set_source(self, source: Source) -> None:
        """Let the decoder filter the song itself, or noise."""
        self._go(f"Source: {source}", self.point.with_source(source))

    def undo(self) -> None:
        """Take back the last step."""
        if self.history.undo():
            self._announce_point()

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.history.redo():
            self._announce_point()

    # ------------------------------------------------------------ playing

    def play(self) -> None:
        """Play on from the playhead."""
        if self.ready:
            self.playback.set_playing(True)
            self.orders.send(protocol.Play())

    def pause(self) -> None:
        """Stop, and stay."""
        self.playback.set_playing(False)
        self.orders.send(protocol.Pause())

    def toggle_playing(self) -> None:
        """Play if paused, pause if playing."""
        if self.playback.playing:
            self.pause()
        else:
            self.play()

    def seek(self, position_s: float) -> None:
        """Move the playhead, within the song."""
        if self.song is not None and self.ready:
            position = round(position_s * self.song.sample_rate)
            position = min(max(position, 0), self.song.samples)
            self.playback.place(position)
            self.orders.send(protocol.Seek(position=position))

    def set_loop(self, loop: bool) -> None:
        """Play the song round and round, or stop at its end."""
        self.playback.set_loop(loop)
        self.orders.send(protocol.SetLoop(enabled=self.playback.loop))

    def set_gain_db(self, gain_db: float) -> None:
        """Set how loud it is played, not how loud it is exported."""
        self.playback.set_gain_db(gain_db)
        self.orders.send(protocol.SetGain(gain_db=self.playback.gain_db))

    # ------------------------------------------------------------ files

    def open_song(self, path: Path) -> None:
        """Open a sound file; it becomes the source and the sliders go to its point."""
        self.places.songs = path.parent
        self.loading.open_song(path)

    def open_model(self, path: Path) -> None:
        """Open a model file; the song is encoded anew for it."""
        self.places.models = path.parent
        self.loading.open_model(path)

    def export(self, path: Path) -> None:
        """Write the song as heard now, but for the gain, to a WAV or FLAC file."""
        if self.ready:
            self.places.exports = path.parent
            task = self.tasks.start("export", path, f"Writing {path.name}…")
            self.orders.send(protocol.Export(request=task.request, path=path))

    def cancel(self, request: int) -> None:
        """Give up a task."""
        self.orders.send(protocol.Cancel(request=request))

    def restart_engine(self) -> None:
        """Start the engine again after it has stopped for good."""
        if self.engine.phase == "stopped":
            self.engine.set_phase("restarting")
            self.engine_restart_requested.emit()

    # ------------------------------------------------------------ the engine's side

    def receive(self, event: Event) -> None:
        """Take in an event of the engine."""
        self._reception.take(event)

    def receive_slice(self, event: protocol.PictureSlice, rows: Pixels) -> None:
        """Take in a part of the picture: (stop - start, K) uint8."""
        if self.song is not None:
            self.picture.draw(event, rows)

    def receive_reading(self, reading: Reading) -> None:
        """Take in what the engine says of the sound it makes."""
        if self.ready:
            self.playback.observe(reading)

    def engine_lost(self, reason: str, *, restarting: bool) -> None:
        """The engine has died; `reason` says how, as the end of a sentence."""
        self._reception.lose_engine(reason, restarting=restarting)

    def _record(self, label: str, *, axis: int, offset: float) -> None:
        self._go(label, self.point.with_axis(axis, offset))

    def _go(self, label: str, point: LatentPoint) -> None:
        if point != self.point:
            self.history.record(label, point)
            self._announce_point()

    def _announce_point(self) -> None:
        self.orders.tell_point(self.point)
        self.point_changed.emit()
