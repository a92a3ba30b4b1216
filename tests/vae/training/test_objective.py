from dataclasses import replace

import pytest
import torch

from tests.models import TINY
from vae.config import ModelConfig, TrainConfig
from vae.network.model import Vae
from vae.training.objective import Objective
from vae.training.processes import Processes

CONFIG = TrainConfig(covariance_penalty=1.0, distance_weight=0.5)


FEW = replace(TINY, latent_size=4)  # so that their covariance counts


@pytest.mark.parametrize("model", [FEW, replace(FEW, likelihood="gaussian")])
def test_all_of_it_is_compiled_in_one_piece(model: ModelConfig) -> None:
    torch.manual_seed(0)
    objective = Objective(Vae(model), CONFIG, Processes(), torch.float32)
    u = torch.randn(4, model.channels, model.frames, model.transform.kept)
    length = model.frames // model.frames_per_latent
    noise, beta = torch.randn(4, model.latent_size, length), torch.tensor(1.0)
    expected = objective(u, noise, beta).loss.item()
    objective.compile(backend="eager", fullgraph=True)
    assert objective(u, noise, beta).loss.item() == pytest.approx(expected)
