"""Point files: a place in a model's latent space, as JSON.

    {"format": "dctvae-point", "version": 1,
     "model_hash": "…",                 SHA-256 of the model file
     "frames": 512,                     how many frames the path governs
     "origin": {"title": "…", "start_s": 0.0,
                "path": [[…], …]},      (T, L), the path as encoded, in σ
     "sigma": […]}                      (L,), where the sliders stand, in σ

The sliders stand at the path's mean plus an offset of the whole path; right after
encoding the offset is zero.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vae.errors import PointError
from vae.files import write_bytes

FORMAT = "dctvae-point"
VERSION = 1
DIGITS = 5  # behind the point; a hundred-thousandth of a σ
LARGEST_SIGMA = 1e3
MOST_FRAMES = 4 * 60 * 60 * 24  # a day of quarter seconds

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class PointFile:
    """What a point file says."""

    model_hash: str
    title: str  # of the song the path was encoded from; "" where there is none
    start_s: float  # where in the song it begins
    frames: int
    path: Floats  # (T, L) in σ, as encoded
    sigma: Floats  # (L,) in σ, where the sliders stand

    @property
    def moved_path(self) -> Floats:
        """(T, L) in σ: the path moved as a whole until its mean is where `sigma` is."""
        offset = self.sigma - self.path.mean(axis=0)
        return np.asarray(self.path + offset, dtype=np.float32)


def write_point(path: Path, point: PointFile) -> None:
    """Write a point file, complete or not at all.

    Raises
    ------
    PointError
        The file cannot be written.
    """
    values = {
        "format": FORMAT,
        "version": VERSION,
        "model_hash": point.model_hash,
        "frames": point.frames,
        "origin": {
            "title": point.title,
            "start_s": point.start_s,
            "path": _rounded(point.path),
        },
        "sigma": _rounded(point.sigma),
    }
    try:
        write_bytes(path, (json.dumps(values) + "\n").encode())
    except OSError as error:
        raise PointError(f"{path} cannot be written: {error.strerror}") from error


def read_point(path: Path) -> PointFile:
    """Read a point file.

    Raises
    ------
    PointError
        The file is missing, no point file, damaged, or of a newer version.
    """
    try:
        values = json.loads(path.read_bytes())
    except OSError as error:
        raise PointError(f"{path} cannot be opened: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise PointError(f"{path.name} is not a point file") from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise PointError(f"{path.name} is not a point file")
    version = values.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise PointError(
            f"{path.name} is of format version {version}; this program reads versions "
            f"up to {VERSION}: a newer one is needed"
        )
    try:
        return _parsed(values)
    except (KeyError, TypeError, ValueError) as error:
        raise PointError(f"{path.name} is damaged: {error}") from error


def _parsed(values: dict[str, Any]) -> PointFile:
    origin = values["origin"]
    point = PointFile(
        model_hash=str(values["model_hash"]),
        title=str(origin["title"]),
        start_s=float(origin["start_s"]),
        frames=int(values["frames"]),
        path=np.asarray(origin["path"], dtype=np.float32),
        sigma=np.asarray(values["sigma"], dtype=np.float32),
    )
    if point.path.ndim != 2 or point.path.shape[1:] != point.sigma.shape:
        raise ValueError("its path and its sigma differ in size")
    if not 1 <= point.frames <= MOST_FRAMES:
        raise ValueError(f"it has {point.frames} frames")
    for numbers in (point.path, point.sigma):
        if not (np.abs(numbers) <= LARGEST_SIGMA).all():
            raise ValueError(f"a position lies beyond ±{LARGEST_SIGMA:g} σ")
    return point


def _rounded(numbers: Floats) -> Any:
    return np.round(numbers.astype(np.float64), DIGITS).tolist()
