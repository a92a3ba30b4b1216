"""What a song's power is guessed to be without a network, and how good the guesses are.

| name | what it says of a song |
|---|---|
| `mean_spectrum` | the corpus spectrum, alone |
| `nearest_song` | the training song whose log image is nearest |
| `pca64` | the song's log image on L principal components of log images: L numbers |
| `pca64_path` | the same for each stretch of a latent: as many numbers as a path has |
| `song_spectrum` | the song's own mean spectrum: C·K numbers |
| `nmf_bound` | activations of 256 templates fitted to the song: 256 numbers a frame |
| `song_smoothed` | the song's own smoothed power: all that smooth power can say |

A log image averages logarithms, so the power got back from one is too small by some
factor: `nearest_song`, `pca64` and `pca64_path` are given the gain under which the song
is likeliest before their nats are taken. Their distance needs none, and as they are
smooth already they are not smoothed once more for it.

Letters: C channels, F frames, K kept coefficients, L latent size.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vae.config import ModelConfig
from vae.evaluation import bound, scores
from vae.evaluation.components import Components, LogImages, joined, path_blocks, split
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.reference import Reference
from vae.files import write_bytes
from vae.progress import Told

VERSION = 2  # raise when the same songs give other scores

Floats = NDArray[np.float32]


class Score(NamedTuple):
    """How well some power explains a song."""

    nats: float  # per coefficient, in units of the corpus RMS
    lsd_db: float


def score(song: Floats, power: Floats) -> Score:
    """The score of some power on a song's, both (C, F, K) in corpus units."""
    return Score(scores.nats(song, power), scores.lsd_db(song, power))


def score_of_logs(song: Floats, logs: Floats) -> Score:
    """The score of a log image, given its best gain, on a song's power (C, F, K)."""
    power = np.exp(logs)
    gained = power * np.float32(scores.best_gain(song, power))
    distance = scores.log_distance_db(scores.log_image(song), logs)
    return Score(scores.nats(song, gained), distance)


def own_scores(song: Floats) -> dict[str, Score]:
    """Scores of a song's own spectrum and smoothed power, which need no training songs.

    `song` is its power, (C, F, K) float32 in corpus units.
    """
    spectrum = np.broadcast_to(song.mean(axis=1, keepdims=True), song.shape)
    return {
        "song_spectrum": score(song, np.ascontiguousarray(spectrum)),
        "song_smoothed": score_of_logs(song, scores.log_image(song)),
    }


def baseline_scores(
    excerpts: Sequence[Excerpt],
    reference: Reference,
    config: ModelConfig,
    *,
    cache: Path,
    told: Told,
) -> list[dict[str, Score]]:
    """The scores of every baseline on every excerpt; those known are not taken anew."""
    cache.mkdir(parents=True, exist_ok=True)
    files = [cache / f"{_key(one, reference, config)}.json" for one in excerpts]
    missing = [number for number, file in enumerate(files) if not file.exists()]
    if missing:
        learned = _Learned(reference, config, cache, told)
        with closing(learned):
            for done, number in enumerate(missing, 1):
                found = learned.scores(excerpts[number])
                write_bytes(files[number], json.dumps(found).encode())
                told("scoring the baselines", done / len(missing))
    return [_read(file) for file in files]


class _Learned:
    """Everything the baselines take from the training songs."""

    def __init__(
        self, reference: Reference, config: ModelConfig, cache: Path, told: Told
    ) -> None:
        self._reference, self._config = reference, config
        self._images = LogImages(
            reference, cache, lambda share: told("smoothing the training songs", share)
        )
        self._whole = Components(
            self._images.blocks,
            config.latent_size,
            lambda share: told("principal components of images", share),
        )
        self._blocks = None
        if not config.windowed:
            self._blocks = Components(
                path_blocks(reference, config.frames_per_latent),
                config.latent_size,
                lambda share: told("principal components of stretches", share),
            )
        self._templates = bound.templates(
            reference, cache, lambda share: told("fitting the dictionary", share)
        )

    def scores(self, excerpt: Excerpt) -> dict[str, Score]:
        """Of one excerpt, by name."""
        song = excerpt.power(self._reference.scale)
        powers = {
            "mean_spectrum": np.ones_like(song),
            "nmf_bound": bound.explained(song, self._templates),
        }
        found = {name: score(song, power) for name, power in powers.items()}
        for name, logs in self._log_images(excerpt):
            found[name] = score_of_logs(song, logs[:, : excerpt.frames])
        return found | own_scores(song)

    def close(self) -> None:
        """Let the temporary file go."""
        self._images.close()

    def _log_images(self, excerpt: Excerpt) -> Iterator[tuple[str, Floats]]:
        """What each that works on log images says, (C, an image's F, K)."""
        filled = excerpt.filled(self._reference.frames) / self._reference.scale
        logs = scores.log_image(np.square(filled))
        nearest = self._reference.power(self._images.nearest(logs))
        yield "nearest_song", scores.log_image(nearest)
        restored = self._whole.restored(logs.reshape(1, -1))
        yield "pca64", restored.reshape(logs.shape)
        if self._blocks is not None:
            each = self._config.frames_per_latent
            restored = self._blocks.restored(split(logs, each))
            yield "pca64_path", joined(restored, each, len(logs))


def _key(excerpt: Excerpt, reference: Reference, config: ModelConfig) -> str:
    said = [
        VERSION,
        excerpt.key,
        reference.key,
        config.frames,
        config.frames_per_latent,
        config.latent_size,
        bound.ROUNDS,
    ]
    return "scores-" + hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def _read(file: Path) -> dict[str, Score]:
    return {name: Score(*pair) for name, pair in json.loads(file.read_bytes()).items()}
