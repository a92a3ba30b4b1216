"""The named recipes: what `--preset` chooses among.

`DEFAULT` is what measured best so far; `SEED` holds every number of the seed design:
DCT-II without overlap, a plain Gaussian VAE, a strided network and one vector of 64 for
128 seconds; `STILL` has that one vector, and what measured best otherwise; `WIDE` is
the default with larger layers, more of the songs and longer samples, for a graphics
card.
"""

from dataclasses import dataclass, replace

from vae.config import ModelConfig, TrainConfig, TransformConfig


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A model and the way it is trained, under one name."""

    model: ModelConfig
    train: TrainConfig


DEFAULT = Preset(
    model=ModelConfig(),
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
    model=ModelConfig(widths=(384, 384), templates=512),
    train=TrainConfig(
        samples_per_epoch=320, batch_size=16, sample_frames=256, time_offsets=4
    ),
)

STILL = Preset(
    model=ModelConfig(frames_per_latent=512, widths=(64, 64), contour_shapes=64),
    train=TrainConfig(
        epochs=20,
        samples_per_epoch=200,
        batch_size=8,
        learning_rate=2e-3,
        weight_decay=1e-2,
        average_decay=0.99,
        beta_warmup_epochs=3,
        distance_weight=0.4,
        dictionary_frames=8_000,
    ),
)

PRESETS = {"default": DEFAULT, "seed": SEED, "still": STILL, "wide": WIDE}

BASE_RATE = 0.3  # of a recipe's learning rate, for weights that are trained already


def further(model: ModelConfig) -> TrainConfig:
    """How a model that is trained already is trained further.

    The recipe of the preset that has this network, with smaller steps, the KL term at
    its full weight and the batch norms' statistics kept from the start.
    """
    recipes = [preset.train for preset in PRESETS.values() if preset.model == model]
    usual = STILL.train if model.windowed else DEFAULT.train
    recipe = recipes[0] if recipes else usual
    return replace(
        recipe,
        learning_rate=recipe.learning_rate * BASE_RATE,
        beta_warmup_epochs=0,
        norm_epochs=0,
    )
