"""What a composed song is: notes in seconds, the parts that play them, its sections.

Nothing here knows of a sample rate: the same score can be rendered at any.
"""

from dataclasses import dataclass

from vae.corpus.theory import Chord, Scale


@dataclass(frozen=True, slots=True)
class Note:
    """One note of a part."""

    start_s: float
    duration_s: float
    pitch: float  # MIDI note number; of a drum, its place in `kits.DRUMS`
    velocity: float  # 0 to 1
    bend_cents: float = 0.0  # where it slides in from


@dataclass(frozen=True, kw_only=True)
class Part:
    """One instrument and all it plays."""

    role: str  # melody, counter, chords, arpeggio, pad, bass, drums, texture
    timbre: str
    notes: tuple[Note, ...]
    gain_db: float
    pan: float  # -1 left to 1 right
    doubled: bool  # another take on each side, as for guitars and strings
    send: float  # 0 to 1: share that goes to the room
    drive: float  # 0 clean to 1 distorted
    echo_s: float  # between echoes; 0 for none
    pump: float  # 0 to 1: how far each kick drum turns it down
    sweep_s: float  # time in which a filter opens and closes again; 0 for none


@dataclass(frozen=True, kw_only=True)
class Section:
    """A stretch of the song with one character."""

    kind: str  # intro, verse, chorus, bridge, break, build, outro
    start_s: float
    end_s: float
    start_beat: float
    beats: float
    intensity: float  # 0 to 1
    scale: Scale
    roles: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class ChordSpan:
    """A chord and how long it lasts."""

    start_beat: float
    beats: float
    chord: Chord
    section: int


@dataclass(frozen=True, kw_only=True)
class Knobs:
    """What was drawn for the whole song; 0 to 1 where no unit is named."""

    density: float
    brightness: float
    percussion: float
    bass: float
    width: float  # 0 mono, 1 hard left and right
    swing: float  # 0 straight, 1 triplets
    contrast: float  # between quiet and loud sections
    level_db: float  # RMS of the finished song below 2,756 Hz, dB of full scale
    reverb: float
    reverb_s: float  # time to fall by 60 dB
    tilt_db: float  # master equaliser, dB an octave around 400 Hz
    tuning_cents: float
    humanity: float  # unevenness in time and loudness
    drift: float  # of tempo
    compression: float
    texture: float  # hiss, wind, crackle
    grit: float  # overdrive of the whole mix
    noisiness: float  # of drums: skins to wires and metal
    register: int  # semitones by which all that has a pitch is moved, by octaves
    low_cut_hz: float  # below it the finished song falls off


@dataclass(frozen=True, kw_only=True)
class Song:
    """A whole composed song."""

    seed: int
    index: int
    seconds: float
    style: str
    tempo: float  # beats a minute
    meter: int  # beats a bar
    scale: Scale
    knobs: Knobs
    sections: tuple[Section, ...]
    chords: tuple[ChordSpan, ...]
    parts: tuple[Part, ...]
    bar_s: tuple[float, ...]  # where bars begin
    fade_in_s: float
    fade_out_s: float
    silence_s: float  # at the end
