from dataclasses import replace
from pathlib import Path

import torch

from tests.models import TINY
from tests.vae.training.songs import SHORT, options_of, trained_split
from vae.network.model import Vae
from vae.training.average import Average
from vae.training.trainer import Trainer


def test_the_average_lies_between_the_weights_of_many_steps() -> None:
    model = Vae(TINY)
    average = Average(model, decay=0.5)
    parameter = next(model.parameters())
    mine = next(average.model.parameters())
    for value in (1.0, 2.0):
        with torch.no_grad():
            parameter.fill_(value)
        for _ in range(200):
            average.update(model)
        assert torch.allclose(mine, torch.tensor(value))
    with torch.no_grad():
        parameter.fill_(4.0)
    average.update(model)
    average.settle(model)
    assert torch.allclose(mine, torch.tensor(3.0))
    assert not mine.requires_grad


def test_weights_of_a_few_steps_count_as_much_together_as_one_by_one() -> None:
    model = Vae(TINY)
    together, singly = Average(model, decay=0.9), Average(model, decay=0.9)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(1.0)
    for _ in range(13):
        together.update(model)
        singly.update(model)
        singly.settle(model)
    together.settle(model)
    together.settle(model)  # nothing is left to take in
    theirs = singly.model.state_dict()
    for name, tensor in together.model.state_dict().items():
        assert torch.allclose(tensor, theirs[name], atol=1e-6)


def test_without_decay_the_last_weights_are_kept() -> None:
    model = Vae(TINY)
    average = Average(model, decay=0.0)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(1.0)
    average.update(model)
    average.settle(model)
    for name, tensor in model.state_dict().items():
        assert torch.equal(average.model.state_dict()[name], tensor)


def test_averaged_batch_norms_fit_averaged_weights(songs: Path) -> None:
    model = replace(TINY, network="strided", widths=(8, 8), frames_per_latent=32)
    config = replace(SHORT, norm_epochs=100, average_decay=0.9, epochs=20)
    options = options_of(songs, model, config)
    trainer = Trainer(options, trained_split(options), torch.device("cpu"))
    for epoch in range(config.epochs):
        for _ in trainer.train_epoch(epoch, 0):
            pass
    averaged = trainer.validate().losses.nats
    trainer.average.restart(trainer.model)
    assert averaged < trainer.validate().losses.nats + 0.05
