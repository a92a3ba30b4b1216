"""`dctvae encode`: where a song lies."""

import argparse
from pathlib import Path

from vae.checkpoint import load_checkpoint
from vae.codec import Codec
from vae.commands.arguments import Subparsers, add_command, add_model
from vae.commands.excerpt import image_of
from vae.commands.output import add_output, check_output
from vae.latents.points import PointFile, write_point
from vae.progress import ProgressBar
from vae.sound.audio import read_sound


def add_parser(subparsers: Subparsers) -> None:
    """Take a song and where to write its point."""
    parser = add_command(subparsers, "encode", "write the point of a song")
    parser.add_argument(
        "song", type=Path, metavar="SONG", help="any file that FFmpeg reads"
    )
    add_output(parser, "POINT.json", "the point, for `dctvae decode`")
    parser.add_argument(
        "--start",
        type=float,
        default=0.0,
        metavar="S",
        help="seconds into the song, of which one image is encoded (default 0)",
    )
    add_model(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Write the point of a song."""
    check_output(arguments.output, force=arguments.force)
    checkpoint = load_checkpoint(arguments.model)
    codec = Codec(checkpoint)
    with ProgressBar() as bar:
        sound = read_sound(arguments.song, lambda share: bar("reading", share))
        piece = image_of(sound, arguments.start, checkpoint)
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
