"""Preset files: a named point of one model, as JSON; and a point as a line of text.

    {"format": "dctvae-preset", "version": 1,
     "name": "Bright",
     "model_hash": "…",                 SHA-256 of the model file
     "source": "song",                  or "noise", "tones"
     "values": [0.0, …],                (L,), where the sliders stand, in σ
     "names": {"3": "Brightness"},      of the axes that have one, counted from 1
     "songs": {"Aria": 0.4, …},         how far it leans to each song the model knows,
     "told": 0.9}                       and how much of it they tell, for other models

The line is `dctvae-point:1:HASH:VALUES`: the version, the first twelve letters of the
model's hash, and the values as little-endian float16 in base64.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from explorer.engine.protocol import Source
from explorer.session.document import DocumentFormat
from explorer.session.song_mix import SongMix
from vae.errors import DctvaeError

LINE = "dctvae-point"
DIGITS = 6  # behind the point; a millionth of a σ
HASH_LETTERS = 12
MOST_LISTED = 1_000  # files of a folder
MOST_LETTERS = 100_000  # of a line; more was never a point
LARGEST_SIGMA = 1e3
LARGEST_WEIGHT = 1e3  # of a song

Floats = NDArray[np.float32]


class PresetError(DctvaeError):
    """A preset or a line that cannot be read or written, in a sentence."""


FORMAT = DocumentFormat(
    name="dctvae-preset", version=1, noun="a preset", error=PresetError
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Preset:
    """What a preset file says; `values` is (L,) float32 in σ.

    What the songs tell of it may be missing: then no other model can find it.
    """

    name: str
    model_hash: str
    values: Floats
    source: Source = "song"
    names: Mapping[int, str] = field(default_factory=dict)
    mix: SongMix = field(default_factory=SongMix)


def write_preset(path: Path, preset: Preset) -> None:
    """Write a preset file, complete or not at all.

    Raises
    ------
    PresetError
        The file cannot be written.
    """
    content = {
        "name": preset.name,
        "model_hash": preset.model_hash,
        "source": preset.source,
        "values": np.round(preset.values.astype(np.float64), DIGITS).tolist(),
        "names": {str(axis + 1): name for axis, name in sorted(preset.names.items())},
        "songs": {
            title: round(weight, DIGITS) for title, weight in preset.mix.weights.items()
        },
        "told": round(preset.mix.told, DIGITS),
    }
    FORMAT.write(path, content)


def read_preset(path: Path) -> Preset:
    """Read a preset file.

    Raises
    ------
    PresetError
        The file is missing, no preset, damaged, or of a newer version.
    """
    content = FORMAT.read(path)
    try:
        return _parsed(content, path.stem)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise FORMAT.damaged(path.name) from error


def presets_in(folder: Path) -> tuple[Path, ...]:
    """The presets in a folder, by their names; none where it cannot be read."""
    try:
        named = sorted(folder.glob("*.json"), key=lambda one: one.name.casefold())
    except OSError:
        return ()
    return tuple(filter(FORMAT.begins, named[:MOST_LISTED]))


def point_line(model_hash: str, values: Floats) -> str:
    """A point as one line of text: (L,) in σ."""
    packed = base64.b64encode(values.astype("<f2").tobytes()).decode()
    return f"{LINE}:{FORMAT.version}:{model_hash[:HASH_LETTERS]}:{packed}"


def read_point_line(text: str) -> tuple[str, Floats]:
    """The beginning of a model's hash, and (L,) values in σ, of a line of text.

    Raises
    ------
    PresetError
        The text is no point, damaged, or of a newer version.
    """
    parts = text.strip().split(":") if len(text) <= MOST_LETTERS else []
    if not parts or parts[0] != LINE:
        raise PresetError("The clipboard holds neither a point nor the path of a file.")
    version = int(parts[1]) if parts[1:] and parts[1].isdecimal() else 0
    FORMAT.check_version(version, "It")
    try:
        _, _, model_hash, packed = parts
        content = base64.b64decode(packed, validate=True)
        values = _checked(np.frombuffer(content, "<f2").astype(np.float32))
    except (ValueError, binascii.Error) as error:
        raise PresetError("The point on the clipboard is damaged.") from error
    return model_hash, values


def _parsed(content: dict[str, Any], stem: str) -> Preset:
    names = {int(axis) - 1: str(name) for axis, name in content["names"].items()}
    source = content["source"]
    if source not in get_args(Source):
        raise ValueError("no such source")
    return Preset(
        name=str(content["name"]) or stem,
        model_hash=str(content["model_hash"]),
        values=_checked(np.asarray(content["values"], dtype=np.float32)),
        source=source,
        names=names,
        mix=_mix(content),
    )


def _mix(content: dict[str, Any]) -> SongMix:
    weights = {
        str(title): float(weight) for title, weight in content.get("songs", {}).items()
    }
    told = float(content.get("told", 0.0))
    if not all(abs(one) <= LARGEST_WEIGHT for one in (told, *weights.values())):
        raise ValueError("not a mix of songs")
    return SongMix(weights=weights, told=min(max(told, 0.0), 1.0))


def _checked(values: Floats) -> Floats:
    if values.ndim != 1 or not len(values) or not (abs(values) <= LARGEST_SIGMA).all():
        raise ValueError("not a position")
    return values
