"""A song as edited, written as its own file is: the change is added to the original.

At 44.1 kHz that is the sound that is heard. At any other rate the song itself is read
anew at its own rate, and the change alone is resampled and added to it, so that where
nothing is edited the file holds the recording.

Letters: C channels, n samples.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import gcd, inf
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from vae.errors import AudioError
from vae.files import same_file
from vae.sound.decoding import RESAMPLING_QUALITY, Decoder
from vae.sound.formats import SoundFormat, format_of
from vae.sound.layout import CHANNELS, SAMPLE_RATE
from vae.sound.limiter import BLOCK, FULL_SCALE_DB, Limiter, ceiling_of_peak_db
from vae.sound.song_file import SongFile
from vae.sound.writer import sound_writer
from vae.synthesis.course import Course
from vae.synthesis.synthesis import Synthesis

BAND_FRAMES = 32  # rendered at once
WARM_UP_S = 0.25  # of the change, for the resampler's filter

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a file came to hold."""

    sample_rate: int
    channels: int
    samples: int

    @property
    def duration_s(self) -> float:
        """Seconds."""
        return self.samples / self.sample_rate


def export_song(
    song: SongFile,
    synthesis: Synthesis,
    course: Course,
    path: Path,
    *,
    form: SoundFormat | None = None,
    start: int = 0,
    stop: int | None = None,
    progress: Callable[[float], None] = lambda _: None,
) -> Written:
    """Write a song as edited.

    Parameters
    ----------
    song : SongFile
    synthesis : Synthesis
        Over the song.
    course : Course
    path : Path
        Of the new file, .wav or .flac.
    form : SoundFormat, optional
        24 bits unless given.
    start, stop : int
        Samples at 44.1 kHz; the whole song unless given.
    progress : callable
        Called with the share done, 0 to 1; may raise to give up.

    Raises
    ------
    AudioError
        The file cannot be written, is the song's own, or that is no longer there.
    """
    form = format_of(path, form)
    if same_file(path, song.path):
        raise AudioError(
            f"{path.name} is the song itself, of which the edit is made; choose "
            "another name"
        )
    stop = synthesis.samples if stop is None else min(stop, synthesis.samples)
    start = min(max(0, start), stop)
    if start == stop:
        raise AudioError("there is nothing to export: the stretch is empty")
    if song.sample_rate == SAMPLE_RATE:
        first, last = start, stop
        blocks = rendered(synthesis, course, start, stop)
    else:
        whole = stop == synthesis.samples
        first = start * song.sample_rate // SAMPLE_RATE
        last = song.samples if whole else stop * song.sample_rate // SAMPLE_RATE
        blocks = _at_own_rate(song, synthesis, course, first, last)
    highest_db = inf if form == "wav_float" else FULL_SCALE_DB
    ceiling_db = ceiling_of_peak_db(song.peak, at_most_db=highest_db)
    limiter = Limiter(ceiling_db, song.sample_rate)
    done, channels = 0, song.written_channels
    with sound_writer(
        path,
        form,
        sample_rate=song.sample_rate,
        channels=channels,
        samples=last - first,
        tags=song.tags,
    ) as write:
        for block in blocks:
            progress(done / (last - first))
            write(_limited(_mixed(block, channels), limiter))
            done += block.shape[1]
    progress(1.0)
    return Written(sample_rate=song.sample_rate, channels=channels, samples=done)


def rendered(
    synthesis: Synthesis, course: Course, start: int, stop: int
) -> Iterator[Floats]:
    """Samples start to stop of a course, in (2, n) blocks, as they are heard."""
    return _bands(synthesis, synthesis.sound, course, start, stop)


