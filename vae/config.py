"""Every number that defines a transform, a network and a training run."""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar, get_args

from vae.errors import ConfigError

Likelihood = Literal["scale", "gaussian", "mean"]
Network = Literal["strided", "dictionary"]
Balance = Literal["songs", "folders"]
DeviceName = Literal["auto", "cpu", "cuda", "mps"]
Precision = Literal["auto", "float32", "bfloat16"]
Config = TypeVar("Config", "TransformConfig", "ModelConfig", "TrainConfig")

CONTOUR_FRAMES = 16  # frames of a contour's step: four seconds
LARGEST_SEED = 2**63 - 1  # of torch's generators


@dataclass(frozen=True, kw_only=True)
class TransformConfig:
    """How sound becomes a DCT image."""

    sample_rate: int = 44_100  # Hz
    frame_samples: int = 11_025  # samples a frame: a quarter of a second
    kept: int = 1_378  # K, the lowest coefficients of each frame
    overlap: int = 1_024  # samples each side of a frame boundary; 0 is the DCT-II

    def __post_init__(self) -> None:
        _require(self.sample_rate >= 1, "sample_rate", self.sample_rate, "at least 1")
        _require(
            self.frame_samples >= 2, "frame_samples", self.frame_samples, "at least 2"
        )
        _require(
            1 <= self.kept <= self.frame_samples,
            "kept",
            self.kept,
            f"1 to {self.frame_samples}",
        )
        _require(
            0 <= self.overlap <= self.frame_samples // 2,
            "overlap",
            self.overlap,
            f"0 to {self.frame_samples // 2}",
        )

    @property
    def band_hz(self) -> float:
        """Upper edge of the kept band, Hz."""
        return self.kept * self.sample_rate / (2 * self.frame_samples)

    @property
    def frame_s(self) -> float:
        """Duration of one frame, seconds."""
        return self.frame_samples / self.sample_rate


@dataclass(frozen=True, kw_only=True)
class ModelConfig:
    """The shape of a network and the likelihood it is trained under."""

    transform: TransformConfig = field(default_factory=TransformConfig)
    channels: int = 2  # C: left, right
    frames: int = 512  # F of one training image: 128 s
    latent_size: int = 64  # L
    frames_per_latent: int = 2  # frames that share one latent vector
    likelihood: Likelihood = "scale"
    network: Network = "dictionary"
    widths: tuple[int, ...] = (256, 256)  # channels after each layer in the encoder
    templates: int = 256  # J, spectra in the dictionary; unused when strided
    contour_shapes: int = 0  # R, what a latent moves over its frames; 0: it stands

    def __post_init__(self) -> None:
        _require(self.channels >= 1, "channels", self.channels, "at least 1")
        _require(self.latent_size >= 1, "latent_size", self.latent_size, "at least 1")
        _require(self.templates >= 1, "templates", self.templates, "at least 1")
        _require(
            len(self.widths) >= 1 and min(self.widths) >= 1,
            "widths",
            self.widths,
            "one or more positive numbers",
        )
        per_latent = self.frames_per_latent
        _require(
            per_latent >= 2 and per_latent & (per_latent - 1) == 0,
            "frames_per_latent",
            per_latent,
            "a power of two, 2 or more",
        )
        _require(
            self.frames >= per_latent and self.frames % per_latent == 0,
            "frames",
            self.frames,
            f"a multiple of frames_per_latent, {per_latent}",
        )
        _require(
            self.contour_shapes == 0 or per_latent > CONTOUR_FRAMES,
            "contour_shapes",
            self.contour_shapes,
            f"0 unless a vector lasts more than {CONTOUR_FRAMES} frames",
        )
        _require(
            self.contour_shapes >= 0, "contour_shapes", self.contour_shapes, "0 or more"
        )
        _choice("likelihood", self.likelihood, Likelihood)
        _choice("network", self.network, Network)

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """(C, F, K) of one training image."""
        return (self.channels, self.frames, self.transform.kept)

    @property
    def latents(self) -> int:
        """F', the latent vectors of one training image."""
        return self.frames // self.frames_per_latent

    @property
    def windowed(self) -> bool:
        """True where one vector stands for a whole training image."""
        return self.frames_per_latent == self.frames

    @property
    def duration_s(self) -> float:
        """Duration of one training image, seconds."""
        return self.frames * self.transform.frame_s


