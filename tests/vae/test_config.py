import json
from dataclasses import asdict

import pytest

from vae.config import ModelConfig, TrainConfig, TransformConfig, from_dict
from vae.errors import ConfigError
from vae.presets import PRESETS, SEED


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_survives_json(preset: str) -> None:
    model, train = PRESETS[preset].model, PRESETS[preset].train
    assert from_dict(ModelConfig, json.loads(json.dumps(asdict(model)))) == model
    assert from_dict(TrainConfig, json.loads(json.dumps(asdict(train)))) == train


def test_the_seed_preset_has_the_numbers_of_the_seed_design() -> None:
    model, train = SEED.model, SEED.train
    assert model.image_shape == (2, 512, 1378)
    assert (model.latents, model.latent_size) == (1, 64)
    assert (model.likelihood, model.network) == ("mean", "strided")
    assert (model.transform.overlap, model.transform.frame_samples) == (0, 11_025)
    assert (train.epochs, train.samples_per_epoch) == (200, 40)
    assert model.duration_s == 128


@pytest.mark.parametrize(
    ("kind", "values", "word"),
    [
        (TransformConfig, {"overlap": 5513}, "overlap"),
        (TransformConfig, {"kept": 0}, "kept"),
        (TransformConfig, {"kept": "many"}, "kept"),
        (TransformConfig, {"bins": 3}, "bins"),
        (ModelConfig, {"frames_per_latent": 12}, "frames_per_latent"),
        (ModelConfig, {"frames": 501}, "frames"),
        (ModelConfig, {"contour_shapes": 8}, "contour_shapes"),
        (ModelConfig, {"likelihood": "poisson"}, "likelihood"),
        (ModelConfig, {"widths": []}, "widths"),
        (TrainConfig, {"batch_size": 0}, "batch_size"),
        (TrainConfig, {"learning_rate": -1}, "learning_rate"),
        (TrainConfig, {"epochs": True}, "epochs"),
        (TrainConfig, {"beta": float("inf")}, "beta"),
        (TrainConfig, {"learning_rate": float("nan")}, "learning_rate"),
        (TrainConfig, {"seed": -1}, "seed"),
        (TrainConfig, {"seed": 2**63}, "seed"),
    ],
)
def test_what_is_not_allowed_is_named(
    kind: type, values: dict[str, object], word: str
) -> None:
    with pytest.raises(ConfigError, match=word):
        from_dict(kind, values)
