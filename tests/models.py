"""Models for tests: untrained, tiny or of full size, saved as real checkpoints."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from vae.checkpoint import (
    Checkpoint,
    Statistics,
    TrainingSong,
    load_checkpoint,
    save_checkpoint,
)
from vae.config import ModelConfig, TransformConfig
from vae.latents.basis import fit_basis
from vae.network.model import Vae

TINY_TRANSFORM = TransformConfig(frame_samples=256, kept=32, overlap=64)
TINY = ModelConfig(
    transform=TINY_TRANSFORM,
    frames=32,
    frames_per_latent=8,
    widths=(16,),
    templates=12,
)


def untrained(config: ModelConfig = TINY, *, seed: int = 0) -> Checkpoint:
    """A checkpoint with random weights whose decoder answers its latents audibly."""
    torch.manual_seed(seed)
    model = Vae(config)
    with torch.no_grad():
        for parameter in model.decoder.stack.parameters():
            parameter.mul_(3.0)
    rng = np.random.default_rng(seed)
    kept = config.transform.kept
    paths = [
        rng.standard_normal((length, config.latent_size), dtype=np.float32)
        for length in (40, 50, 60)
    ]
    return Checkpoint(
        config=config,
        weights=model.state_dict(),
        statistics=Statistics(
            scale=np.linspace(1.0, 0.1, kept, dtype=np.float32),
            correlation=np.linspace(0.9, 0.1, kept, dtype=np.float32),
        ),
        basis=fit_basis(paths),
        songs=tuple(
            TrainingSong(title=f"song {number}", path=path)
            for number, path in enumerate(paths)
        ),
    )


def saved(config: ModelConfig, path: Path, *, seed: int = 0) -> Checkpoint:
    """The untrained checkpoint, written and read back."""
    save_checkpoint(path, untrained(config, seed=seed))
    return load_checkpoint(path)


def tiny_checkpoint(folder: Path, **changes: object) -> Path:
    """The file of a tiny model, with some fields of its configuration changed."""
    path = folder / "tiny.safetensors"
    config = replace(TINY, **changes)  # type: ignore[arg-type]  # fields of any type
    save_checkpoint(path, untrained(config))
    return path
