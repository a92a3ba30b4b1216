"""`dctvae sample`: a random place."""

import argparse

import numpy as np

from vae.checkpoint import load_checkpoint
from vae.codec import Codec
from vae.commands.arguments import Subparsers, add_model, add_output, count
from vae.commands.rendering import limited, rendered
from vae.progress import ProgressBar
from vae.sound.writer import write_sound
from vae.synthesis.course import reconstruction
from vae.synthesis.synthesis import Synthesis


def add_parser(subparsers: Subparsers) -> None:
    """Take a seed and where to write the sound."""
    parser = subparsers.add_parser("sample", help="write the sound of a random point")
    add_output(parser, "OUT.wav")
    parser.add_argument("--seed", type=count, default=0, metavar="N")
    add_model(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
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
        sound = rendered(synthesis, reconstruction(path), bar)
    write_sound(arguments.output, [limited(sound)])