@dataclass(frozen=True, kw_only=True)
class TrainConfig:
    """How a network is trained."""

    epochs: int = 200
    samples_per_epoch: int = 40  # images
    batch_size: int = 4  # images a step, over all processes
    sample_frames: int = 0  # frames of a training image; 0 for `ModelConfig.frames`
    balance: Balance = "songs"  # what is drawn alike: a minute of song, or a folder
    time_offsets: int = 1  # versions of each song, parts of a frame apart
    learning_rate: float = 3e-4  # AdamW, after warm-up
    weight_decay: float = 1e-4
    warmup_epochs: int = 2  # epochs over which the learning rate rises from zero
    gradient_norm: float = 1.0  # gradients are clipped to this norm
    average_decay: float = 0.995  # a step, of the averaged weights; 0 for the last
    norm_epochs: int = 4  # epochs after which batch norms keep their statistics
    beta: float = 1.0  # weight of the KL term
    beta_warmup_epochs: int = 10  # epochs over which beta rises from zero
    covariance_penalty: float = 0.1  # weight of the DIP-VAE term
    distance_weight: float = 0.0  # of the squared log-spectral distance, a neper²
    dictionary_frames: int = 6_000  # frames the NMF start is fitted to
    dictionary_rounds: int = 40  # multiplicative updates of the NMF start
    validation_fraction: float = 0.1  # share of the songs held out
    validation_images: int = 64  # at most, one to a song as far as they go
    picture_epochs: int = 5  # epochs from one picture, and look at the axes, to another
    seed: int = 0  # of the songs held out, the network's start, and what is drawn
    device: DeviceName = "auto"
    precision: Precision = "auto"  # bfloat16 on CUDA, float32 elsewhere

    def __post_init__(self) -> None:
        for name in (
            "epochs",
            "samples_per_epoch",
            "batch_size",
            "time_offsets",
            "validation_images",
            "picture_epochs",
        ):
            value = getattr(self, name)
            _require(value >= 1, name, value, "at least 1")
        for name in (
            "weight_decay",
            "beta",
            "covariance_penalty",
            "distance_weight",
            "sample_frames",
        ):
            value = getattr(self, name)
            _require(0 <= value < math.inf, name, value, "0 or more")
        for name in ("learning_rate", "gradient_norm"):
            value = getattr(self, name)
            _require(0 < value < math.inf, name, value, "more than 0")
        for name in ("validation_fraction", "average_decay"):
            value = getattr(self, name)
            _require(0 <= value < 1, name, value, "0 to just under 1")
        _require(0 <= self.seed <= LARGEST_SEED, "seed", self.seed, "0 to 2⁶³ - 1")
        _choice("device", self.device, DeviceName)
        _choice("balance", self.balance, Balance)
        _choice("precision", self.precision, Precision)


def from_dict(kind: type[Config], values: Mapping[str, Any]) -> Config:
    """The configuration of these fields, as JSON has them; the rest are as usual.

    Raises
    ------
    ConfigError
        A field is unknown, of the wrong type, or outside what is allowed.
    """
    fields = {field.name: field.type for field in dataclasses.fields(kind)}
    unknown = sorted(set(values) - set(fields))
    if unknown:
        raise ConfigError(f"{kind.__name__} has no field {', '.join(unknown)}")
    read = {name: _read(name, fields[name], value) for name, value in values.items()}
    return kind(**read)


def _read(name: str, kind: object, value: Any) -> Any:
    if kind is TransformConfig and isinstance(value, Mapping):
        return from_dict(TransformConfig, value)
    if kind == tuple[int, ...] and isinstance(value, list | tuple):
        return tuple(_read(name, int, item) for item in value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind in (int, float):
        _require(type(value) is kind, name, value, f"a number ({kind.__name__})")
    return value


def _require(holds: bool, name: str, value: object, allowed: str) -> None:
    if not holds:
        raise ConfigError(f"{name} is {value!r}; it must be {allowed}")


def _choice(name: str, value: str, choices: Any) -> None:
    allowed = get_args(choices)
    _require(value in allowed, name, value, "one of " + ", ".join(allowed))
