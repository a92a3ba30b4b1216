from dataclasses import replace
from pathlib import Path

import torch

from tests.models import TINY
from tests.vae.training.songs import options_of, trained_split
from vae.training.snapshot import restore, snapshot
from vae.training.trainer import Trainer


def test_moments_come_back_laid_in_memory_as_their_weights_are(songs: Path) -> None:
    model = replace(TINY, network="strided", widths=(8,), likelihood="mean")
    options = options_of(songs, model)

    def trainer() -> Trainer:
        made = Trainer(options, trained_split(options), torch.device("cpu"))
        made.model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stub knows no keyword alone
        return made

    one, other = trainer(), trainer()
    for _ in one.train_epoch(0, 0):
        pass
    restore(other, snapshot(one, lasting=False))
    mine, theirs = one.optimizer.state, other.optimizer.state
    pairs = zip(one.model.parameters(), other.model.parameters(), strict=True)
    for before, after in pairs:
        moment = theirs[after]["exp_avg"]
        assert moment.stride() == after.stride()
        assert torch.equal(moment, mine[before]["exp_avg"])
