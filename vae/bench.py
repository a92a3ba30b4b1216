"""How fast a model explores: medians of the calls a slider move is made of."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from vae import dct
from vae.checkpoint import Checkpoint
from vae.codec import Codec

ROUNDS = 15
WARM_UP = 2


@dataclass(frozen=True, kw_only=True)
class Timing:
    """Milliseconds of one call over some rounds."""

    median_ms: float
    fastest_ms: float
    slowest_ms: float


@dataclass(frozen=True, kw_only=True)
class BenchReport:
    """What `bench` measured."""

    threads: int  # of torch
    full_decode: Timing  # one image
    one_frame: Timing  # a slice in the middle of it, a new point each time
    encode: Timing  # one image
    forward_transform: Timing  # one image from sound
    inverse_transform: Timing  # one image to sound
    one_frame_share: float  # one_frame over full_decode, of the medians


def bench(checkpoint: Checkpoint, told: Callable[[str, float], None]) -> BenchReport:
    """Time one image's worth of everything, in one run, on random points."""
    codec, config = Codec(checkpoint), checkpoint.config
    transform = config.transform
    frames, middle = config.frames, config.frames // 2
    rng = np.random.default_rng(0)
    length = codec.path_length(frames)
    sound = 0.1 * rng.standard_normal((2, frames * transform.frame_samples))
    sound = sound.astype(np.float32)
    image = dct.forward(sound, transform)

    def point() -> np.ndarray:
        sigmas = rng.standard_normal((length, config.latent_size), dtype=np.float32)
        return codec.basis.to_latents(sigmas)

    calls: dict[str, Callable[[], object]] = {
        "full_decode": lambda: codec.envelope(
            point(), frames=frames, start=0, stop=frames
        ),
        "one_frame": lambda: codec.envelope(
            point(), frames=frames, start=middle, stop=middle + 1
        ),
        "encode": lambda: codec.belief(image.astype(np.float16)),
        "forward_transform": lambda: dct.forward(sound, transform),
        "inverse_transform": lambda: dct.inverse(image, transform),
    }
    timings = {}
    for number, (name, call) in enumerate(calls.items(), 1):
        timings[name] = _timed(call)
        told("measuring", number / len(calls))
    share = timings["one_frame"].median_ms / timings["full_decode"].median_ms
    return BenchReport(
        threads=torch.get_num_threads(), one_frame_share=share, **timings
    )


def _timed(call: Callable[[], object]) -> Timing:
    taken = []
    for number in range(WARM_UP + ROUNDS):
        begun = time.perf_counter()
        call()
        if number >= WARM_UP:
            taken.append(1e3 * (time.perf_counter() - begun))
    return Timing(
        median_ms=statistics.median(taken),
        fastest_ms=min(taken),
        slowest_ms=max(taken),
    )
