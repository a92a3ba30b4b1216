"""Sound files in and out.

Whatever PyAV (FFmpeg) reads comes in as (2, S) float32 at 44.1 kHz, full scale ±1; WAV
and FLAC go out. Nothing is allocated from what a header claims: sound is gathered as it
is decoded.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import av
import av.error
import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from vae.errors import AudioError
from vae.files import atomic_path

SAMPLE_RATE = 44_100  # Hz
CHANNELS = 2
SHORTEST_S = 0.25  # seconds; one frame
RESAMPLING_QUALITY = "VHQ"  # of soxr: what is cut off lies below -120 dB
SUBTYPES = {16: "PCM_16", 24: "PCM_24", 32: "FLOAT"}
WRITTEN = {".wav": "WAV", ".flac": "FLAC"}

Floats = NDArray[np.float32]


def read_sound(path: Path, progress: Callable[[float], None] | None = None) -> Floats:
    """The sound of a file, (2, S) float32 at 44.1 kHz, full scale ±1.

    Mono is doubled, more channels are mixed down; a value that is no number is silence;
    a file that breaks off gives what can be decoded of it.

    Parameters
    ----------
    path : Path
    progress : callable, optional
        Called with the share read so far, 0 to 1, where the length is known. May raise
        to give up.

    Raises
    ------
    AudioError
        The file is missing, holds no sound, or less than a quarter of a second.
    """
    blocks = list(read_blocks(path, progress))
    samples = sum(block.shape[1] for block in blocks)
    if samples < SHORTEST_S * SAMPLE_RATE:
        raise AudioError(
            f"{path.name} holds {samples / SAMPLE_RATE:.2f} s of sound; "
            f"at least {SHORTEST_S} s are needed"
        )
    return np.concatenate(blocks, axis=1)


def read_title(path: Path) -> str:
    """What the file's tags call the song, or the file's own name where they do not."""
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            tags = dict(container.metadata)
            for stream in container.streams.audio:
                tags |= stream.metadata
    except (av.error.FFmpegError, OSError):
        return path.stem
    known = {name.lower(): text.strip() for name, text in tags.items()}
    title, artist = known.get("title", ""), known.get("artist", "")
    if not title:
        return path.stem
    return f"{title} – {artist}" if artist else title


def read_blocks(
    path: Path, progress: Callable[[float], None] | None = None
) -> Iterator[Floats]:
    """The sound of a file bit by bit: (2, n) float32 blocks at 44.1 kHz.

    Raises
    ------
    AudioError
        As `read_sound`, before the first block.
    """
    if not path.exists():
        raise AudioError(f"{path} does not exist")
    if path.is_dir():
        raise AudioError(f"{path} is a folder, not a sound file")
    if path.stat().st_size == 0:
        raise AudioError(f"{path.name} is empty")
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            yield from _decoded(container, path, progress)
    except av.error.FFmpegError as error:
        raise AudioError(
            f"{path.name} cannot be read as sound: {error.strerror}"
        ) from error
    except OSError as error:
        raise AudioError(f"{path.name} cannot be opened: {error.strerror}") from error


def write_sound(
    path: Path,
    blocks: Iterable[Floats],
    *,
    bits: int = 16,
    sample_rate: int = SAMPLE_RATE,
) -> None:
    """Write (2, n) float32 blocks as one WAV or FLAC file, complete or not at all.

    Parameters
    ----------
    path : Path
        Ends in .wav or .flac.
    blocks : iterable of (2, n) float32
        Full scale ±1; what goes beyond is clipped, unless `bits` is 32.
    bits : int
        16, 24, or 32 (float, WAV only).
    sample_rate : int
        Hz.

    Raises
    ------
    AudioError
        The format is unknown, or the file cannot be written.
    """
    kind = WRITTEN.get(path.suffix.lower())
    if kind is None:
        raise AudioError(f"{path.name} must end in .wav or .flac")
    subtype = SUBTYPES.get(bits)
    if subtype is None or not soundfile.check_format(kind, subtype):
        raise AudioError(f"{kind} files of {bits} bits cannot be written")
    try:
        with (
            atomic_path(path) as temporary,
            soundfile.SoundFile(
                temporary, "w", sample_rate, CHANNELS, subtype, format=kind
            ) as file,
        ):
            for block in blocks:
                limited = block if bits == 32 else np.clip(block, -1.0, 1.0)
                file.write(np.ascontiguousarray(limited.T))
    except (OSError, soundfile.SoundFileError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AudioError(f"{path} cannot be written: {reason}") from error


def _decoded(
    container: av.container.InputContainer,
    path: Path,
    progress: Callable[[float], None] | None,
) -> Iterator[Floats]:
    if not container.streams.audio:
        raise AudioError(f"{path.name} holds no sound")
    stream = container.streams.audio[0]
    stream.codec_context.thread_type = "AUTO"
    duration_s = float(container.duration or 0) / av.time_base
    resampler = _Resampler()
    for frame in _frames(container, stream):
        if progress is not None and duration_s > 0 and frame.time is not None:
            progress(min(1.0, max(0.0, frame.time / duration_s)))
        yield from resampler.take(frame)
    yield from resampler.finish()


def _frames(
    container: av.container.InputContainer, stream: av.AudioStream
) -> Iterator[av.AudioFrame]:
    """Every frame that decodes; damaged packets are passed over."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.error.EOFError):
            return
        except av.error.FFmpegError:  # the file breaks off
            return
        try:
            yield from packet.decode()
        except av.error.InvalidDataError:
            continue
        except av.error.EOFError:
            return


