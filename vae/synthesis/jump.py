"""Jumps to other places that are as loud as what was heard, and no harsher than music.

Letters: L latent size.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae.codec import Codec
from vae.latents.levelling import Excess, Reach, levelled
from vae.sound.brightness import brightness
from vae.sound.loudness import SILENCE_LUFS
from vae.synthesis.course import Course, original
from vae.synthesis.ear import Ear, Heard
from vae.synthesis.edits import Voicing
from vae.synthesis.recording import Recording
from vae.synthesis.synthesis import Synthesis

HERE_FRAMES = 64  # around the playhead, 16 s
SPOTS, SPOT_FRAMES = 8, 8  # of all that is moved, evenly spread
NO_MATTER_LU = -20.0  # what is so much quieter than all around it need not be kept
OCTAVES_UP = 0.75  # over the songs' own spectrum; 19 of 20 songs lie below
EARS = 4  # kept; those throughout a song are used again
DB_AN_OCTAVE = 10.0  # a tenth of an octave too bright is as bad as a decibel too loud

Floats = NDArray[np.float32]
Spots = tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Jump:
    """A jump that is asked for.

    Attributes
    ----------
    offset : (L,) float32
        Where to, in σ from the song's path.
    reach : Reach
        How far each axis may be moved from there.
    like : (L,) float32, optional
        The offset that it shall be as loud as; the song itself unless given.
    voicing : Voicing
        What is heard.
    other : Recording, optional
        What is filtered where the voicing names a file.
    frame : int
        Where the playhead is.
    start, stop : int
        The frames that are moved; `stop` None: to the end.
    """

    offset: Floats
    reach: Reach
    like: Floats | None = None
    voicing: Voicing
    other: Recording | None = None
    frame: int = 0
    start: int = 0
    stop: int | None = None


class Jumps:
    """Finds where jumps over one piece shall land."""

    def __init__(self, synthesis: Synthesis) -> None:
        self._synthesis = synthesis
        self._ears: dict[Spots, tuple[Ear, Heard]] = {}
        self._usual = _usual_brightness(synthesis.codec)

    def landed(self, jump: Jump) -> Floats:
        """The offset (L,) in σ near to the one asked for that is fit to be heard."""
        path, basis = self._synthesis.song_path, self._synthesis.codec.basis

        def course(offset: Floats) -> Course:
            return Course(
                path=basis.offset_path(path, offset),
                voicing=jump.voicing,
                other=jump.other,
            )

        kept = [self._kept(spots, jump.like, course) for spots in self._places(jump)]
        loudest = max(one.wanted.lufs for one in kept)
        kept = [one for one in kept if one.matters(loudest)]
        if not kept:
            return jump.reach.held(jump.offset)

        def listen(offset: Floats) -> Excess:
            there = course(offset)
            return _together([one.excess(there) for one in kept])

        return levelled(jump.offset, jump.reach, listen)

    def get_ready(self) -> None:
        """Do beforehand what every jump needs."""
        path = self._synthesis.song_path
        zero = np.zeros(path.shape[1], np.float32)
        reach = Reach(least=zero, most=zero)
        for spots in self._places(Jump(offset=zero, reach=reach, voicing=Voicing())):
            ear, own = self._heard(spots)
            ear.slopes(original(path), own, [own.loudness_pull])

    def _places(self, jump: Jump) -> list[Spots]:
        """Spots around the playhead, and spots throughout what is moved."""
        frames = self._synthesis.frames
        stop = frames if jump.stop is None else min(jump.stop, frames)
        start = min(jump.start, stop - 1)
        length = min(HERE_FRAMES, stop - start)
        first = min(max(jump.frame - length // 2, start), stop - length)
        here = ((first, first + length),)
        if stop - start <= HERE_FRAMES:
            return [here]
        starts = np.linspace(start, stop - SPOT_FRAMES, SPOTS).round().astype(int)
        return [here, tuple((int(one), int(one) + SPOT_FRAMES) for one in starts)]

    def _kept(
        self,
        spots: Spots,
        like: Floats | None,
        course: Callable[[Floats], Course],
    ) -> "_Kept":
        """What of the song, or of what is heard at an offset, is kept on some spots."""
        ear, own = self._heard(spots)
        wanted = own if like is None else ear.hear(course(like))
        usual = self._usual + OCTAVES_UP
        return _Kept(ear, wanted, max(usual, own.brightness, wanted.brightness))

    def _heard(self, spots: Spots) -> tuple[Ear, Heard]:
        """An ear on some spots, and what it hears of the song itself."""
        if spots not in self._ears:
            while len(self._ears) >= EARS:
                self._ears.pop(next(iter(self._ears)))
            ear = Ear(self._synthesis, spots)
            self._ears[spots] = ear, ear.hear(original(self._synthesis.song_path))
        return self._ears[spots]


@dataclass(frozen=True, eq=False)
class _Kept:
    """What is to be kept on some spots."""

    ear: Ear
    wanted: Heard
    brightest: float

    def matters(self, loudest: float) -> bool:
        """False where next to nothing is heard."""
        return self.wanted.lufs > max(SILENCE_LUFS, loudest + NO_MATTER_LU)

    def excess(self, course: Course) -> Excess:
        """What of it a course does not keep."""
        heard = self.ear.hear(course)
        over_db, pulls = [heard.lufs - self.wanted.lufs], [heard.loudness_pull]
        if heard.brightness > self.brightest:
            over_db.append(DB_AN_OCTAVE * (heard.brightness - self.brightest))
            pulls.append(np.float32(DB_AN_OCTAVE) * heard.brightness_pull)
        return Excess(
            over_db=np.array(over_db),
            slopes=lambda: self.ear.slopes(course, heard, pulls),
        )


def _together(parts: list[Excess]) -> Excess:
    """All of what is too much."""
    return Excess(
        over_db=np.concatenate([one.over_db for one in parts]),
        slopes=lambda: np.concatenate([one.slopes() for one in parts]),
    )


def _usual_brightness(codec: Codec) -> float:
    """Of the corpus a model was trained on: log2 of Hz."""
    transform, scale = codec.config.transform, codec.statistics.scale
    hz = (np.arange(transform.kept) + 0.5) * transform.band_hz / transform.kept
    return brightness(np.square(scale, dtype=np.float64), hz)
