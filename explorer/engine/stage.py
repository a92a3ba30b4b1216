"""What is open: a model, a song, and other recordings that lend it their sound.

What was open goes on until its successor is ready.

Letters: L latent size, T latent vectors of the song's path.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from explorer.engine.job import Job
from explorer.engine.opened import model_opened, song_opened
from explorer.engine.others import Others
from explorer.engine.protocol import (
    AxesMeasured,
    Event,
    Export,
    Exported,
    OpenModel,
    OpenSong,
    OpenSource,
    SourceOpened,
)
from explorer.engine.renderer import Renderer
from explorer.engine.scene import Piece, Scene
from vae.checkpoint import load_checkpoint
from vae.codec import Codec
from vae.errors import AudioError, Cancelled, CheckpointError
from vae.resources import demo_song, shipped_model
from vae.sound.layout import SAMPLE_RATE
from vae.sound.song_file import SongFile, open_song
from vae.synthesis.axes import AxesMeasurement
from vae.synthesis.export import export_song
from vae.synthesis.synthesis import Synthesis

READING = 0.3  # the share of opening a song that reading its file takes

Floats = NDArray[np.float32]


class Stage:
    """Opens what is asked for, has the renderer play it, and writes it to files.

    One thread only may use it.

    Attributes
    ----------
    measurement : AxesMeasurement or None
        What is still to be measured of the axes; None: nothing.
    """

    def __init__(self, renderer: Renderer, send: Callable[[Event], None]) -> None:
        self.measurement: AxesMeasurement | None = None
        self._renderer = renderer
        self._send = send
        self._codec: Codec | None = None
        self._song: SongFile | None = None
        self._others = Others()
        self._measured_for = 0  # the request that opened what is measured

    def open_model(self, request: OpenModel, job: Job) -> None:
        """Go over to a model, with the song encoded anew, or with noise alone."""
        path = shipped_model() if request.path is None else request.path
        job.progress(f"Loading {path.name}")(0.0)
        checkpoint = load_checkpoint(path)
        codec, song = Codec(checkpoint), self._song
        opened = model_opened(job.request, path, checkpoint)
        self.measurement = None
        if song is None:
            self._renderer.set_others({})
            piece = _piece(codec, Synthesis(codec))
            self._renderer.show(piece, position=0, saying=(opened,))
        else:
            latents = codec.encode(
                song.sound, job.progress(f"Encoding {song.path.name}")
            )
            piece = _song_piece(song, codec, latents)
            saying = (opened, song_opened(job.request, song, codec, latents))
            self._renderer.set_others({})  # they are the other model's
            self._renderer.show(piece, keep_offset=True, saying=saying)
            self._begin_measuring(job, piece)
        self._codec = codec
        self._fit_others(job)

    def open_song(self, request: OpenSong, job: Job) -> None:
        """Go over to a song.

        Raises
        ------
        AudioError, CheckpointError
            It cannot be read, or no model is open.
        """
        codec = self._codec
        if codec is None:
            raise CheckpointError("a song can be opened only after a model")
        path = demo_song() if request.path is None else request.path
        song = _read(path, job)
        encoding = job.progress(f"Encoding {path.name}", READING, 1.0)
        latents = codec.encode(song.sound, encoding)
        piece = _song_piece(song, codec, latents)
        opened = song_opened(job.request, song, codec, latents)
        job.check()
        self._renderer.set_others({})  # they are as long as the song before
        self._renderer.show(piece, position=request.position, saying=(opened,))
        self._song = song
        self._begin_measuring(job, piece)
        self._fit_others(job)

    def open_source(self, request: OpenSource, job: Job) -> None:
        """Have another recording at hand, which edits may name as source.

        Raises
        ------
        AudioError, CheckpointError
            It cannot be read, or no song is open.
        """
        codec, song = self._codec, self._song
        if codec is None or song is None:
            raise CheckpointError("another source can be opened only beside a song")
        path = request.path
        opened = _read(path, job)
        encoding = job.progress(f"Encoding {path.name}", READING, 1.0)
        self._others.open(opened, codec, song.sound.samples, encoding)
        job.check()
        self._renderer.set_others(self._others.ready)
        self._send(
            SourceOpened(
                request=job.request,
                path=path,
                title=opened.title,
                duration_s=opened.sound.samples / SAMPLE_RATE,
            )
        )

    def close_source(self, path: Path) -> None:
        """Let another recording go."""
        self._renderer.set_others(self._others.close(path))

    def export(self, request: Export, scene: Scene | None, job: Job) -> None:
        """Write the song of a scene, as it is edited there, to a file.

        A source that was on its way when this was asked for is there by now.

        Raises
        ------
        AudioError
            The scene has no song, or the file cannot be written.
        """
        song = None if scene is None else scene.piece.song
        if scene is None or song is None:
            raise AudioError("there is nothing to export before a song is open")
        synthesis, source = scene.piece.synthesis, scene.edit.voicing.source
        assert isinstance(synthesis, Synthesis)
        now = self._renderer.scene
        if isinstance(source, Path) and now is not None and now.piece is scene.piece:
            scene = replace(scene, other=self._others.ready.get(source))
        written = export_song(
            song,
            synthesis,
            scene.course,
            request.path,
            form=request.format,
            start=request.start,
            stop=request.stop,
            progress=job.progress(f"Writing {request.path.name}"),
        )
        self._send(
            Exported(
                request=job.request,
                path=request.path,
                duration_s=written.duration_s,
                sample_rate=written.sample_rate,
                channels=written.channels,
            )
        )

    def measure(self) -> None:
        """Measure one axis more; after the last one the window is told."""
        measurement = self.measurement
        if measurement is None:
            return
        measurement.go_on()
        change_db = measurement.change_db
        if change_db is not None:
            self.measurement = None
            self._send(AxesMeasured(request=self._measured_for, change_db=change_db))

    def _begin_measuring(self, job: Job, piece: Piece) -> None:
        synthesis = piece.synthesis
        assert isinstance(synthesis, Synthesis)
        self.measurement = AxesMeasurement(synthesis)
        self._measured_for = job.request

    def _fit_others(self, job: Job) -> None:
        """Make the other sources fit another song or model; the song plays already."""
        codec, song = self._codec, self._song
        if codec is None or song is None:
            return
        with suppress(Cancelled):  # the request itself is answered
            self._others.fit(codec, song.sound.samples, lambda _: job.check())
        self._renderer.set_others(self._others.ready)


def _piece(codec: Codec, synthesis: Synthesis, song: SongFile | None = None) -> Piece:
    return Piece(
        synthesis=synthesis,
        basis=codec.basis,
        transform=codec.config.transform,
        song=song,
    )


def _song_piece(song: SongFile, codec: Codec, latents: Floats) -> Piece:
    synthesis = Synthesis(codec, sound=song.sound, path=latents)
    synthesis.match_noise()
    return _piece(codec, synthesis, song)


def _read(path: Path, job: Job) -> SongFile:
    """A song's file, as the first part of a job."""
    reading = job.progress(f"Reading {path.name}", 0.0, READING)
    reading(0.0)
    return open_song(path, reading)
