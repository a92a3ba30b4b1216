"""Sound files as FFmpeg decodes them, at their own rate or at that of the models.

Nothing is allocated from what a header claims: sound comes block by block. What a
header claims and what a file holds may differ; `Decoder` tells what it met.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import av
import av.error
import numpy as np
import soxr
from numpy.typing import NDArray

from vae.errors import AudioError
from vae.sound.layout import CHANNELS, SAMPLE_RATE

GATHERED = 16_384  # samples that are passed on at once, about
RESAMPLING_QUALITY = "VHQ"  # of soxr: what is cut off lies below -120 dB

Floats = NDArray[np.float32]


class Decoder:
    """Reads one file, once.

    Parameters
    ----------
    path : Path
    progress : callable, optional
        Called with the share read so far, 0 to 1, where the length is known. May raise
        to give up.

    Attributes
    ----------
    sample_rate, channels : int
        Of the first sound met; 0 before it.
    samples : int
        Read so far, at the file's own rate.
    peak : float
        The largest magnitude so far, of the stereo mix at the file's own rate.
    uniform : bool
        False where the rate or the channels change midway.
    damaged : int
        Packets that could not be decoded, and were passed over.
    broken : bool
        The file breaks off.
    """

    def __init__(
        self, path: Path, progress: Callable[[float], None] | None = None
    ) -> None:
        self.path = path
        self.sample_rate = 0
        self.channels = 0
        self.samples = 0
        self.peak = 0.0
        self.uniform = True
        self.damaged = 0
        self.broken = False
        self._progress = progress

    def blocks(self, sample_rate: int | None = SAMPLE_RATE) -> Iterator[Floats]:
        """The sound bit by bit: (2, n) float32, full scale ±1.

        Mono is doubled, more channels are mixed down; a value that is no number is
        silence. None as sample rate gives the file's own, whatever it changes to.

        Raises
        ------
        AudioError
            The file is missing or holds no sound, before the first block.
        """
        path = self.path
        try:
            if not path.exists():
                raise AudioError(f"{path} does not exist")
            if path.is_dir():
                raise AudioError(f"{path} is a folder, not a sound file")
            if path.stat().st_size == 0:
                raise AudioError(f"{path.name} is empty")
            with av.open(str(path), metadata_errors="replace") as container:
                yield from self._decoded(container, sample_rate)
        except av.error.InvalidDataError as error:
            raise AudioError(
                f"{path.name} cannot be read as sound: it is no sound file, or its "
                "beginning is damaged"
            ) from error
        except av.error.FFmpegError as error:
            raise AudioError(
                f"{path.name} cannot be read as sound: {error.strerror}"
            ) from error
        except OSError as error:
            raise AudioError(
                f"{path.name} cannot be opened: {error.strerror}"
            ) from error

    def _decoded(
        self, container: av.container.InputContainer, sample_rate: int | None
    ) -> Iterator[Floats]:
        if not container.streams.audio:
            raise AudioError(f"{self.path.name} holds no sound")
        stream = container.streams.audio[0]
        stream.codec_context.thread_type = "AUTO"
        duration_s = float(container.duration or 0) / av.time_base
        resampler = _Resampler(sample_rate, self._met)
        for frame in self._frames(container, stream):
            if self._progress is not None and duration_s > 0 and frame.time is not None:
                self._progress(min(1.0, max(0.0, frame.time / duration_s)))
            self._note(frame)
            yield from resampler.take(frame)
        yield from resampler.finish()

    def _note(self, frame: av.AudioFrame) -> None:
        form = (frame.sample_rate, len(frame.layout.channels))
        if not self.sample_rate:
            self.sample_rate, self.channels = form
        elif form != (self.sample_rate, self.channels):
            self.uniform = False

    def _met(self, planes: Floats) -> None:
        self.samples += planes.shape[1]
        if planes.size:
            self.peak = max(self.peak, float(np.abs(planes).max()))

    def _frames(
        self, container: av.container.InputContainer, stream: av.AudioStream
    ) -> Iterator[av.AudioFrame]:
        """Every frame that decodes; damaged packets are passed over."""
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets)
            except (StopIteration, av.error.EOFError):
                return
            except av.error.FFmpegError:
                self.broken = True
                return
            try:
                yield from packet.decode()
            except av.error.InvalidDataError:
                self.damaged += 1
            except av.error.EOFError:
                return


class _Resampler:
    """Frames of any format, which may change midway, to stereo at one rate.

    `met` is called with the stereo mix at the file's own rate.
    """

    def __init__(self, sample_rate: int | None, met: Callable[[Floats], None]) -> None:
        self._sample_rate = sample_rate
        self._met = met
        self._format: tuple[str, str, int] | None = None
        self._mixer: av.AudioResampler | None = None
        self._mixed: list[av.AudioFrame] = []  # not passed on yet
        self._count = 0  # samples of it
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
            self._mixed.append(mixed)
            self._count += mixed.samples
        if self._count >= GATHERED:
            yield from self._resampled(last=False)

    def finish(self) -> Iterator[Floats]:
        """What is still inside."""
        if self._mixer is None:
            return
        self._mixed += self._mixer.resample(None)
        yield from self._resampled(last=True)
        self._mixer = self._stream = None

    def _start(self, frame: av.AudioFrame) -> None:
        channels = len(frame.layout.channels)
        layout = "mono" if channels == 1 else "stereo"
        self._mixer = av.AudioResampler("fltp", layout, frame.sample_rate)
        self._stream = None
        if self._sample_rate not in (None, frame.sample_rate):
            assert self._sample_rate is not None
            self._stream = soxr.ResampleStream(
                frame.sample_rate,
                self._sample_rate,
                CHANNELS,
                dtype="float32",
                quality=RESAMPLING_QUALITY,
            )

    def _resampled(self, *, last: bool) -> Iterator[Floats]:
        """What was gathered, at the wanted rate."""
        planes = _planes(self._mixed)
        self._mixed, self._count = [], 0
        block = planes
        self._met(planes)
        if self._stream is not None:
            chunk = self._stream.resample_chunk(
                np.ascontiguousarray(planes.T), last=last
            )
            block = np.ascontiguousarray(chunk.T)
        if block.shape[1]:
            yield block


def _planes(mixed: list[av.AudioFrame]) -> Floats:
    """Planar frames (C, n) one after another as (2, n), all finite; mono doubled."""
    empty = np.zeros((CHANNELS, 0), np.float32)
    parts = [np.asarray(frame.to_ndarray(), np.float32) for frame in mixed]
    planes = np.concatenate(parts, axis=1) if parts else empty
    planes = np.nan_to_num(planes, nan=0.0, posinf=0.0, neginf=0.0)
    return np.repeat(planes, 2, axis=0) if len(planes) == 1 else planes
