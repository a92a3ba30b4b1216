import pytest

from vae.config import TrainConfig
from vae.training.schedule import beta, learning_rate

CONFIG = TrainConfig(epochs=100, warmup_epochs=4, learning_rate=1.0)


def test_the_learning_rate_rises_and_falls_as_half_a_cosine_does() -> None:
    rates = [learning_rate(CONFIG, epoch, 0) for epoch in range(101)]
    assert 0 < rates[0] < 0.05
    assert rates[0] < rates[1] < rates[2] < rates[3] < rates[4]
    assert rates[25] == pytest.approx(0.8536, abs=1e-3)
    assert rates[50] == pytest.approx(0.5)
    assert rates[75] == pytest.approx(0.1464, abs=1e-3)
    assert rates[100] == pytest.approx(0)


def test_each_time_training_went_astray_its_steps_are_halved() -> None:
    first, second = (learning_rate(CONFIG, 50, turns) for turns in (0, 2))
    assert second == pytest.approx(first / 4)


def test_the_weight_of_the_kl_term_rises_evenly_and_stays() -> None:
    config = TrainConfig(beta=2.0, beta_warmup_epochs=10)
    assert [beta(config, epoch) for epoch in (0, 5, 10, 50)] == [0, 1, 2, 2]
    assert beta(TrainConfig(beta_warmup_epochs=0), 0) == 1  # of a model gone on from
