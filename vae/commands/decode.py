"""`dctvae decode`: what lies at a point."""

import argparse
from pathlib import Path

from vae.checkpoint import load_checkpoint
from vae.codec import Codec
from vae.commands.arguments import Subparsers, add_command, add_model, share
from vae.commands.excerpt import image_of
from vae.commands.output import add_output, check_sound_output
from vae.commands.rendering import limited, rendered
from vae.errors import PointError
from vae.latents.points import PointFile, read_point
from vae.progress import ProgressBar
from vae.sound.audio import read_sound
from vae.sound.writer import write_sound
from vae.synthesis.course import Course
from vae.synthesis.edits import Source, Voicing
from vae.synthesis.synthesis import Synthesis


def add_parser(subparsers: Subparsers) -> None:
    """Take a point, where to write its sound, and what is filtered."""
    parser = add_command(subparsers, "decode", "write the sound of a point")
    parser.add_argument(
        "point", type=Path, metavar="POINT.json", help="as `dctvae encode` writes it"
    )
    add_output(parser, "OUT.wav", "the sound, a WAV or FLAC file")
    parser.add_argument(
        "--source",
        default="noise",
        metavar="noise|tones|SONG",
        help="what the decoder filters: noise, steady tones, or a song (default noise)",
    )
    parser.add_argument(
        "--detail",
        type=share,
        default=1.0,
        metavar="0..1",
        help="from 0, noise alone, to 1, the song alone (default 1)",
    )
    add_model(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Write the sound of a point."""
    check_sound_output(arguments.output, force=arguments.force)
    checkpoint = load_checkpoint(arguments.model)
    codec = Codec(checkpoint)
    point = read_point(arguments.point)
    _check_point(point, checkpoint.model_hash, codec, arguments.point)
    path = codec.basis.to_latents(point.moved_path)
    with ProgressBar() as bar:
        source: Source = "song"
        if arguments.source in ("noise", "tones"):
            source = arguments.source
            synthesis = Synthesis(codec, path=path, frames=point.frames)
        else:
            song = read_sound(
                Path(arguments.source), lambda share: bar("reading", share)
            )
            sound = image_of(song, point.start_s, checkpoint)
            synthesis = Synthesis(codec, sound=sound)
        voicing = Voicing(source=source, detail=arguments.detail)
        sound = rendered(synthesis, Course(path=path, voicing=voicing), bar)
    write_sound(arguments.output, [limited(sound)])


def _check_point(point: PointFile, model_hash: str, codec: Codec, path: Path) -> None:
    if point.model_hash != model_hash:
        raise PointError(
            f"{path.name} belongs to another model (hash {point.model_hash[:12]}, this "
            f"one is {model_hash[:12]}); name its model with --model"
        )
    length = codec.path_length(point.frames)
    if point.path.shape != (length, codec.config.latent_size):
        raise PointError(f"{path.name} is damaged: its path has another length")
