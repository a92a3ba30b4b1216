"""Requests that take long, answered one after another on a thread of their own.

Opening a model, a song or another source, and exporting; commands for the player and
the renderer are served meanwhile, and what was open goes on until its successor is
ready. While there is nothing to answer and the renderer rests, the axes are measured.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue

import numpy as np
from numpy.typing import NDArray

from explorer.engine.axes import AxesMeasurement
from explorer.engine.others import Others
from explorer.engine.protocol import (
    UNASKED,
    AxesMeasured,
    CloseSource,
    Event,
    Export,
    Exported,
    Failed,
    ModelOpened,
    OpenModel,
    OpenSong,
    OpenSource,
    Progress,
    SongOpened,
    SourceOpened,
)
from explorer.engine.renderer import Renderer
from explorer.engine.scene import Piece
from vae.checkpoint import Checkpoint, load_checkpoint
from vae.codec import Codec
from vae.errors import AudioError, Cancelled, CheckpointError, DctvaeError
from vae.resources import demo_song, shipped_model
from vae.sound.decoding import SAMPLE_RATE
from vae.sound.song_file import SongFile, open_song
from vae.synthesis.export import export_song
from vae.synthesis.synthesis import Synthesis

Request = OpenModel | OpenSong | OpenSource | CloseSource | Export

PROGRESS_S = 0.05  # between two reports, at least
PAUSE_S = 0.01  # between looks whether the renderer rests
READING = 0.3  # the share of opening a song that reading its file takes

Floats = NDArray[np.float32]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, eq=False)
class Study:
    """A measurement under way, of the song that a request opened."""

    request: int
    measurement: AxesMeasurement


class Desk:
    """Takes requests and sees to it that each is answered."""

    def __init__(self, renderer: Renderer, send: Callable[[Event], None]) -> None:
        self._renderer = renderer
        self._send = send
        self._codec: Codec | None = None
        self._song: SongFile | None = None
        self._others = Others()
        self._study: Study | None = None
        self._waiting: SimpleQueue[Request | None] = SimpleQueue()
        self._open: set[int] = set()  # asked and not answered
        self._cancelled: set[int] = set()
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)
        self._thread.start()

    # ------------------------------------------------------------ other threads

    def ask(self, request: Request) -> None:
        """Take a request; it is answered by events of its number."""
        if not isinstance(request, CloseSource):
            self._open.add(request.request)
        self._waiting.put(request)

    def cancel(self, request: int) -> None:
        """Give up a request, whether its turn has come or not."""
        if request in self._open:
            self._cancelled.add(request)

    def close(self, timeout_s: float) -> None:
        """Give up all requests and end the thread, if it does so in time."""
        self._cancelled |= self._open
        self._waiting.put(None)
        self._thread.join(timeout_s)

    # ------------------------------------------------------------ the thread

    def _run(self) -> None:
        while (request := self._next()) is not None:
            number = UNASKED if isinstance(request, CloseSource) else request.request
            try:
                self._check(number)
                self._answer(request)
            except Cancelled:
                self._send(Failed(request=number, message="Given up.", cancelled=True))
            except DctvaeError as error:
                self._send(Failed(request=number, message=str(error)))
            except Exception as error:  # noqa: BLE001 - a thread's edge
                _log.exception("a request failed: %s", request)
                message = f"This went wrong inside the program: {error!r}"
                self._send(Failed(request=number, message=message))
            self._open.discard(number)
            self._cancelled.discard(number)

    def _next(self) -> Request | None:
        """The next request; axes are measured until it comes."""
        while (study := self._study) is not None:
            try:
                return self._waiting.get(timeout=PAUSE_S)
            except Empty:
                if self._renderer.resting:
                    self._measure(study)
        return self._waiting.get()

    def _measure(self, study: Study) -> None:
        """Measure one axis more; after the last one the window is told."""
        try:
            study.measurement.go_on()
        except Exception:  # noqa: BLE001 - a thread's edge
            _log.exception("the axes could not be measured")
            self._study = None
            return
        change_db = study.measurement.change_db
        if change_db is not None:
            self._study = None
            self._send(
                AxesMeasured(
                    request=study.request,
                    change_db=change_db,
                    level_db=study.measurement.level_db,
                )
            )

    def _answer(self, request: Request) -> None:
        match request:
            case OpenModel():
                self._open_model(request)
            case OpenSong():
                self._open_song(request)
            case OpenSource():
                self._open_source(request)
            case CloseSource():
                self._renderer.set_others(self._others.close(request.path))
            case Export():
                self._export(request)

    def _open_model(self, request: OpenModel) -> None:
        path = shipped_model() if request.path is None else request.path
        progress = self._progress(request.request, f"Loading {path.name}")
        progress(0.0)
        checkpoint = load_checkpoint(path)
        codec = Codec(checkpoint)
        basis = checkpoint.basis
        opened = ModelOpened(
            request=request.request,
            path=path,
            title=checkpoint.title or path.stem,
            model_hash=checkpoint.model_hash,
            latent_size=checkpoint.config.latent_size,
            variance_share=basis.variance_share,
            song_mean=basis.song_mean,
            song_spread=basis.song_spread,
            band_hz=checkpoint.config.transform.band_hz,
            song_titles=tuple(song.title for song in checkpoint.songs),
            song_points=_song_points(checkpoint),
            traits=checkpoint.traits,
        )
        song = self._song
        self._study = None
        if song is None:
            piece = _piece(codec, Synthesis(codec))
            self._renderer.set_others({})
            self._renderer.show(piece, position=0, saying=(opened,))
        else:
            label = f"Encoding {song.path.name}"
            encoding = self._progress(request.request, label)
            latents = codec.encode(song.sound, encoding)
            piece = _piece(codec, Synthesis(codec, sound=song.sound, path=latents))
            saying = (opened, _song_opened(request.request, song, codec, latents))
            self._renderer.set_others({})  # they are the other model's
            self._renderer.show(piece, keep_offset=True, saying=saying)
            self._study = _study(request.request, codec, piece)
        self._codec = codec
        self._fit_others(request.request)

    def _open_song(self, request: OpenSong) -> None:
        codec = self._codec
        if codec is None:
            raise CheckpointError("a song can be opened only after a model")
        path = demo_song() if request.path is None else request.path
        number = request.request
        reading = self._progress(number, f"Reading {path.name}", 0.0, READING)
        reading(0.0)
        song = open_song(path, reading)
        encoding = self._progress(number, f"Encoding {path.name}", READING, 1.0)
        latents = codec.encode(song.sound, encoding)
        piece = _piece(codec, Synthesis(codec, sound=song.sound, path=latents))
        opened = _song_opened(number, song, codec, latents)
        self._check(number)
        self._renderer.set_others({})  # they are as long as the song before
        self._renderer.show(piece, position=request.position, saying=(opened,))
        self._song = song
        self._study = _study(number, codec, piece)
        self._fit_others(number)

    def _open_source(self, request: OpenSource) -> None:
        codec, song = self._codec, self._song
        if codec is None or song is None:
            raise CheckpointError("another source can be opened only beside a song")
        path, number = request.path, request.request
        reading = self._progress(number, f"Reading {path.name}", 0.0, READING)
        reading(0.0)
        opened = open_song(path, reading)
        encoding = self._progress(number, f"Encoding {path.name}", READING, 1.0)
        self._others.open(opened, codec, song.sound.samples, encoding)
        self._check(number)
        self._renderer.set_others(self._others.ready)
        self._send(
            SourceOpened(
                request=number,
                path=path,
                title=opened.title,
                duration_s=opened.sound.samples / SAMPLE_RATE,
            )
        )

    def _fit_others(self, request: int) -> None:
        """Make the other sources fit another song or model; the song plays already."""
        codec, song = self._codec, self._song
        if codec is None or song is None:
            return
        with suppress(Cancelled):  # the request itself is answered
            self._others.fit(codec, song.sound.samples, lambda _: self._check(request))
        self._renderer.set_others(self._others.ready)

    def _export(self, request: Export) -> None:
        scene, song = self._renderer.scene, self._song
        if scene is None or song is None:
            raise AudioError("there is nothing to export before a song is open")
        synthesis = scene.piece.synthesis
        assert isinstance(synthesis, Synthesis)
        written = export_song(
            song,
            synthesis,
            scene.course,
            request.path,
            form=request.format,
            start=request.start,
            stop=request.stop,
            progress=self._progress(request.request, f"Writing {request.path.name}"),
        )
        self._send(
            Exported(
                request=request.request,
                path=request.path,
                duration_s=written.duration_s,
                sample_rate=written.sample_rate,
                channels=written.channels,
            )
        )

    def _progress(
        self, request: int, label: str, start: float = 0.0, stop: float = 1.0
    ) -> Callable[[float], None]:
        """A callback that reports how far a request is, and raises once given up."""
        said_s = -1.0

        def progress(fraction: float) -> None:
            nonlocal said_s
            self._check(request)
            now = time.monotonic()
            if said_s < 0 or now - said_s >= PROGRESS_S:
                said_s = now
                whole = start + (stop - start) * min(max(fraction, 0.0), 1.0)
                self._send(Progress(request=request, fraction=whole, label=label))

        return progress

    def _check(self, request: int) -> None:
        if request in self._cancelled:
            raise Cancelled


def _piece(codec: Codec, synthesis: Synthesis) -> Piece:
    return Piece(
        synthesis=synthesis, basis=codec.basis, transform=codec.config.transform
    )


def _study(request: int, codec: Codec, piece: Piece) -> Study:
    synthesis = piece.synthesis
    measurement = AxesMeasurement(codec, synthesis.song_path, synthesis.frames)
    return Study(request=request, measurement=measurement)


def _song_points(checkpoint: Checkpoint) -> Floats:
    """(N, L) in σ, the mean of each training song's path."""
    basis = checkpoint.basis
    points = np.zeros((len(checkpoint.songs), basis.latent_size), np.float32)
    for point, song in zip(points, checkpoint.songs, strict=True):
        point[:] = basis.to_sigmas(song.path).mean(axis=0)
    return points


def _song_opened(
    request: int, song: SongFile, codec: Codec, latents: Floats
) -> SongOpened:
    samples = song.sound.samples
    frames = codec.frame_count(samples)
    return SongOpened(
        request=request,
        path=song.path,
        title=song.title,
        samples=samples,
        sample_rate=SAMPLE_RATE,
        frames=frames,
        frame_samples=codec.config.transform.frame_samples,
        latent_path=codec.basis.to_sigmas(latents),
        latent_times=codec.latent_times(frames),
        overview_peak=song.overview.peak,
        overview_rms=song.overview.rms,
        file_rate=song.sample_rate,
        file_channels=song.channels,
        duration_s=samples / SAMPLE_RATE,
        tags=tuple(song.tags.items()),
        content_hash=song.content_hash,
        remark=song.remark,
    )
