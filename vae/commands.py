"""What each command of `dctvae` does, once its arguments are read."""

import argparse
import json
import math
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vae import dct, fidelity
from vae.audio import read_sound, write_sound
from vae.bench import bench
from vae.checkpoint import Checkpoint, load_checkpoint
from vae.codec import Codec
from vae.config import TransformConfig
from vae.errors import PointError
from vae.points import PointFile, read_point, write_point
from vae.progress import ProgressBar
from vae.synthesis import Source, Synthesis

BAND_FRAMES = 32  # rendered at once
LOUDEST = 10 ** (-0.1 / 20)  # full scale ±1; written peaks stay at or under it

Floats = NDArray[np.float32]


def info(arguments: argparse.Namespace) -> None:
    """Say what a model is."""
    checkpoint = load_checkpoint(arguments.model)
    config = checkpoint.config
    facts = {
        "image_shape": list(config.image_shape),
        "latent_size": config.latent_size,
        "frames_per_latent": config.frames_per_latent,
        "overlap": config.transform.overlap,
        "likelihood": config.likelihood,
        "network": config.network,
        "parameters": checkpoint.model().parameter_count,
        "band_hz": round(config.transform.band_hz, 1),
        "songs": [song.title for song in checkpoint.songs],
        "model_hash": checkpoint.model_hash,
        "training": checkpoint.training,
    }
    if arguments.json:
        print(json.dumps(facts))
        return
    for name, value in facts.items():
        if name == "songs":
            print(f"songs: {len(checkpoint.songs)}")
        elif name != "training":
            print(f"{name}: {value}")


def roundtrip(arguments: argparse.Namespace) -> None:
    """Transform a song and back, keeping only the lowest coefficients."""
    config = TransformConfig(overlap=arguments.overlap)
    with ProgressBar() as bar:
        sound = read_sound(arguments.song, lambda share: bar("reading", share))
    restored = dct.inverse(dct.forward(sound, config), config)[:, : sound.shape[1]]
    write_sound(arguments.out, [restored])
    reference = fidelity.low_passed(sound, config)
    facts = {
        "snr_db": round(fidelity.snr_db(reference, restored), 2),
        "edge_ratio": round(fidelity.edge_ratio(restored, config), 4),
        "song_edge_ratio": round(fidelity.edge_ratio(reference, config), 4),
        "duration_s": round(sound.shape[1] / config.sample_rate, 3),
    }
    _print_facts(facts, as_json=arguments.json)


def encode(arguments: argparse.Namespace) -> None:
    """Write the point of a song."""
    checkpoint = load_checkpoint(arguments.model)
    codec = Codec(checkpoint)
    with ProgressBar() as bar:
        sound = read_sound(arguments.song, lambda share: bar("reading", share))
        piece = _image_of(sound, arguments.start, checkpoint)
        path = codec.encode(piece, lambda share: bar("encoding", share))
    sigmas = codec.basis.to_sigmas(path)
    point = PointFile(
        model_hash=checkpoint.model_hash,
        title=arguments.song.stem,
        start_s=arguments.start,
        frames=checkpoint.config.frames,
        path=sigmas,
        sigma=sigmas.mean(axis=0),
    )
    write_point(arguments.output, point)


def decode(arguments: argparse.Namespace) -> None:
    """Write the sound of a point."""
    checkpoint = load_checkpoint(arguments.model)
    codec = Codec(checkpoint)
    point = read_point(arguments.point)
    _check_point(point, checkpoint, arguments.point)
    path = codec.basis.to_latents(point.moved_path)
    with ProgressBar() as bar:
        if arguments.source == "noise":
            synthesis = Synthesis(codec, path=path, frames=point.frames)
        else:
            song = read_sound(
                Path(arguments.source), lambda share: bar("reading", share)
            )
            sound = _image_of(song, point.start_s, checkpoint)
            synthesis = Synthesis(codec, sound=sound)
        source: Source = "noise" if arguments.source == "noise" else "song"
        sound = _rendered(synthesis, path, source, arguments.detail, bar)
    write_sound(arguments.output, [_limited(sound)])


def sample(arguments: argparse.Namespace) -> None:
    """Write the sound of a random point."""
    checkpoint = load_checkpoint(arguments.model)
    codec = Codec(checkpoint)
    rng = np.random.default_rng(arguments.seed)
    frames = checkpoint.config.frames
    length = codec.path_length(frames)
    sigmas = np.zeros((length, checkpoint.config.latent_size), np.float32)
    if checkpoint.songs:
        song = checkpoint.songs[int(rng.integers(len(checkpoint.songs)))]
        course = codec.basis.to_sigmas(song.path)
        sigmas = np.resize(course, sigmas.shape)
    sigmas += codec.basis.random_sigmas(rng) - sigmas.mean(axis=0)
    path = codec.basis.to_latents(sigmas)
    synthesis = Synthesis(codec, path=path, frames=frames)
    with ProgressBar() as bar:
        sound = _rendered(synthesis, path, "noise", 0.0, bar)
    write_sound(arguments.output, [_limited(sound)])


def run_bench(arguments: argparse.Namespace) -> None:
    """Time what a slider move is made of."""
    with ProgressBar() as bar:
        report = bench(load_checkpoint(arguments.model), bar)
    if arguments.json:
        print(json.dumps(asdict(report)))
        return
    for name, value in asdict(report).items():
        if isinstance(value, dict):
            print(
                f"{name}: {value['median_ms']:.2f} ms "
                f"({value['fastest_ms']:.2f} to {value['slowest_ms']:.2f})"
            )
        else:
            print(f"{name}: {value:.3g}")


def _image_of(sound: Floats, start_s: float, checkpoint: Checkpoint) -> Floats:
    """One image's worth of a song from `start_s` on, repeated where it is too short."""
    config = checkpoint.config
    begin = round(start_s * config.transform.sample_rate)
    if not 0 <= begin < sound.shape[1]:
        raise PointError(
            f"the song is {sound.shape[1] / config.transform.sample_rate:.1f} s long; "
            f"it has nothing at {start_s:g} s"
        )
    samples = config.frames * config.transform.frame_samples
    piece = sound[:, begin : begin + samples]
    repeats = math.ceil(samples / piece.shape[1])
    return np.tile(piece, (1, repeats))[:, :samples]


def _check_point(point: PointFile, checkpoint: Checkpoint, path: Path) -> None:
    if point.model_hash != checkpoint.model_hash:
        raise PointError(
            f"{path.name} belongs to another model (hash {point.model_hash[:12]}, this "
            f"one is {checkpoint.model_hash[:12]}); name its model with --model"
        )
    length = Codec(checkpoint).path_length(point.frames)
    if point.path.shape != (length, checkpoint.config.latent_size):
        raise PointError(f"{path.name} is damaged: its path has another length")


def _rendered(
    synthesis: Synthesis, path: Floats, source: Source, detail: float, bar: ProgressBar
) -> Floats:
    def bands() -> Iterator[Floats]:
        for start in range(0, synthesis.frames, BAND_FRAMES):
            stop = min(synthesis.frames, start + BAND_FRAMES)
            yield synthesis.sound(path, start, stop, source=source, detail=detail)
            bar("rendering", stop / synthesis.frames)

    return np.concatenate(list(bands()), axis=1)


def _limited(sound: Floats) -> Floats:
    """Turned down as a whole where a peak would clip."""
    peak = float(np.abs(sound).max())
    return sound * np.float32(LOUDEST / peak) if peak > LOUDEST else sound


def _print_facts(facts: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(facts))
    else:
        for name, value in facts.items():
            print(f"{name}: {value}")
