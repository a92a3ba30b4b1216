from pathlib import Path

import pytest
import torch

from tests.models import tiny_checkpoint
from vae.__main__ import main
from vae.checkpoint import load_checkpoint


def test_a_packed_model_is_smaller_and_says_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, packed = tiny_checkpoint(tmp_path), tmp_path / "packed.safetensors"
    assert main(["pack", str(model), "-o", str(packed), "--title", "Ours"]) == 0
    capsys.readouterr()
    assert packed.stat().st_size < model.stat().st_size
    before, after = load_checkpoint(model), load_checkpoint(packed)
    assert after.title == "Ours"
    assert after.config == before.config
    for name, weight in before.weights.items():
        assert torch.allclose(after.weights[name].float(), weight.float(), atol=2e-3)
