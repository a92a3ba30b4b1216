"""An engine that lives in the test: it hears commands and answers with events.

Letters: F frames, K kept coefficients, L latent size, T latent vectors.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from explorer.engine import protocol
from explorer.engine.protocol import Command, Event
from explorer.session.playback import Reading
from explorer.session.session import Session
from vae.latents.basis import LatentBasis
from vae.latents.directions import Direction
from vae.latents.traits import AxisTraits

Floats = NDArray[np.float32]

LATENT_SIZE = 64
SAMPLE_RATE = 44_100
FRAME_SAMPLES = 11_025
FRAME_S = FRAME_SAMPLES / SAMPLE_RATE
KEPT = 1_378
BAND_HZ = 2_756.0
FRAMES_PER_LATENT = 8
SLICE_FRAMES = 32
OVERVIEW = 2_000  # bins
SHIPPED = Path("/shipped/model.safetensors")
DEMO = Path("/shipped/demo.ogg")
SONG_TITLES = ("Aria", "Bolero", "Canon", "Dirge", "Étude", "Fugue", "Gigue", "Hymn")
LENGTHS_S = {"short": 3.0}  # by the stem of a song's name; others are 128 s long


class FakeEngine:
    """Answers as the engine would, when `run` is called.

    Attributes
    ----------
    heard : list of Command
        All commands so far.
    refused : dict of Path to str
        Files that cannot be opened or written, and why.
    latent_size : int
        L of the models opened from now on.
    traits : tuple of AxisTraits
        What their axes do; by default they were listened to, and do nothing.
    nameless : bool
        Nobody has listened to the models that are opened from now on.
    directions : tuple of Direction
        In which one thing is heard to change, of the models it opens.
    silent : bool
        Hear, and answer nothing.
    written_anew : str
        Told of model files in their hashes: with another one they hold something else.
    writes : bool
        Leave an empty file where an export was asked for.
    landing : callable
        Where a jump lands: (L,) in σ.
    """

    def __init__(
        self,
        session: Session,
        *,
        latent_size: int = LATENT_SIZE,
        kept: int = KEPT,
        device: str | None = "Test device",
    ) -> None:
        self.session = session
        self.heard: list[Command] = []
        self.refused: dict[Path, str] = {}
        self.written_anew = ""
        self.traits: tuple[AxisTraits, ...] = ()
        self.nameless = False
        self.directions: tuple[Direction, ...] = ()
        self.silent = False
        self.writes = False
        self.landing: Callable[[protocol.LandJump], Floats] = lambda jump: jump.offset
        self.position = 0
        self.latent_size = latent_size
        self._kept = kept
        self._device = device
        self._song: protocol.SongOpened | None = None
        self._model_path = SHIPPED
        self._offset = np.zeros(latent_size, np.float32)
        self._stamp = 0
        self._recordings: dict[int, Path] = {}
        self._waiting: list[Command] = []
        self.on_command: Callable[[], None] = lambda: None
        session.command_requested.connect(self._hear)

    def start(self) -> None:
        """Begin, and answer whatever follows from it."""
        self._song = None
        reason = "" if self._device else "there is no output device."
        self.session.reception.take(
            protocol.EngineStarted(
                status_name="none", device=self._device, reason=reason
            )
        )
        self.run()

    def close(self) -> None:
        """Nothing is left to end."""

    def run(self) -> None:
        """Answer everything heard, and what the answers lead to."""
        while self._waiting and not self.silent:
            self._answer(self._waiting.pop(0))

    def of_kind(self, kind: type[Command]) -> list[Command]:
        """The commands of a kind, oldest first."""
        return [one for one in self.heard if isinstance(one, kind)]

    def play_to(self, position_s: float) -> None:
        """Let the sound be somewhere."""
        self.position = round(position_s * SAMPLE_RATE)
        reading = Reading(
            position=self.position, peak_left=0.5, peak_right=0.4, underruns=0
        )
        self.session.reception.take_reading(reading)

    @property
    def _unheard(self) -> tuple[AxisTraits, ...]:
        return () if self.nameless else (AxisTraits(),) * self.latent_size

    def _hear(self, command: Command) -> None:
        self.heard.append(command)
        self._waiting.append(command)
        self.on_command()

    def _answer(self, command: Command) -> None:
        match command:
            case protocol.OpenModel():
                self._open_model(command)
            case protocol.OpenSong():
                self._open_song(command.request, command.path or DEMO)
            case protocol.SetPoint():
                self._offset, self._stamp = command.offset, command.stamp
                self._tell(
                    protocol.PointSounded(stamp=command.stamp, control_to_sound_ms=12.5)
                )
                self._draw()
            case protocol.LandJump():
                landed = protocol.JumpLanded(
                    request=command.request, offset=self.landing(command)
                )
                self._tell(landed)
            case protocol.SetChannels():
                self._stamp = command.stamp
                self._draw()
            case protocol.Cancel():
                self._tell(self._failure(command.request, "cancelled", cancelled=True))
            case protocol.Seek():
                self.position = command.position
            case _:
                self._answer_about_files(command)

    def _answer_about_files(self, command: Command) -> None:
        match command:
            case protocol.OpenSource():
                self._open_source(command)
            case protocol.StartRecording() if command.path in self.refused:
                reason = self.refused[command.path]
                self._tell(self._failure(command.request, reason))
            case protocol.StartRecording():
                self._recordings[command.request] = command.path
            case protocol.StopRecording():
                path = self._recordings.pop(command.request)
                self._tell(
                    protocol.Recorded(
                        request=command.request, path=path, duration_s=7.0
                    )
                )
            case protocol.Export():
                self._export(command)

    def _open_model(self, command: protocol.OpenModel) -> None:
        path = command.path or SHIPPED
        if path in self.refused:
            self._tell(self._failure(command.request, self.refused[path]))
            return
        self._model_path = path
        size = self.latent_size
        basis = fake_basis(size)
        self._tell(
            protocol.ModelOpened(
                request=command.request,
                path=path,
                title=path.stem,
                model_hash=f"hash of {path}{self.written_anew}",
                latent_size=size,
                variance_share=basis.variance_share,
                song_mean=basis.song_mean,
                song_spread=basis.song_spread,
                band_hz=BAND_HZ,
                song_titles=SONG_TITLES,
                song_points=_song_points(size),
                traits=self.traits or self._unheard,
                directions=self.directions,
            )
        )
        if self._song is not None:
            self._open_song(command.request, self._song.path)

    def _open_song(self, request: int, path: Path) -> None:
        if path in self.refused:
            self._tell(self._failure(request, self.refused[path]))
            return
        duration_s = LENGTHS_S.get(path.stem, 128.0)
        samples = round(duration_s * SAMPLE_RATE)
        frames = -(-samples // FRAME_SAMPLES)
        self._tell(protocol.Progress(request=request, fraction=0.5, label="Encoding…"))
        if len(self._offset) != self.latent_size:
            self._offset = np.zeros(self.latent_size, np.float32)
        self._song = protocol.SongOpened(
            request=request,
            path=path,
            title=path.stem,
            samples=samples,
            sample_rate=SAMPLE_RATE,
            frames=frames,
            frame_samples=FRAME_SAMPLES,
            latent_path=self._latent_path(frames, str(self._model_path) + str(path)),
            latent_times=self._latent_times(frames),
            overview_peak=_overview(1.0),
            overview_rms=_overview(0.4),
            duration_s=duration_s,
        )
        self._tell(self._song)
        self._tell(
            protocol.PictureReady(
                name="none",
                frames=frames,
                kept=self._kept,
                frame_s=FRAME_S,
                band_hz=BAND_HZ,
            )
        )
        self._draw()

    def _open_source(self, command: protocol.OpenSource) -> None:
        path = command.path
        if path in self.refused:
            self._tell(self._failure(command.request, self.refused[path]))
            return
        self._tell(
            protocol.SourceOpened(
                request=command.request, path=path, title=path.stem, duration_s=9.0
            )
        )

    def _latent_times(self, frames: int) -> NDArray[np.float32]:
        count = -(-frames // FRAMES_PER_LATENT)
        middles = (np.arange(count) + 0.5) * FRAMES_PER_LATENT * FRAME_S
        return middles.astype(np.float32)

    def _latent_path(self, frames: int, seed: str) -> NDArray[np.float32]:
        rng = np.random.default_rng(list(seed.encode()))
        count = -(-frames // FRAMES_PER_LATENT)
        steps = rng.standard_normal((count, self.latent_size)) * 0.35
        drift = rng.standard_normal(self.latent_size) * 0.8
        course = np.cumsum(steps, axis=0)
        course -= course.mean(axis=0)
        return (drift + np.tanh(course / 2) * 1.5).astype(np.float32)

    def _draw(self) -> None:
        if self._song is None:
            return
        frames = self._song.frames
        pixels = picture_of(frames, self._kept, self._offset)
        for start in range(0, frames, SLICE_FRAMES):
            stop = min(start + SLICE_FRAMES, frames)
            event = protocol.PictureSlice(
                stamp=self._stamp, start=start, stop=stop, finished=stop == frames
            )
            self.session.reception.take_slice(event, pixels[start:stop])

    def _export(self, command: protocol.Export) -> None:
        if command.path in self.refused:
            reason = self.refused[command.path]
            self._tell(self._failure(command.request, reason))
            return
        if self.writes:
            command.path.touch()
        self._tell(
            protocol.Exported(
                request=command.request, path=command.path, duration_s=128.0
            )
        )

    @staticmethod
    def _failure(
        request: int, message: str, *, cancelled: bool = False
    ) -> protocol.Failed:
        return protocol.Failed(request=request, message=message, cancelled=cancelled)

    def _tell(self, event: Event) -> None:
        self.session.reception.take(event)


def fake_basis(size: int) -> LatentBasis:
    """The basis of the models opened from now on, as their files would tell it."""
    rng = np.random.default_rng(size)
    axes, _ = np.linalg.qr(rng.standard_normal((size, size)))
    return LatentBasis(
        mean=(0.3 * rng.standard_normal(size)).astype(np.float32),
        axes=axes.astype(np.float32),
        sigma=np.exp(-np.arange(size) / 24.0).astype(np.float32),
        song_mean=np.zeros(size, np.float32),
        song_spread=np.full(size, 0.8, np.float32),
    )


def _overview(top: float) -> NDArray[np.float32]:
    """(N,), a song of four parts, each louder than the one before."""
    steps = np.linspace(0.25, 1.0, 4).repeat(OVERVIEW // 4)
    return (top * steps).astype(np.float32)


def _song_points(size: int) -> NDArray[np.float32]:
    """(N, L), where the songs lie that the model was trained on."""
    rng = np.random.default_rng(23)
    points = 0.8 * rng.standard_normal((len(SONG_TITLES), size))
    return points.astype(np.float32)


def picture_of(
    frames: int, kept: int, offset: NDArray[np.float32]
) -> NDArray[np.uint8]:
    """(F, K) uint8, chords over a falling spectrum, tilted by the first axis."""
    tilt = float(offset[0]) * 6.0 * np.linspace(-0.5, 0.5, kept) if len(offset) else 0.0
    span = protocol.PICTURE_TOP_DB - protocol.PICTURE_FLOOR_DB
    share = (_chords(frames, kept) + tilt - protocol.PICTURE_FLOOR_DB) / span
    return np.clip(share * 255.0, 0, 255).astype(np.uint8)


@lru_cache(maxsize=8)
def _chords(frames: int, kept: int) -> NDArray[np.float64]:
    """(F, K), dB."""
    rng = np.random.default_rng(7)
    hz = (np.arange(kept) + 0.5) * BAND_HZ / kept
    level = np.tile(-75.0 - 12.0 * np.log2(1 + hz / 400.0), (frames, 1))
    level += rng.normal(0.0, 3.0, (frames, kept))
    roots = 55.0 * 2.0 ** (np.array([0, 5, 7, 3, 0, 8, 5, 10]) / 12.0)
    for beat, start in enumerate(range(0, frames, 4)):
        root = roots[beat // 4 % len(roots)]
        for note in root * np.array([2.0, 2.52, 3.0, 4.0]):
            for harmonic in range(1, 9):
                peak = -24.0 - 5.5 * harmonic - rng.uniform(0, 8)
                column = peak - ((hz - note * harmonic) / 3.0) ** 2
                decay = -2.5 * np.arange(min(4, frames - start))[:, None]
                rows = level[start : start + 4]
                np.maximum(rows, column + decay, out=rows)
    return level
