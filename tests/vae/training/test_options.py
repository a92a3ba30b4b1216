from dataclasses import replace
from pathlib import Path

import pytest

from tests.models import TINY
from vae.config import ModelConfig, TrainConfig
from vae.errors import TrainingError
from vae.training.options import Options

WINDOWED = replace(TINY, frames_per_latent=TINY.frames)  # 32 frames


def options(model: ModelConfig, **train: int) -> Options:
    return Options(folders=(Path(),), model=model, train=TrainConfig(**train))  # type: ignore[arg-type]  # fields that are whole numbers


@pytest.mark.parametrize(
    ("asked", "processes", "words"),
    [
        (options(TINY, sample_frames=12), 1, "a multiple of 8"),
        (options(WINDOWED, sample_frames=16), 1, "must be 32"),
        (options(WINDOWED, sample_frames=64), 1, "must be 32"),
        (options(TINY, batch_size=3), 2, "cannot be shared by 2 processes"),
        (options(TINY, batch_size=4, samples_per_epoch=9), 2, "shared by 2 processes"),
    ],
)
def test_what_does_not_go_together_is_told(
    asked: Options, processes: int, words: str
) -> None:
    with pytest.raises(TrainingError, match=words):
        asked.check(processes)


def test_what_goes_together_is_taken() -> None:
    options(TINY, sample_frames=16).check(1)
    options(WINDOWED).check(1)
    options(TINY, batch_size=4, samples_per_epoch=10).check(2)