class _Resampler:
    """Frames of any format, which may change midway, to stereo at 44.1 kHz."""

    def __init__(self) -> None:
        self._format: tuple[str, str, int] | None = None
        self._mixer: av.AudioResampler | None = None
        self._stream: soxr.ResampleStream | None = None

    def take(self, frame: av.AudioFrame) -> Iterator[Floats]:
        """The blocks that this frame completes."""
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if form != self._format:
            yield from self.finish()
            self._start(frame)
            self._format = form
        assert self._mixer is not None
        frame.pts = None
        for mixed in self._mixer.resample(frame):
            yield from self._resampled(_planes(mixed), last=False)

    def finish(self) -> Iterator[Floats]:
        """What is still inside."""
        if self._mixer is None:
            return
        for mixed in self._mixer.resample(None):
            yield from self._resampled(_planes(mixed), last=False)
        yield from self._resampled(np.zeros((CHANNELS, 0), np.float32), last=True)
        self._mixer = self._stream = None

    def _start(self, frame: av.AudioFrame) -> None:
        channels = len(frame.layout.channels)
        layout = "mono" if channels == 1 else "stereo"
        self._mixer = av.AudioResampler("fltp", layout, frame.sample_rate)
        self._stream = None
        if frame.sample_rate != SAMPLE_RATE:
            self._stream = soxr.ResampleStream(
                frame.sample_rate,
                SAMPLE_RATE,
                CHANNELS,
                dtype="float32",
                quality=RESAMPLING_QUALITY,
            )

    def _resampled(self, planes: Floats, *, last: bool) -> Iterator[Floats]:
        block = planes
        if self._stream is not None:
            chunk = self._stream.resample_chunk(
                np.ascontiguousarray(planes.T), last=last
            )
            block = np.ascontiguousarray(chunk.T)
        if block.shape[1]:
            yield block


def _planes(frame: av.AudioFrame) -> Floats:
    """A planar float frame as (2, n) finite float32; mono doubled."""
    planes = np.asarray(frame.to_ndarray(), dtype=np.float32)
    planes = np.nan_to_num(planes, nan=0.0, posinf=0.0, neginf=0.0)
    return np.repeat(planes, 2, axis=0) if len(planes) == 1 else planes
