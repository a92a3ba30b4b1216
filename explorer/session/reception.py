"""What the session makes of the engine's events, and of the engine's end.

Letters: K kept coefficients.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from explorer.engine.protocol import (
    UNASKED,
    AxesMeasured,
    DevicesListed,
    EngineStarted,
    Event,
    Exported,
    Failed,
    JumpLanded,
    ModelOpened,
    PictureReady,
    PictureSlice,
    PlaybackEnded,
    PointSounded,
    Progress,
    Recorded,
    SongOpened,
    SoundLost,
    SourceOpened,
)
from explorer.session.engine_loss import EngineLoss
from explorer.session.picture import Pixels
from explorer.session.playback import Reading
from explorer.session.point import origin
from explorer.session.song import opened_song
from explorer.session.song_entry import SongWork

if TYPE_CHECKING:
    from explorer.session.session import Session


class Reception:
    """Takes the engine's events into a session, one handler for each kind."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._loss = EngineLoss(session)
        self._fresh = True  # this engine knows of no other file
        self._handlers: dict[type[Any], Callable[[Any], None]] = {
            EngineStarted: self._engine_started,
            ModelOpened: self._model_opened,
            SongOpened: self._song_opened,
            PictureReady: self._picture_ready,
            PictureSlice: lambda _: None,  # comes with its rows, by take_slice
            PointSounded: self._point_sounded,
            Progress: self._progress,
            Exported: self._exported,
            Failed: self._failed,
            SoundLost: self._sound_lost,
            PlaybackEnded: self._playback_ended,
            Recorded: session.recorder.take,
            SourceOpened: session.sources.take,
            AxesMeasured: session.effects.take,
            JumpLanded: session.tools.jumps.take,
            DevicesListed: self._devices_listed,
        }

    def take(self, event: Event) -> None:
        """Take in one event."""
        self._handlers[type(event)](event)

    def take_slice(self, event: PictureSlice, rows: Pixels) -> None:
        """Take in a part of the picture: (stop - start, K) uint8."""
        session = self._session
        if session.song is not None:
            session.picture.draw(event, rows)
            if event.finished:
                session.responses.finish_picture(event.stamp)

    def take_reading(self, reading: Reading) -> None:
        """Take in what the engine says of the sound it makes."""
        if self._session.ready:
            self._session.playback.observe(reading)
            self._session.output.observe(reading)

    def lose_engine(self, reason: str, *, restarting: bool) -> None:
        """The engine has died; `reason` says how, as the end of a sentence.

        What can be kept is kept.
        """
        self._fresh = True
        self._loss.take(reason, restarting=restarting)

    def _engine_started(self, event: EngineStarted) -> None:
        session = self._session
        session.engine.set_device(event.device, event.reason)
        session.engine.set_phase("running")
        if event.device is None:
            session.messages.warning("sound", f"{event.reason} All else works.")
        session.orders.forget()
        session.orders.tell_playback(session.playback)
        session.orders.tell_channels(session.view.channels)
        session.output.tell()
        session.hearing.tell()
        session.responses.forget_moves()
        session.loading.begin()

    def _model_opened(self, event: ModelOpened) -> None:
        session = self._session
        before = session.model
        if session.loading.take_model(event, session.playback.position):
            self._take_up_model()
        self._loss.compare(before, event)

    def _song_opened(self, event: SongOpened) -> None:
        session = self._session
        task, song = session.tasks.find(event.request), session.song
        for_model = task is not None and task.kind == "model"
        stays = song is not None and song.path == event.path
        stays = stays and (for_model or self._loss.outlived)
        stays = stays and session.songs.holds(event.path)
        if not stays:
            session.songs.put_away()
        if session.loading.take_song(event):
            self._take_up_model()
        known = session.songs.find(event.path)
        work = session.songs.take(opened_song(event))
        remarks = " ".join(filter(None, (session.songs.passed_over(), event.remark)))
        if remarks:
            session.messages.warning("song", remarks)
        before = known.content_hash if known is not None else ""
        if before and event.content_hash not in {"", before}:
            session.messages.warning(
                "song",
                f"{event.path.name} is not the file it was: what was done with it is "
                "done with what it holds now.",
            )
        if task is not None and task.kind == "song" and task.path is not None:
            session.recents.add_song(task.path)
        session.effects.forget()
        session.tools.jumps.forget()
        session.song_changed.emit()
        if not stays:
            self._take_up_song(event, work)
        session.orders.tell_point(session.point)
        session.responses.forget_moves()  # to open a song is none
        session.point_changed.emit()
        if self._fresh:
            self._fresh = False
            session.sources.tell()
        if self._loss.outlived:
            self._loss.make_good(kept=stays)

    def _take_up_song(self, event: SongOpened, work: SongWork | None) -> None:
        """Another song: what was done with it before, or nothing yet."""
        session, size = self._session, event.latent_path.shape[1]
        session.orders.forget_point()
        session.view.fit()
        if work is None or work.point.latent_size != size:
            if work is not None and work.point.moved:
                session.messages.warning(
                    "project",
                    f"What was done with {event.title} belongs to another model, and "
                    "waits for it: open that model, then the song again.",
                )
            session.history.restart(origin(size), f"Opened {event.title}")
            session.playback.place(0)
            session.transport.clear_loop_region()
            return
        session.history.resume(work.steps, work.index)
        session.playback.place(min(work.position, event.samples))
        session.playback.set_region(_within(work.region, event.samples))
        session.transport.set_loop(work.loop)
        session.view.see(work.time, session.view.frequency)

    def _take_up_model(self) -> None:
        """Another model: the offsets stay where its latent space is as large."""
        session, model = self._session, self._session.model
        if model is not None and model.latent_size != session.point.latent_size:
            session.history.restart(origin(model.latent_size), f"Opened {model.title}")
        session.model_changed.emit()
        if model is not None:  # now that there is a slider on each of its axes
            session.locks.show_model(model.model_hash, model.path)
            session.names.show_model(model.model_hash, model.traits)

    def _picture_ready(self, event: PictureReady) -> None:
        if self._session.song is not None:  # else noise alone, of no interest
            self._session.picture.replace(event)

    def _point_sounded(self, event: PointSounded) -> None:
        self._session.responses.add_sound(event.control_to_sound_ms, stamp=event.stamp)

    def _progress(self, event: Progress) -> None:
        self._session.tasks.advance(event.request, event.fraction, event.label)

    def _exported(self, event: Exported) -> None:
        session = self._session
        session.tasks.finish(event.request)
        if session.exports.handout.complete(event):
            return
        minutes, seconds = divmod(round(event.duration_s), 60)
        session.messages.notice(
            "export", f"Saved {event.path.name}, {minutes}:{seconds:02d} long."
        )

    def _failed(self, event: Failed) -> None:
        session = self._session
        if session.recorder.is_of(event.request):
            session.recorder.refuse(event.message)
            return
        if session.tools.jumps.refuse(event):
            return
        task = session.tasks.finish(event.request)
        session.exports.handout.refuse(event.request)
        if event.request == UNASKED:
            session.messages.error("engine", event.message)
        if task is None or task.kind == "folder":
            return
        if task.kind == "source" and task.path is not None:
            session.sources.refuse(task.path)
        if not (event.cancelled or task.superseded):
            topic = "song" if task.kind == "source" else task.kind
            session.messages.error(topic, event.message)
        if task.kind == "song" and task.path is not None and not task.superseded:
            if event.cancelled:
                session.songs.want(None)
            else:
                session.songs.refuse(task.path, event.message)
                if session.songs.wanted is not None:
                    return  # the next of those that came with it is tried
        session.loading.take_failure(task)

    def _sound_lost(self, event: SoundLost) -> None:
        self._session.engine.set_device(None, event.reason)
        self._session.messages.warning("sound", f"{event.reason} All else works.")

    def _devices_listed(self, event: DevicesListed) -> None:
        session = self._session
        session.output.take_devices(event)
        if event.device is not None:
            session.messages.clear("sound")
            session.engine.set_device(event.device, "")

    def _playback_ended(self, _: PlaybackEnded) -> None:
        self._session.playback.set_playing(False)


def _within(region: tuple[int, int] | None, samples: int) -> tuple[int, int] | None:
    """A stretch of a song that may have become shorter."""
    if region is None or region[0] >= samples:
        return None
    return region[0], min(region[1], samples)
