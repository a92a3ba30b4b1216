"""The named recipes: what `--preset` chooses among.

`DEFAULT` is what measured best so far; `SEED` holds every number of the seed design:
DCT-II without overlap, a plain Gaussian VAE, a strided network and one vector of 64 for
128 seconds; `WIDE` is the default with larger layers, more of the songs and shorter
samples, for a graphics card.
"""

from dataclasses import dataclass

from vae.config import ModelConfig, TrainConfig, TransformConfig


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A model and the way it is trained, under one name."""

    model: ModelConfig
    train: TrainConfig


DEFAULT = Preset(
    model=ModelConfig(frames_per_latent=2, widths=(256, 256)),
    train=TrainConfig(
        samples_per_epoch=320, batch_size=32, sample_frames=64, learning_rate=1e-3
    ),
)

SEED = Preset(
    model=ModelConfig(
        transform=TransformConfig(overlap=0),
        frames_per_latent=512,
        likelihood="mean",
        network="strided",
        widths=(24, 96, 192, 384),
    ),
    train=TrainConfig(learning_rate=1e-3, norm_epochs=200, covariance_penalty=0.0),
)

WIDE = Preset(
    model=ModelConfig(frames_per_latent=2, widths=(384, 384), templates=512),
    train=TrainConfig(
        samples_per_epoch=320, batch_size=16, sample_frames=256, time_offsets=4
    ),
)

PRESETS = {"default": DEFAULT, "seed": SEED, "wide": WIDE}
