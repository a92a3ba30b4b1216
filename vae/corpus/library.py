"""A corpus in a folder: each song a sound file and, beside it, its factors."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from vae.corpus.composition import compose
from vae.corpus.factors import COMPOSER, composer_of, factors, to_json
from vae.corpus.render import render
from vae.errors import CorpusError
from vae.files import atomic_path, clear_abandoned, write_bytes
from vae.sound.writer import reasons
from vae.workers import processes

FORMATS = {"flac": ("FLAC", "PCM_16"), "ogg": ("OGG", "VORBIS")}
LOWEST_RATE = 8_000  # Hz
HIGHEST_RATE = 96_000
SHORTEST_S = 4.0
LONGEST_S = 600.0
BLOCK = 65_536  # samples; libsndfile's Vorbis encoder overflows its stack on long ones


@dataclass(frozen=True, kw_only=True)
class Order:
    """Which songs, and how they are written."""

    seed: int
    first: int
    songs: int
    out: Path
    rate: int  # Hz
    seconds: float
    format: str  # a key of `FORMATS`

    def __post_init__(self) -> None:
        if not LOWEST_RATE <= self.rate <= HIGHEST_RATE:
            raise CorpusError(
                f"a rate of {self.rate} Hz is not between {LOWEST_RATE} and "
                f"{HIGHEST_RATE} Hz"
            )
        if not SHORTEST_S <= self.seconds <= LONGEST_S:
            raise CorpusError(
                f"{self.seconds:g} seconds are not between {SHORTEST_S:g} and "
                f"{LONGEST_S:g}"
            )
        if self.seed < 0 or self.first < 0:
            raise CorpusError(
                f"seed {self.seed} and first song {self.first} must not be negative"
            )
        if self.songs < 1:
            raise CorpusError(f"{self.songs} songs are none; ask for at least 1")
        if self.format not in FORMATS:
            raise CorpusError(f"{self.format} is not one of {', '.join(FORMATS)}")

    def sound_path(self, index: int) -> Path:
        """Where song `index` lies."""
        return self.out / f"song-{self.seed}-{index:05d}.{self.format}"

    def factors_path(self, index: int) -> Path:
        """Where its factors lie."""
        return self.sound_path(index).with_suffix(".json")

    def missing(self) -> list[int]:
        """The songs that are not there yet."""
        return [
            index
            for index in range(self.first, self.first + self.songs)
            if not (
                self.sound_path(index).exists() and self.factors_path(index).exists()
            )
        ]


def fill(
    order: Order, *, jobs: int, told: Callable[[str, float], None] | None = None
) -> int:
    """Compose, render and write every song that is not there yet; gives their number.

    Stopped at any moment, it leaves whole songs only, and goes on where it was.

    Parameters
    ----------
    order : Order
    jobs : int
        Processes.
    told : callable, optional
        Called with a label and the share done, 0 to 1.

    Raises
    ------
    CorpusError, AudioError
        The folder cannot be written, or the disk is full; a process that composed was
        ended from outside; or songs are there already that are of another length or
        rate, or by another composer.
    """
    try:
        order.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(
            f"the folder {order.out} cannot be made: {error.strerror}"
        ) from error
    missing = order.missing()
    _check_others(order, missing)
    tasks = [(order, index) for index in missing]
    if jobs <= 1 or len(tasks) <= 1:
        for done, task in enumerate(tasks, 1):
            write_song(task)
            if told is not None:
                told("composing", done / len(tasks))
        return len(tasks)
    try:
        with processes(min(jobs, len(tasks))) as each:
            for done, _ in enumerate(each(write_song, tasks), 1):
                if told is not None:
                    told("composing", done / len(tasks))
    except BrokenProcessPool as error:
        for index in order.missing()[:jobs]:  # they were at these, at the most
            clear_abandoned(order.sound_path(index))
            clear_abandoned(order.factors_path(index))
        raise CorpusError(
            "a process that composed songs was ended from outside, perhaps for want of "
            "memory; the same command goes on with the songs that are missing"
        ) from error
    return len(tasks)


def write_song(task: tuple[Order, int]) -> None:
    """Compose and render one song, and write it; its factors last.

    Raises
    ------
    CorpusError, AudioError
        It cannot be written.
    """
    order, index = task
    song = compose(order.seed, index, order.seconds)
    rendered = render(song, order.rate)
    path = order.sound_path(index)
    kind, subtype = FORMATS[order.format]
    known = factors(song, rendered)
    clear_abandoned(path)
    try:
        with (
            atomic_path(path) as temporary,
            reasons(path, temporary),
            soundfile.SoundFile(
                temporary, "w", order.rate, 2, subtype, format=kind
            ) as file,
        ):
            file.title = title(known)
            for start in range(0, rendered.sound.shape[1], BLOCK):
                block = rendered.sound[:, start : start + BLOCK]
                file.write(np.ascontiguousarray(block.T))
        write_bytes(order.factors_path(index), to_json(known))
    except OSError as error:
        raise CorpusError(f"{path} cannot be written: {error.strerror}") from error


def title(known: Mapping[str, object]) -> str:
    """What a composed song is called, after its factors: no two of a seed are alike."""
    kind = f"{known['style']} in {known['key']} {known['mode']}"
    return f"{kind[0].upper()}{kind[1:]}, composed {known['seed']}.{known['song']}"


def _check_others(order: Order, missing: Sequence[int]) -> None:
    """See that the songs that are there already are such as are asked for."""
    there = set(range(order.first, order.first + order.songs)).difference(missing)
    if not there:
        return
    path, told = order.sound_path(min(there)), order.factors_path(min(there))
    try:
        found, composer = soundfile.info(str(path)), composer_of(told.read_bytes())
    except (OSError, soundfile.SoundFileError):
        return
    if composer != COMPOSER:
        raise CorpusError(
            f"{path} is there already, by another version of the composer, whose songs "
            "are others; name another folder"
        )
    if found.samplerate != order.rate or abs(found.duration - order.seconds) > 1:
        raise CorpusError(
            f"{path} is there already, with {found.duration:.0f} s at "
            f"{found.samplerate} Hz; ask for such songs, or name another folder"
        )
