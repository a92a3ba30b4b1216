from pathlib import Path

import numpy as np
import torch

from tests.models import TINY
from tests.sounds import write_song
from vae.config import TrainConfig
from vae.dataset import corpus_statistics, load_dataset, stretch
from vae.network import likelihood
from vae.network.model import Vae
from vae.network.nmf import fit_dictionary
from vae.network.warm_start import warm_start

CONFIG = TrainConfig(dictionary_frames=600, dictionary_rounds=10)


def test_a_dictionary_explains_what_it_was_made_of() -> None:
    torch.manual_seed(0)
    truth = torch.rand(4, 30) ** 4
    power = torch.rand(200, 4) ** 2 @ truth
    found, activations = fit_dictionary(power, templates=4, rounds=100, seed=0)
    error = (activations @ found - power).abs().mean() / power.mean()
    assert float(error) < 0.1
    assert torch.allclose(found.mean(dim=1), torch.ones(4), atol=1e-4)


def test_more_rounds_never_explain_less() -> None:
    torch.manual_seed(0)
    power = torch.rand(100, 6) @ torch.rand(6, 20) ** 3

    def divergence(rounds: int) -> float:
        found, activations = fit_dictionary(power, templates=5, rounds=rounds, seed=0)
        ratio = (power + 1e-4) / (activations @ found + 1e-4)
        return float((ratio - ratio.log() - 1).mean())

    assert divergence(1) > divergence(5) > divergence(40)


def test_a_network_starts_where_linear_methods_end(tmp_path: Path) -> None:
    for number in range(4):
        write_song(tmp_path / f"{number}.wav", seconds=2, seed=number)
    songs = load_dataset([tmp_path], TINY.transform, cache=tmp_path / "cache").songs
    scale = torch.from_numpy(corpus_statistics(songs)[0])
    batch = np.stack([stretch(song, 40, TINY.frames) for song in songs])
    u = torch.from_numpy(batch).float() / scale
    torch.manual_seed(0)
    model = Vae(TINY)
    warm_start(model, songs, scale, CONFIG, lambda _share: None)
    model.eval()
    with torch.inference_mode():
        mu = model.encoder(u).mu
        started = float(likelihood.nats(u, model.decoder(mu)))
        corpus_alone = 0.5
        assert started < corpus_alone - 0.1
        moved = model.decoder(mu + 1).log_scale
        still = model.decoder(mu).log_scale
    assert moved is not None
    assert still is not None
    assert float((moved - still).abs().mean()) > 0.05
    assert 0.3 < float(mu[:, :8].std()) < 3
    whole = np.stack([stretch(song, 0, 10 * TINY.frames) for song in songs])
    u = torch.from_numpy(whole).float() / scale
    with torch.inference_mode():
        log_scale = model.decoder(model.encoder(u).mu).log_scale
    assert log_scale is not None
    raised = 0.5 * float((u.square() / torch.exp(2 * log_scale)).mean().log())
    assert abs(raised) < 0.2  # nats; what is expected is as loud as the songs are
