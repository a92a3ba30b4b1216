import io
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
import torch

from tests.models import TINY
from tests.vae.training.songs import options_of, trained_split
from vae.config import ModelConfig
from vae.training.baselines import measure_baselines
from vae.training.portrait import measure_axes, pictures
from vae.training.trainer import Trainer

STRIDED = replace(
    TINY, network="strided", widths=(8,), likelihood="mean", frames_per_latent=32
)


def trainer_of(songs: Path, model: ModelConfig) -> Trainer:
    options = options_of(songs, model)
    trainer = Trainer(options, trained_split(options), torch.device("cpu"))
    trainer.start(lambda _share: None)
    return trainer


def decoded(png: bytes) -> np.ndarray:
    with av.open(io.BytesIO(png), "r", format="png_pipe") as container:
        (frame,) = container.decode(video=0)
    return frame.to_ndarray(format="gray")


@pytest.mark.parametrize("model", [TINY, STRIDED])
def test_pictures_show_the_held_out_song_and_what_is_made_of_it(
    songs: Path, model: ModelConfig
) -> None:
    trainer = trainer_of(songs, model)
    original, reconstruction = (decoded(png) for png in pictures(trainer))
    assert original.shape == reconstruction.shape == (8, 32)
    assert original.max() == 255
    u = trainer.held_out()[0] * trainer.scale
    row = u.square().mean(dim=(0, 1, 2)).view(8, 4).mean(dim=1)
    loudest = 7 - int(row.argmax())  # rows from above
    assert abs(int(original.astype(int).sum(axis=1).argmax()) - loudest) <= 1


@pytest.mark.parametrize("model", [TINY, STRIDED])
def test_an_axis_that_does_nothing_is_not_live(songs: Path, model: ModelConfig) -> None:
    trainer = trainer_of(songs, model)
    basis = trainer.checkpoint().basis
    axes = measure_axes(trainer, basis, 3)
    assert axes.epoch == 3
    assert len(axes.change_db) == 64
    assert axes.live == sum(change >= 0.5 for change in axes.change_db)
    still = replace(basis, sigma=np.full(64, 1e-9, np.float32))
    assert measure_axes(trainer, still, 3).live == 0


def test_more_is_known_of_songs_by_components_than_by_a_mean_spectrum(
    songs: Path,
) -> None:
    baselines = measure_baselines(trainer_of(songs, TINY))
    assert baselines.components < baselines.mean_spectrum
    image = measure_baselines(trainer_of(songs, STRIDED))
    assert image.components <= image.mean_spectrum * 1.2
