from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.models import TINY
from tests.sounds import write_song
from vae.config import CONTOUR_FRAMES, TrainConfig
from vae.dataset import SongImage, corpus_statistics, load_dataset, stretch
from vae.network.contours import ContourEqualiser
from vae.network.likelihood import log_distance, nats
from vae.network.model import Spectrum, Vae
from vae.network.warm_start import warm_start

CONFIG = replace(TINY, frames=64, frames_per_latent=64, contour_shapes=6)
FADED = 20  # of the songs of the test


def faded_songs(folder: Path) -> list[SongImage]:
    """Songs that grow louder or softer, each by an amount of its own."""
    write_song(folder / "song.wav", seconds=2)
    cache = folder / "cache"
    song = load_dataset([folder / "song.wav"], CONFIG.transform, cache=cache).songs[0]
    image = stretch(song, 20, CONFIG.frames)
    rises = np.linspace(-1, 1, FADED)[:, None] * np.linspace(-1, 1, CONFIG.frames)
    return [
        replace(song, coefficients=image * np.exp(rise).astype(np.float16)[:, None])
        for rise in rises
    ]


def best_rise(u: torch.Tensor, log_scale: torch.Tensor, weight: float) -> float:
    """By how many nats an image would best be raised, of -1 to 1."""
    rises = np.linspace(-1, 1, 81)
    moved = [Spectrum(None, log_scale + rise) for rise in rises]
    losses = [nats(u, one) + weight * log_distance(u, one) for one in moved]
    return float(rises[int(np.argmin(losses))])


def test_between_two_steps_a_level_goes_over_without_a_jump() -> None:
    equaliser = ContourEqualiser(CONFIG)
    with torch.no_grad():
        equaliser.usual[:, 0] = torch.tensor([0.0, 1.0, 0.0, 0.0])
        equaliser.shapes[0] = 1.0
        equaliser.weight.zero_()
        level = equaliser.rows(torch.zeros(1, CONFIG.latent_size, 1), 0, 64)[0, 0, :, 0]
    assert float(level.diff().abs().max()) <= 1.01 / CONTOUR_FRAMES
    assert float(level[:8].abs().max()) == float(level[40:].abs().max()) == 0
    assert float(level.max()) > 0.9


def test_contours_start_with_how_loud_a_song_becomes(tmp_path: Path) -> None:
    songs = faded_songs(tmp_path)
    scale = torch.from_numpy(corpus_statistics(songs)[0])
    u = torch.from_numpy(np.stack([song.coefficients for song in songs])).float()
    torch.manual_seed(0)
    model = Vae(CONFIG)
    train = TrainConfig(dictionary_frames=200, dictionary_rounds=5, distance_weight=0.4)
    told: list[float] = []
    warm_start(model, songs, scale, train, told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)
    with torch.inference_mode():
        mu = model.eval().encoder(u / scale).mu
        log_scale = model.decoder(mu).log_scale
    assert log_scale is not None
    best = [
        best_rise(one[None], said[None], 0.4)
        for one, said in zip(u / scale, log_scale, strict=True)
    ]
    assert abs(np.median(best)) < 0.05
    quarter = log_scale.mean(dim=(1, 3)).view(FADED, 4, 16).mean(dim=2)
    rise = (quarter[:, -1] - quarter[:, 0]).numpy()
    expected = np.linspace(-1, 1, FADED) * 2 * 0.75
    own = rise.mean()  # of the song that all of them are
    assert np.abs(rise - own - expected).max() < 0.2
    assert 0.5 < float(mu[:, 0].std()) < 2
