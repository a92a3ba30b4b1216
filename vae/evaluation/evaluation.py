"""A model measured on songs it was not trained on, beside what needs no model."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vae.cache import default_cache
from vae.checkpoint import Checkpoint
from vae.dataset import SongImage
from vae.evaluation import scores, texture
from vae.evaluation.aggregate import Aggregate, aggregate
from vae.evaluation.axes import Axes, measure_axes
from vae.evaluation.baselines import Score, baseline_scores, own_scores
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.point_sound import PointSound, measure_point_sound
from vae.evaluation.reference import Reference
from vae.evaluation.spread import Spread
from vae.evaluation.subject import Subject, expected_power
from vae.network.model import Posterior
from vae.progress import Told


@dataclass(frozen=True, kw_only=True)
class SongReport:
    """What was found on one song."""

    title: str
    scores: dict[str, Score]  # by name: `model` and the baselines
    flatness_db: float  # of the decoded power
    dynamics_db: float  # of the decoded power
    song_flatness_db: float  # of the song's own smoothed power
    song_dynamics_db: float  # of the song's own power


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """All that was found.

    Attributes
    ----------
    nats, lsd_db : dict of Spread
        By name, over songs: `model` and the baselines.
    better_than : dict of float
        By baseline, the share of songs on which the model has the lower nats.
    flatness_db, dynamics_db, song_flatness_db, song_dynamics_db : Spread
        See `SongReport`.
    dynamics_off_db : Spread
        By how much the dynamics of a song's decoded power miss the song's own.
    """

    songs: tuple[SongReport, ...]
    nats: dict[str, Spread]
    lsd_db: dict[str, Spread]
    better_than: dict[str, float]
    flatness_db: Spread
    dynamics_db: Spread
    song_flatness_db: Spread
    song_dynamics_db: Spread
    dynamics_off_db: Spread
    aggregate: Aggregate
    axes: Axes
    sound: PointSound


def evaluate(
    checkpoint: Checkpoint,
    songs: Sequence[SongImage],
    reference: Reference | None,
    *,
    cache: Path | None = None,
    told: Told,
) -> Evaluation:
    """Measure a model on some songs.

    Parameters
    ----------
    checkpoint : Checkpoint
    songs : sequence of SongImage
        None of them trained on; of each the middle is taken, at most one image long.
    reference : Reference, optional
        The training songs; without them the only baselines are the songs' own
        spectra, and nats are in units of the model's own corpus RMS.
    cache : Path, optional
        Where scores of baselines are kept.
    told : callable
        Called with what is being done and the share done; may raise to stop.
    """
    subject = Subject(checkpoint)
    excerpts = [Excerpt.of(song, checkpoint.config.frames) for song in songs]
    if reference is None:
        scale = subject.scale
        known = [own_scores(one.power(scale)) for one in excerpts]
    else:
        scale = reference.scale
        known = baseline_scores(
            excerpts,
            reference,
            checkpoint.config,
            cache=(default_cache() if cache is None else cache) / "evaluation",
            told=told,
        )
    reports, posteriors = [], []
    for number, (excerpt, baselines) in enumerate(zip(excerpts, known, strict=True), 1):
        report, posterior = _on_song(subject, excerpt, scale, baselines)
        reports.append(report)
        posteriors.append(posterior)
        told("scoring the model", number / len(excerpts))
    axes = measure_axes(subject, excerpts, lambda share: told("moving sliders", share))
    sound = measure_point_sound(
        checkpoint, excerpts, lambda share: told("listening to points", share)
    )
    return _gathered(reports, aggregate(posteriors), axes, sound)


def _on_song(
    subject: Subject, excerpt: Excerpt, scale: np.ndarray, known: dict[str, Score]
) -> tuple[SongReport, Posterior]:
    posterior = subject.posterior(excerpt)
    spectrum = subject.spectrum(posterior.mu, 0, excerpt.frames)
    own_units = np.square(subject.scale / scale)
    decoded = expected_power(spectrum)[0]
    song = excerpt.power(scale)
    found = Score(
        subject.nats(excerpt, spectrum, scale),
        scores.lsd_db(song, decoded * own_units),
    )
    heard, said = np.square(excerpt.coefficients), decoded * np.square(subject.scale)
    transform = subject.config.transform
    report = SongReport(
        title=excerpt.title,
        scores={"model": found, **known},
        flatness_db=texture.flatness_db(said, transform),
        dynamics_db=texture.dynamics_db(said),
        song_flatness_db=texture.flatness_db(scores.smoothed(heard), transform),
        song_dynamics_db=texture.dynamics_db(heard),
    )
    return report, posterior


def _gathered(
    reports: Sequence[SongReport], latents: Aggregate, axes: Axes, sound: PointSound
) -> Evaluation:
    names = list(reports[0].scores)
    nats = {name: [one.scores[name].nats for one in reports] for name in names}
    distances = {name: [one.scores[name].lsd_db for one in reports] for name in names}
    return Evaluation(
        songs=tuple(reports),
        nats={name: Spread.of(values) for name, values in nats.items()},
        lsd_db={name: Spread.of(values) for name, values in distances.items()},
        better_than={
            name: float(np.mean(np.less(nats["model"], nats[name])))
            for name in names[1:]
        },
        flatness_db=Spread.of([one.flatness_db for one in reports]),
        dynamics_db=Spread.of([one.dynamics_db for one in reports]),
        song_flatness_db=Spread.of([one.song_flatness_db for one in reports]),
        song_dynamics_db=Spread.of([one.song_dynamics_db for one in reports]),
        dynamics_off_db=Spread.of(
            [abs(one.dynamics_db - one.song_dynamics_db) for one in reports]
        ),
        aggregate=latents,
        axes=axes,
        sound=sound,
    )
