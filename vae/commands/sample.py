"""`dctvae sample`: a random place."""

import argparse

import numpy as np

from vae.checkpoint import load_checkpoint
from vae.codec import Codec
from vae.commands.arguments import Subparsers, add_command, add_model, count
from vae.commands.output import add_output, check_sound_output
from vae.commands.rendering import limited, rendered
from vae.latents.levelling import RANGE_SIGMA, Reach
from vae.latents.random_place import RandomPlaces
from vae.progress import ProgressBar
from vae.sound.writer import write_sound
from vae.synthesis.course import reconstruction
from vae.synthesis.edits import Voicing
from vae.synthesis.jump import Jump, Jumps
from vae.synthesis.synthesis import Synthesis


def add_parser(subparsers: Subparsers) -> None:
    """Take a seed and where to write the sound."""
    parser = add_command(subparsers, "sample", "write the sound of a random point")
    add_output(parser, "OUT.wav", "the sound, a WAV or FLAC file")
    parser.add_argument(
        "--seed",
        type=count,
        default=0,
        metavar="N",
        help="the same seed gives the same point (default 0)",
    )
    add_model(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Write the sound of a random point, as loud as the song that it follows."""
    check_sound_output(arguments.output, force=arguments.force)
    checkpoint = load_checkpoint(arguments.model)
    codec = Codec(checkpoint)
    rng = np.random.default_rng(arguments.seed)
    frames = checkpoint.config.frames
    length = codec.path_length(frames)
    course = np.zeros((length, checkpoint.config.latent_size), np.float32)
    if checkpoint.songs:
        song = checkpoint.songs[int(rng.integers(len(checkpoint.songs)))]
        course = np.resize(codec.basis.to_sigmas(song.path), course.shape)
    followed = Synthesis(codec, path=codec.basis.to_latents(course), frames=frames)
    paths = [song.path for song in checkpoint.songs]
    place, mean = RandomPlaces(codec.basis, paths).draw(rng), course.mean(axis=0)
    jump = Jump(
        offset=place - mean,
        reach=Reach(least=-RANGE_SIGMA - mean, most=RANGE_SIGMA - mean),
        voicing=Voicing(source="noise"),
        frame=frames // 2,
    )
    landed = Jumps(followed).landed(jump)
    path = codec.basis.offset_path(followed.song_path, landed)
    synthesis = Synthesis(codec, path=path, frames=frames)
    with ProgressBar() as bar:
        sound = rendered(synthesis, reconstruction(path), bar)
    write_sound(arguments.output, [limited(sound)])
