from dataclasses import replace

import pytest

from vae.config import TrainConfig
from vae.training.figures import mean_losses
from vae.training.records import Step


def step(nats: float, kl_nats: float, distance: float = 0.0) -> Step:
    return Step(
        epoch=4,
        step=0,
        loss=0.0,
        nats=nats,
        kl_nats=kl_nats,
        distance=distance,
        gradient_norm=1.0,
        learning_rate=1e-3,
        samples_per_s=1.0,
    )


@pytest.mark.parametrize(("samples", "nats"), [(8, 2.0), (5, 1.4)])
def test_a_smaller_last_batch_counts_for_less(samples: int, nats: float) -> None:
    config = replace(
        TrainConfig(),
        samples_per_epoch=samples,
        batch_size=4,
        beta=0.5,
        beta_warmup_epochs=0,
    )
    losses = mean_losses([step(1.0, 30.0), step(3.0, 30.0)], config, 10)
    assert losses.nats == pytest.approx(nats)
    assert losses.loss == pytest.approx(nats + 0.5 * 30.0 / 10)


def test_the_loss_of_an_epoch_counts_the_distance_as_a_step_does() -> None:
    config = replace(TrainConfig(), beta=0.0, distance_weight=0.4)
    losses = mean_losses([step(1.0, 30.0, 2.0), step(1.0, 30.0, 3.0)], config, 10)
    assert losses.loss == pytest.approx(1.0 + 0.4 * 2.5)
