"""How the learning rate and the weight of the KL term run over the epochs."""

import math

from vae.config import TrainConfig

SHRINKAGE = 0.5  # of the learning rate, each time training went astray


def learning_rate(config: TrainConfig, epoch: float, turns: int) -> float:
    """A linear rise, then half a cosine down to zero at the last epoch.

    Parameters
    ----------
    config : TrainConfig
    epoch : float
        Epochs done, with the share of the present one.
    turns : int
        How often training went astray and was taken up again.
    """
    rise = min(1.0, (epoch + 0.1) / max(0.1, config.warmup_epochs))
    fall = 0.5 * (1 + math.cos(math.pi * epoch / config.epochs))
    return highest_rate(config, turns) * rise * fall


def highest_rate(config: TrainConfig, turns: int) -> float:
    """What the learning rate rises to."""
    return config.learning_rate * SHRINKAGE**turns


def beta(config: TrainConfig, epoch: int) -> float:
    """Weight of the KL term in an epoch, rising from 0 if it is to be warmed up."""
    warmup = config.beta_warmup_epochs
    return config.beta * min(1.0, epoch / warmup if warmup > 0 else 1.0)
