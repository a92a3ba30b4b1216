"""Plays a composed song: every note once, however often it is heard."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae.corpus.drum_kits import draw_kit
from vae.corpus.effects import Effects
from vae.corpus.kits import DRUMS
from vae.corpus.mix import (
    compressed,
    distorted,
    echoed,
    finished,
    frame_levels,
    gritty,
    mastered,
    narrowed,
    panned,
    pumped,
    swept,
)
from vae.corpus.score import Note, Part, Song
from vae.corpus.textures import Texture
from vae.corpus.timbres import TIMBRES
from vae.corpus.voice import Tone, Voice

Floats = NDArray[np.float32]
LENGTH_STEP = 1.12  # notes whose lengths differ by less share a sound
VELOCITY_STEPS = 4
UNPITCHED = ("kit ", "effects", "texture ")
ENDING_S = 0.25  # time constant in which all fades before a silence


@dataclass(frozen=True, kw_only=True, eq=False)
class Rendered:
    """A song as sound, and how much of each frame each role was."""

    sound: Floats  # (2, S), full scale ±1
    role_power: dict[str, Floats]  # role: (F,) mean square before the master
    power: Floats  # (F,) mean square of the finished song below 2,756 Hz


def render(song: Song, rate: int) -> Rendered:
    """The song at a sample rate in Hz."""
    samples = round(song.seconds * rate)
    dry = np.zeros((2, samples), np.float32)
    wet = np.zeros((2, samples), np.float32)
    kick = DRUMS.index("kick")
    kicks = tuple(
        note
        for part in song.parts
        if part.role == "drums"
        for note in part.notes
        if int(note.pitch) == kick
    )
    role_power: dict[str, Floats] = {}
    for number, part in enumerate(song.parts):
        if not part.notes:
            continue
        takes = _played(song, number, part, samples, rate)
        takes *= np.float32(10 ** (part.gain_db / 20))
        if part.pump > 0 and kicks:
            takes *= pumped(samples, kicks, part.pump, rate)
        left, right = panned(part, takes)
        for channel, side in enumerate((left, right)):
            dry[channel] += side
            wet[channel] += np.float32(part.send) * side
        before = role_power.get(part.role, np.float32(0))
        role_power[part.role] = before + frame_levels(takes, rate)
    knobs = song.knobs
    room = np.random.default_rng([song.seed, song.index, 1])
    sound = finished(dry, wet, knobs, rate, room)
    if knobs.grit > 0:
        sound = gritty(sound, knobs.grit)
    sound = compressed(sound, knobs.compression, rate)
    sound = narrowed(sound, knobs.width) * _fades(song, samples, rate)
    sound = mastered(sound, knobs.level_db, rate)
    return Rendered(sound=sound, role_power=role_power, power=frame_levels(sound, rate))


def voice_of(song: Song, number: int) -> Voice:
    """The instrument of a part: its timbre as this song has it."""
    rng = np.random.default_rng([song.seed, song.index, 2, number])
    timbre = song.parts[number].timbre
    brightness = song.knobs.brightness
    if timbre.startswith("kit "):
        rng = np.random.default_rng([song.seed, song.index, 3])
        name = timbre.removeprefix("kit ")
        return draw_kit(rng, name, brightness, song.knobs.noisiness)
    if timbre == "effects":
        return Effects(
            low_hz=float(rng.uniform(80, 500)),
            high_hz=float(rng.uniform(2000, 9000)),
            tonal=float(rng.choice((0, 0, 0.2, 0.6))),
        )
    if timbre.startswith("texture "):
        return Texture(kind=timbre.removeprefix("texture "))
    return TIMBRES[timbre](rng, brightness)


def _played(song: Song, number: int, part: Part, samples: int, rate: int) -> Floats:
    """A part's takes, (1 or 2, S), with its own effects."""
    voice = voice_of(song, number)
    unpitched = part.timbre.startswith(UNPITCHED)
    takes = np.zeros((2 if part.doubled else 1, samples), np.float32)
    sounds: dict[tuple[int, ...], Floats] = {}
    cents = song.knobs.tuning_cents
    for count, note in enumerate(part.notes):
        length = round(np.log(note.duration_s) / np.log(LENGTH_STEP))
        loudness = int(np.ceil(note.velocity * VELOCITY_STEPS))
        tone = Tone(
            pitch_hz=note.pitch if unpitched else _hertz(note, cents),
            duration_s=LENGTH_STEP**length,
            velocity=loudness / VELOCITY_STEPS,
            bend_cents=note.bend_cents,
        )
        for place, take in enumerate(takes):
            version = count % voice.versions + voice.versions * place
            kind = (int(note.pitch), round(note.bend_cents), length, loudness, version)
            if kind not in sounds:
                drawn = [song.seed, song.index, 4, number, *(n + 2000 for n in kind)]
                rng = np.random.default_rng(drawn)
                sounds[kind] = voice.render(tone, rate, rng)
            _add(take, sounds[kind], note, tone.velocity, rate)
    if part.drive > 0:
        takes = np.stack([distorted(take, part.drive) for take in takes])
    if part.sweep_s > 0:
        takes = swept(takes, part.sweep_s, rate)
    if part.echo_s > 0:
        delay = round(part.echo_s * rate)
        takes = np.stack([echoed(take, delay) for take in takes])
    return takes


def _add(take: Floats, sound: Floats, note: Note, velocity: float, rate: int) -> None:
    start = round(note.start_s * rate)
    piece = take[start : start + len(sound)]
    piece += np.float32(note.velocity / velocity) * sound[: len(piece)]


def _hertz(note: Note, cents: float) -> float:
    return float(440 * 2 ** ((note.pitch - 69 + cents / 100) / 12))


def _fades(song: Song, samples: int, rate: int) -> Floats:
    """A gain from 0 to 1 that makes the song's beginning and end."""
    time = np.arange(samples, dtype=np.float32) / np.float32(rate)
    end = np.float32(song.seconds - song.silence_s)
    gain = np.ones(samples, np.float32)
    if song.fade_in_s > 0:
        gain *= np.minimum(time / np.float32(song.fade_in_s), 1)
    if song.fade_out_s > 0:
        gain *= np.clip((end - time) / np.float32(song.fade_out_s), 0, 1)
    if song.silence_s > 0:
        fall = np.exp(-np.maximum(time - end, 0) / np.float32(ENDING_S))
        fall[time > end + 8 * ENDING_S] = 0
        gain *= fall
    return gain
