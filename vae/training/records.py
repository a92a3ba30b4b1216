"""The lines of `log.jsonl`: what a training run says while it runs, a record each.

A line is one JSON object: `kind`, the name of a class below in lower case, `time`, in
seconds since 1970, and the fields of that class. Epochs and steps count from 0; losses
are nats per coefficient, lower is better.
"""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """How far the work before the first step has come; a line now and then."""

    stage: str  # "preparing songs", "fitting the dictionary", …
    done: int  # of `total`
    total: int

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.done / max(1, self.total)


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A file that is not trained on, and why."""

    path: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Start:
    """What the loop works with; a line each time the run is begun or resumed."""

    first_epoch: int  # 0, or the epoch that it is resumed from
    epochs: int  # in the whole run
    steps_per_epoch: int
    device: str  # "cpu", "cuda", "mps"
    device_name: str
    threads: int  # of torch on the CPU
    processes: int  # that share each batch
    parameters: int
    training_songs: int
    validation_songs: int
    minutes: float  # of all songs
    validation_paths: tuple[str, ...]  # sound files, held out


@dataclass(frozen=True, kw_only=True)
class Baselines:
    """What simple descriptions of the held-out songs reach, beside the loss."""

    mean_spectrum: float  # nats of the training songs' own mean spectrum
    components: float  # nats of principal components of the training songs
    component_count: int  # as many as latents


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the optimiser."""

    epoch: int
    step: int  # since the first epoch
    loss: float  # what was minimised
    nats: float  # per coefficient
    kl_nats: float  # per image, over all latents
    gradient_norm: float  # before it was clipped
    learning_rate: float
    samples_per_s: float
    distance: float = 0.0  # squared, of log powers, nepers²; 0 where it has no weight


@dataclass(frozen=True, kw_only=True)
class Losses:
    """Means over some images."""

    loss: float  # nats + beta · kl_nats / (C·F·K) + distance_weight · distance
    nats: float  # per coefficient
    kl_nats: float  # per image, over all latents


@dataclass(frozen=True, kw_only=True)
class Epoch:
    """What one epoch gave."""

    epoch: int
    training: Losses
    validation: Losses  # of the averaged weights; beta at its full weight
    kl_per_latent: tuple[float, ...]  # (L,) nats per latent vector, held-out songs
    variance_per_latent: tuple[float, ...]  # (L,) of the means, held-out songs
    participation_ratio: float  # of the latents' covariance, 1 to L
    beta: float
    learning_rate: float  # of the last step
    samples_per_s: float
    elapsed_s: float  # of this epoch, validation and saving included
    left_s: float  # expected, until the last epoch is done
    device_memory: int  # bytes at most so far; 0 where the device does not tell
    best: bool  # the lowest validation loss so far


@dataclass(frozen=True, kw_only=True)
class Axes:
    """What the sliders do to held-out songs; a line every few epochs."""

    epoch: int
    change_db: tuple[float, ...]  # (L,) RMS at ±2σ, the most important axis first
    live: int  # axes that change 0.5 dB or more


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A stretch of a held-out song and its reconstruction, drawn every few epochs.

    Grey PNG files of equal size, named within the run folder: time to the right,
    frequency upward, level from -80 dB (black) to the original's highest (white).
    """

    epoch: int
    title: str  # of the song
    original: str
    reconstruction: str


@dataclass(frozen=True, kw_only=True)
class Recovery:
    """Training went astray and is taken up again from the last good state."""

    epoch: int  # that is begun again
    turn: int  # 1, 2, 3
    reason: str  # a sentence
    learning_rate: float  # the highest from now on


@dataclass(frozen=True, kw_only=True)
class Named:
    """The sliders of the finished model are called after what they do."""

    songs: int  # that were listened to
    axes: int  # that have a name
    directions: tuple[str, ...]  # what the sliders by ear are called
    elapsed_s: float


@dataclass(frozen=True, kw_only=True)
class Unnamed:
    """The finished model is whole, but says nothing of its sliders."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class End:
    """Why the run ended, the last line of it until it is resumed."""

    reason: str  # "finished", "stopped", "failed"
    sentence: str
    advice: str  # what to do or change, or ""
    epochs_done: int
    best_epoch: int  # -1 where there is none
    best_loss: float | None  # of the validation
    elapsed_s: float  # since this process began


Record = (
    Preparation
    | Refused
    | Start
    | Baselines
    | Step
    | Epoch
    | Axes
    | Picture
    | Recovery
    | Named
    | Unnamed
    | End
)
KINDS: dict[str, type[Record]] = {
    kind.__name__.lower(): kind for kind in get_args(Record)
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A record and when it was written."""

    time: float  # seconds since 1970
    record: Record


def to_line(record: Record, time: float) -> str:
    """One line of JSON, its line end included."""
    values = {"kind": type(record).__name__.lower(), "time": round(time, 3)}
    return json.dumps(values | dataclasses.asdict(record)) + "\n"


def from_line(text: str) -> Line | None:
    """The record of a line; None for a kind that this version does not know.

    Raises
    ------
    ValueError, KeyError, TypeError
        The line is damaged.
    """
    values = json.loads(text)
    time, kind = float(values.pop("time")), KINDS.get(values.pop("kind"))
    return None if kind is None else Line(time=time, record=_read(kind, values))


def _read(kind: type[Record], values: Mapping[str, Any]) -> Record:
    """Fields that this version does not know are passed over."""
    known = {field.name for field in dataclasses.fields(kind)}
    read: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in values.items()
        if name in known
    }
    for name in ("training", "validation"):
        if kind is Epoch:
            read[name] = Losses(**read[name])
    return kind(**read)
