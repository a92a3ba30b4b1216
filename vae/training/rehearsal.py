"""What a training will cost: a few steps of it, on noise, timed and measured.

Letters: C channels, F frames, K kept coefficients.
"""

import os
import resource
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from vae.dataset import SongImage, Split
from vae.training.device import choose_device, most_memory
from vae.training.options import Options
from vae.training.trainer import Trainer

TIMED_STEPS = 2  # after a first one that is not like those that follow
SEED = 0


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """What the steps have shown.

    Attributes
    ----------
    device : str
        "cpu", "cuda" or "mps".
    samples_per_s : float
        Images learned from in a second.
    validated_per_s : float
        Held-out images looked at in a second.
    memory : int
        Bytes: of the whole process, or of the graphics card.
    memory_there : int
        Bytes that device has in all.
    """

    device: str
    samples_per_s: float
    validated_per_s: float
    memory: int
    memory_there: int


def rehearse(options: Options) -> Rehearsal:
    """Take a few steps on noise, as a training with these options would on songs.

    Raises
    ------
    TrainingError
        This machine has no such device, or the options do not go together.
    """
    device = choose_device(options.train.device)
    config = options.train
    steps = 1 + TIMED_STEPS
    short = replace(
        config, samples_per_epoch=steps * config.batch_size, validation_images=1
    )
    song = _noise(options)
    split = Split(training=(song,), validation=(song,))
    trainer = Trainer(replace(options, train=short), split, device)
    times = [time.monotonic()]
    for fetched in trainer.train_epoch(config.norm_epochs, turns=0):
        times += [time.monotonic()] * len(fetched)
    begun = time.monotonic()
    trainer.validate()
    validated_s = time.monotonic() - begun
    timed_s = times[-1] - times[1] if len(set(times)) > 2 else times[-1] - times[0]
    timed = TIMED_STEPS if len(set(times)) > 2 else steps
    return Rehearsal(
        device=device.type,
        samples_per_s=timed * config.batch_size / max(timed_s, 1e-6),
        validated_per_s=1 / max(validated_s, 1e-6),
        memory=most_memory(device) or _most_memory_of_process(),
        memory_there=_memory_there(device),
    )


def _noise(options: Options) -> SongImage:
    """A song of noise, just long enough for one image."""
    channels, frames, kept = options.model.image_shape
    shape = (channels, options.train.sample_frames or frames, kept)
    rng = np.random.default_rng(SEED)
    drawn = rng.standard_normal(shape, dtype=np.float32).astype(np.float16)
    return SongImage(title="noise", path=Path("noise"), coefficients=drawn)


def _most_memory_of_process() -> int:
    """Bytes this process has held at most."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _memory_there(device: torch.device) -> int:
    """Bytes the device has; of the processor's memory, what no one else uses now."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0] + torch.cuda.memory_reserved(device)
    everything = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return _available() or everything


def _available() -> int:
    """Bytes that can be had without swapping; 0 where the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return 0
    for line in lines:
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return 0
