"""What a song was made from, as the JSON file beside it.

All that is listed by frame has one value for each quarter second: the frames of the
model's images.
"""

import json
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from vae.corpus.mix import FRAME_S, decibels
from vae.corpus.render import Rendered
from vae.corpus.score import Song
from vae.corpus.theory import KEYS

FORMAT = "dctvae-song-factors"
VERSION = 1
COMPOSER = 3  # raise when the same seed gives other songs
PERCUSSION = ("drums", "cymbals")


def factors(song: Song, rendered: Rendered) -> dict[str, object]:
    """Everything there is to know, ready for JSON.

    `knobs` hold what was drawn before a note was written; `frames` what came of it:
    `level_db` of the finished song below 2,756 Hz, `onsets` (notes that begin),
    `intensity` of the section, and the shares of `bass` and `percussion` in the power
    of the mix, 0 to 1.
    """
    frames = len(rendered.power)
    total = np.zeros(frames)
    for power in rendered.role_power.values():
        total += power
    bass = _share(rendered, ("bass",), total)
    percussion = _share(rendered, PERCUSSION, total)
    onsets = np.zeros(frames, dtype=int)
    for part in song.parts:
        starts = [int(note.start_s / FRAME_S) for note in part.notes]
        np.add.at(onsets, [start for start in starts if start < frames], 1)
    heard = rendered.power > 1e-4 * max(float(rendered.power.max()), 1e-30)
    level = float(decibels(rendered.power[heard].mean())) if heard.any() else -100.0
    return {
        "format": FORMAT,
        "version": VERSION,
        "composer": COMPOSER,
        "seed": song.seed,
        "song": song.index,
        "seconds": song.seconds,
        "style": song.style,
        "key": KEYS[song.scale.tonic],
        "mode": song.scale.mode,
        "tempo": round(song.tempo, 3),
        "meter": song.meter,
        "knobs": {name: round(v, 4) for name, v in asdict(song.knobs).items()},
        "level_db": round(level, 2),
        "bass_share": round(_mean_share(bass, total), 4),
        "percussion_share": round(_mean_share(percussion, total), 4),
        "onsets_per_s": round(float(onsets.sum()) / song.seconds, 3),
        "fade_in_s": round(song.fade_in_s, 3),
        "fade_out_s": round(song.fade_out_s, 3),
        "silence_s": round(song.silence_s, 3),
        "parts": [
            {
                "role": part.role,
                "timbre": part.timbre,
                "notes": len(part.notes),
                "gain_db": round(part.gain_db, 2),
                "pan": round(part.pan, 3),
                "doubled": part.doubled,
                "drive": round(part.drive, 3),
            }
            for part in song.parts
        ],
        "sections": [
            {
                "kind": section.kind,
                "start_s": round(section.start_s, 3),
                "end_s": round(section.end_s, 3),
                "intensity": round(section.intensity, 3),
                "key": KEYS[section.scale.tonic],
                "roles": sorted(section.roles),
            }
            for section in song.sections
        ],
        "bars_s": [round(start, 3) for start in song.bar_s],
        "frames": {
            "level_db": np.round(decibels(rendered.power), 2).tolist(),
            "intensity": np.round(_intensity(song, frames), 3).tolist(),
            "onsets": onsets.tolist(),
            "bass": np.round(bass, 4).tolist(),
            "percussion": np.round(percussion, 4).tolist(),
        },
    }


def to_json(values: dict[str, object]) -> bytes:
    """The file's bytes."""
    return json.dumps(values).encode()


def composer_of(told: bytes) -> int | None:
    """Which composer made a song, by the JSON beside it; None where it says nothing."""
    try:
        composer = json.loads(told)["composer"]
    except (ValueError, KeyError, TypeError):
        return None
    return composer if isinstance(composer, int) else None


def _share(
    rendered: Rendered, roles: tuple[str, ...], total: NDArray[np.float64]
) -> NDArray[np.float64]:
    power = np.zeros(len(total))
    for role in roles:
        if role in rendered.role_power:
            power += rendered.role_power[role]
    return power / np.maximum(total, 1e-12)


def _mean_share(share: NDArray[np.float64], total: NDArray[np.float64]) -> float:
    return float((share * total).sum() / max(float(total.sum()), 1e-12))


def _intensity(song: Song, frames: int) -> NDArray[np.float64]:
    middles = (np.arange(frames) + 0.5) * FRAME_S
    curve = np.zeros(frames)
    for section in song.sections:
        curve[(middles >= section.start_s) & (middles < section.end_s)] = (
            section.intensity
        )
    return curve
