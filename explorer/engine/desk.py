"""Requests that take long, answered one after another on a thread of their own.

Opening a model, opening a song and exporting; commands for the player and the renderer
are served meanwhile, and what was open goes on until its successor is ready.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray

from explorer.engine.protocol import (
    Event,
    Export,
    Exported,
    Failed,
    ModelOpened,
    OpenModel,
    OpenSong,
    Progress,
    SongOpened,
)
from explorer.engine.renderer import Renderer
from explorer.engine.scene import Piece, Scene
from vae.audio import SAMPLE_RATE, read_sound, read_title, write_sound
from vae.checkpoint import load_checkpoint
from vae.codec import Codec
from vae.errors import Cancelled, CheckpointError, DctvaeError
from vae.resources import demo_song, shipped_model
from vae.synthesis import Synthesis

Request = OpenModel | OpenSong | Export

PROGRESS_S = 0.05  # between two reports, at least
READING = 0.3  # the share of opening a song that reading its file takes
EXPORT_BITS = 24
EXPORT_FRAMES = 32  # rendered at once

Floats = NDArray[np.float32]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, eq=False)
class Song:
    """A song as it was read."""

    path: Path
    sound: Floats  # (2, S) at SAMPLE_RATE


class Desk:
    """Takes requests and sees to it that each is answered."""

    def __init__(self, renderer: Renderer, send: Callable[[Event], None]) -> None:
        self._renderer = renderer
        self._send = send
        self._codec: Codec | None = None
        self._song: Song | None = None
        self._waiting: SimpleQueue[Request | None] = SimpleQueue()
        self._open: set[int] = set()  # asked and not answered
        self._cancelled: set[int] = set()
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)
        self._thread.start()

    # ------------------------------------------------------------ other threads

    def ask(self, request: Request) -> None:
        """Take a request; it is answered by events of its number."""
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
        while (request := self._waiting.get()) is not None:
            number = request.request
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

    def _answer(self, request: Request) -> None:
        match request:
            case OpenModel():
                self._open_model(request)
            case OpenSong():
                self._open_song(request)
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
        )
        song = self._song
        if song is None:
            piece = _piece(codec, Synthesis(codec))
            self._renderer.show(piece, position=0, saying=(opened,))
        else:
            label = f"Encoding {song.path.name}"
            encoding = self._progress(request.request, label)
            latents = codec.encode(song.sound, encoding)
            piece = _piece(codec, Synthesis(codec, sound=song.sound, path=latents))
            saying = (opened, _song_opened(request.request, song, codec, latents))
            self._renderer.show(piece, keep_offset=True, saying=saying)
        self._codec = codec

    def _open_song(self, request: OpenSong) -> None:
        codec = self._codec
        if codec is None:
            raise CheckpointError("a song can be opened only after a model")
        path = demo_song() if request.path is None else request.path
        number = request.request
        reading = self._progress(number, f"Reading {path.name}", 0.0, READING)
        reading(0.0)
        song = Song(path=path, sound=read_sound(path, reading))
        encoding = self._progress(number, f"Encoding {path.name}", READING, 1.0)
        latents = codec.encode(song.sound, encoding)
        piece = _piece(codec, Synthesis(codec, sound=song.sound, path=latents))
        opened = _song_opened(number, song, codec, latents)
        self._check(number)
        self._renderer.show(piece, position=request.position, saying=(opened,))
        self._song = song

    def _export(self, request: Export) -> None:
        scene = self._renderer.scene
        if scene is None:
            raise CheckpointError("there is nothing to export before a model is open")
        progress = self._progress(request.request, f"Writing {request.path.name}")
        write_sound(request.path, _bands(scene, progress), bits=EXPORT_BITS)
        duration_s = scene.piece.synthesis.samples / SAMPLE_RATE
        self._send(
            Exported(request=request.request, path=request.path, duration_s=duration_s)
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


def _song_opened(request: int, song: Song, codec: Codec, latents: Floats) -> SongOpened:
    samples = song.sound.shape[1]
    frames = codec.frame_count(samples)
    return SongOpened(
        request=request,
        path=song.path,
        title=read_title(song.path),
        samples=samples,
        sample_rate=SAMPLE_RATE,
        frames=frames,
        frame_samples=codec.config.transform.frame_samples,
        latent_path=codec.basis.to_sigmas(latents),
        latent_times=codec.latent_times(frames),
    )


def _bands(scene: Scene, progress: Callable[[float], None]) -> Iterator[Floats]:
    """The whole piece, (2, n) bands of some frames, cut to its samples."""
    synthesis = scene.piece.synthesis
    for start in range(0, synthesis.frames, EXPORT_FRAMES):
        progress(start / synthesis.frames)
        stop = min(start + EXPORT_FRAMES, synthesis.frames)
        sound = scene.sound(start, stop)
        left = synthesis.samples - start * scene.piece.transform.frame_samples
        yield np.broadcast_to(sound, (2, sound.shape[1]))[:, :left]
    progress(1.0)