def _bands(
    synthesis: Synthesis,
    render: Callable[[Course, int, int], Floats | None],
    course: Course,
    start: int,
    stop: int,
) -> Iterator[Floats]:
    """What `render` gives of frames, cut to samples start to stop; None is silence."""
    length = synthesis.codec.config.transform.frame_samples
    final = -(-stop // length)
    for frame in range(start // length, final, BAND_FRAMES):
        after = min(frame + BAND_FRAMES, final)
        sound = render(course, frame, after)
        if sound is None:
            sound = np.zeros((CHANNELS, (after - frame) * length), np.float32)
        sound = np.nan_to_num(sound, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
        cut = sound[:, max(0, start - frame * length) : stop - frame * length]
        yield np.broadcast_to(cut, (CHANNELS, cut.shape[1]))


def _at_own_rate(
    song: SongFile, synthesis: Synthesis, course: Course, first: int, last: int
) -> Iterator[Floats]:
    """Samples first to last at the song's own rate: the recording, and the change."""
    share = 0.0
    render: Callable[[Course, int, int], Floats | None] = synthesis.sound
    if synthesis.filters_song(course):
        share, render = synthesis.share(course) * course.gain, synthesis.change
    change = _resampled(song, synthesis, course, first, render)
    waiting = np.zeros((CHANNELS, 0), np.float32)
    for recorded in _recorded(song, first, last):
        count = recorded.shape[1]
        parts, held = [waiting], waiting.shape[1]
        while held < count and (more := next(change, None)) is not None:
            parts.append(more)
            held += more.shape[1]
        waiting = np.concatenate(parts, axis=1)
        block = recorded * np.float32(share)
        added = waiting[:, :count]
        block[:, : added.shape[1]] += added
        waiting = waiting[:, count:]
        yield block


def _recorded(song: SongFile, first: int, last: int) -> Iterator[Floats]:
    """Samples first to last of the song's file, at its own rate."""
    if not song.unchanged:
        raise AudioError(
            f"{song.path.name} has changed since it was opened; open it again"
        )
    place = 0
    for block in Decoder(song.path).blocks(None):
        cut = block[:, max(0, first - place) : max(0, last - place)]
        place += block.shape[1]
        if cut.shape[1]:
            yield cut
        if place >= last:
            return
    if place != song.samples:
        raise AudioError(f"{song.path.name} can no longer be read to its end")


def _resampled(
    song: SongFile,
    synthesis: Synthesis,
    course: Course,
    first: int,
    render: Callable[[Course, int, int], Floats | None],
) -> Iterator[Floats]:
    """What `render` gives, at the song's own rate, from its sample `first` on.

    It begins where samples of both rates fall together, so that they stay together.
    """
    common = gcd(song.sample_rate, SAMPLE_RATE)
    step = SAMPLE_RATE // common
    before = first * SAMPLE_RATE / song.sample_rate - WARM_UP_S * SAMPLE_RATE
    start = max(0, int(before // step) * step)
    skipped = first - start // step * (song.sample_rate // common)
    stream = soxr.ResampleStream(
        SAMPLE_RATE,
        song.sample_rate,
        CHANNELS,
        dtype="float32",
        quality=RESAMPLING_QUALITY,
    )
    bands = _bands(synthesis, render, course, start, synthesis.samples)
    for block in _with_end(bands):
        sound = np.zeros((0, CHANNELS), np.float32) if block is None else block.T
        chunk = stream.resample_chunk(np.ascontiguousarray(sound), last=block is None)
        kept = chunk[skipped:]
        skipped = max(0, skipped - len(chunk))
        if len(kept):
            yield np.ascontiguousarray(kept.T)


def _with_end(bands: Iterator[Floats]) -> Iterator[Floats | None]:
    yield from bands
    yield None


def _mixed(block: Floats, channels: int) -> Floats:
    """(C, n) of (2, n)."""
    return block.mean(axis=0, keepdims=True) if channels == 1 else block


def _limited(block: Floats, limiter: Limiter) -> Floats:
    """(C, n) under the ceiling."""
    pair = np.ascontiguousarray(np.broadcast_to(block, (CHANNELS, block.shape[1])).T)
    for start in range(0, len(pair), BLOCK):
        part = pair[start : start + BLOCK]
        limiter.limit(part, np.abs(part))
    return pair.T[: len(block)]
