"""The explorer's state and everything a person can do to it."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from psygnal import Signal

from explorer.session.audition import Audition
from explorer.session.blind_test import BlindTest
from explorer.session.bookmarks import Bookmarks
from explorer.session.comparison import Comparison
from explorer.session.coordinates import Coordinates
from explorer.session.effects import AxisEffects
from explorer.session.engine_state import EngineState
from explorer.session.exports import Exports
from explorer.session.guide import Guide
from explorer.session.hearing import Hearing
from explorer.session.history import History
from explorer.session.loading import Loading
from explorer.session.locks import Locks
from explorer.session.messages import Messages
from explorer.session.model import Model
from explorer.session.names import AxisNames
from explorer.session.naming import Naming
from explorer.session.numerals import sigma_text
from explorer.session.orders import Orders
from explorer.session.output import Output
from explorer.session.picture import Picture
from explorer.session.places import Places
from explorer.session.playback import Playback
from explorer.session.point import RANGE_SIGMA, LatentPoint, origin
from explorer.session.point_tools import PointTools
from explorer.session.presets import Presets
from explorer.session.project import Project
from explorer.session.recents import Recents
from explorer.session.reception import Reception
from explorer.session.recorder import Recorder
from explorer.session.recovery import Recovery
from explorer.session.responses import Responses
from explorer.session.slots import Slots
from explorer.session.song import Song
from explorer.session.song_list import SongList
from explorer.session.sources import Sources
from explorer.session.span_edits import SpanEdits
from explorer.session.tasks import Tasks
from explorer.session.training.training import Training
from explorer.session.transport import Transport
from explorer.session.view import View
from vae.latents.basis import LatentBasis
from vae.latents.basis_file import read_basis
from vae.latents.names_file import Names, read_names
from vae.resources import ShippedModel

Floats = NDArray[np.float32]


class Session:
    """The one object every widget holds: read it, call its verbs, listen to it.

    It belongs to the main thread. What it wants of the engine it says by
    `command_requested`; what the engine answers comes in by its `reception`.

    Attributes
    ----------
    shipped : tuple of ShippedModel
        The models that come with the program, to choose among.
    history : History
        Where the sliders stood, and stand.
    playback : Playback
        The playhead and the sound, as they are.
    transport : Transport
        Playing, seeking, looping.
    picture : Picture
        The decoded image.
    view : View
        Which part of it is seen, and how.
    comparison : Comparison
        What it is compared with.
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
    locks : Locks
        Which axes the tools leave alone.
    names : AxisNames
        What the person calls the axes.
    coordinates : Coordinates
        What the sliders stand for.
    tools : PointTools
        Random, mutate, to the mean.
    slots : Slots
        A and B, to be compared.
    bookmarks : Bookmarks
        Points the person has named.
    presets : Presets
        Points in files and on the clipboard.
    songs : SongList
        The songs that are loaded, one of them open.
    recents : Recents
        The files last opened.
    project : Project
        All of it, as it is saved to a file.
    recovery : Recovery
        What an earlier program could not save.
    span_edits : SpanEdits
        Stretches that carry an edit of their own.
    sources : Sources
        What the decoder filters.
    hearing : Hearing
        What is heard: the edit, or what it is compared with.
    blind_test : BlindTest
        Whether there is a difference to be heard.
    recorder : Recorder
        Writing down what is heard.
    exports : Exports
        Writing the song as edited.
    reception : Reception
        Where the engine's events come in.
    output : Output
        Mute, limiter, and the device the sound goes to.
    effects : AxisEffects
        How much each axis changes.
    audition : Audition
        Showing what an axis does.
    responses : Responses
        How quickly moves are heard and seen.
    training : Training
        New models from the person's own songs.
    naming : Naming
        Finding out what the axes of a model do.
    guide : Guide
        What to try first.
    """

    command_requested = Signal(object)
    model_changed = Signal()
    song_changed = Signal()
    point_changed = Signal()

    def __init__(  # noqa: PLR0915 - a line for each room
        self,
        *,
        model_path: Path | None = None,
        song_path: Path | None = None,
        shipped: Sequence[ShippedModel] = (),
        rng: np.random.Generator | None = None,
        clock_ns: Callable[[], int] = time.monotonic_ns,
        read_basis: Callable[[Path], LatentBasis] = read_basis,
        read_names: Callable[[Path], Names] = read_names,
    ) -> None:
        self.shipped = tuple(shipped)
        self.history = History(origin(0))
        self.playback = Playback(clock_ns)
        self.picture = Picture()
        self.view = View()
        self.engine = EngineState()
        self.messages = Messages()
        self.locks = Locks()
        self.names = AxisNames(self.messages)
        self.coordinates = Coordinates(self, read_basis)
        self.places = Places()
        self.orders = Orders(self.command_requested.emit, clock_ns)
        self.tasks = Tasks(self.orders.send)
        self.loading = Loading(
            model_path=model_path,
            song_path=song_path,
            tasks=self.tasks,
            messages=self.messages,
            send=self.orders.send,
        )
        self.transport = Transport(self)
        self.output = Output(self.orders.send)
        self.effects = AxisEffects()
        self.audition = Audition(self)
        self.responses = Responses(clock_ns)
        self.command_requested.connect(self.responses.hear)
        self.tools = PointTools(self, rng or np.random.default_rng())
        self.slots = Slots(self)
        self.bookmarks = Bookmarks(self)
        self.presets = Presets(self)
        self.songs = SongList(self)
        self.recents = Recents()
        self.project = Project(self)
        self.recovery = Recovery()
        self.span_edits = SpanEdits(self)
        self.sources = Sources(self)
        self.hearing = Hearing(self.orders.send)
        self.blind_test = BlindTest(self.hearing, rng or np.random.default_rng())
        self.recorder = Recorder(self, clock_ns)
        self.exports = Exports(self)
        self.reception = Reception(self)
        self.comparison = Comparison(self)
        self.training = Training(self)
        self.naming = Naming(self, read_basis, read_names)
        self.guide = Guide(self)
        self.playback.position_changed.connect(self._follow)
        self.view.changed.connect(lambda: self.orders.tell_channels(self.view.channels))

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
        return self.song.path_at(self.transport.position_s) + self.point.offset

    @property
    def ready(self) -> bool:
        """True where there is something to play and to move."""
        return self.loading.settled

    @property
    def picture_current(self) -> bool:
        """True where the whole picture shows the present point."""
        drawn = self.picture.finished and self.picture.stamp >= self.orders.stamp
        return self.ready and drawn and not self.tools.jumps.in_flight

    # ------------------------------------------------------------ moving

    def move_axis(self, axis: int, value: float) -> None:
        """Put a slider somewhere, within its range: the path's mean goes there."""
        value = min(max(value, -RANGE_SIGMA), RANGE_SIGMA)
        home = float(self.coordinates.shown(self.path_mean)[axis])
        label = f"{self.coordinates.label(axis)} to {sigma_text(value)}"
        self._record(label + self.coordinates.unit, axis=axis, step=value - home)

    def reset_axis(self, axis: int) -> None:
        """Put a slider back to the song's own value."""
        self._record(f"Reset {self.coordinates.label(axis)}", axis=axis, step=0.0)

    def begin_gesture(self) -> None:
        """Let every move from now on be one step of the history: a drag begins."""
        self.history.begin_gesture()

    def end_gesture(self) -> None:
        """The drag is over."""
        self.history.end_gesture()

    def cancel_gesture(self) -> None:
        """Go back to where the drag began, as if it had not been."""
        if self.history.cancel_gesture():
            self._announce_point()

    def go(self, label: str, point: LatentPoint) -> None:
        """Come to a point, as a step of the history; the edit is heard from now on."""
        if point != self.point:
            if not self.hearing.blind:
                self.hearing.choose("edit")
            self.orders.tell_point(point)  # heard before anything is drawn of it
            self.history.record(label, point)
            self._announce_point()

    def undo(self) -> None:
        """Take back the last step."""
        if self.history.undo():
            self._announce_point()

    def go_to_step(self, index: int) -> None:
        """Go to any step of the history."""
        if self.history.go_to(index):
            self._announce_point()

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.history.redo():
            self._announce_point()

    # ------------------------------------------------------------ files

    def open_song(self, path: Path) -> None:
        """Open a sound file; it becomes the source and the sliders go to its point."""
        self.places.songs = path.parent
        self.songs.want(path)
        entry = self.songs.find(path)
        work = entry.work if entry is not None else None
        self.loading.want_song(path, work.position if work is not None else 0)

    def open_model(self, path: Path) -> None:
        """Open a model file; the song is encoded anew for it."""
        if path not in [model.path for model in self.shipped]:
            self.places.models = path.parent
        self.loading.want_model(path)

    def _follow(self) -> None:
        if self.picture.duration_s:
            self.view.follow(self.transport.position_s / self.picture.duration_s)

    def _record(self, label: str, *, axis: int, step: float) -> None:
        offset = self.coordinates.offset_with(axis, step, self.point.offset)
        self.go(label, self.point.with_offset(offset))

    def _announce_point(self) -> None:
        self.orders.tell_point(self.point)
        self.point_changed.emit()
