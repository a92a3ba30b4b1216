"""`dctvae tweak`: a song of one's own, moved along the axes of a model."""

import argparse
from pathlib import Path
from typing import get_args

import numpy as np

from vae.checkpoint import load_checkpoint
from vae.codec import Codec
from vae.commands.arguments import Subparsers, add_command, add_model, share
from vae.commands.output import add_output, check_sound_output
from vae.errors import PointError
from vae.latents.levelling import RANGE_SIGMA
from vae.progress import ProgressBar
from vae.sound.formats import SUFFIXES
from vae.sound.song_file import open_song
from vae.sound.sounds import LoopedSound
from vae.synthesis.course import course_of
from vae.synthesis.edits import Edit, Source, Voicing
from vae.synthesis.export import export_song
from vae.synthesis.recording import Recording
from vae.synthesis.synthesis import Synthesis

WORDS: tuple[Source, ...] = get_args(Source)


def add_parser(subparsers: Subparsers) -> None:
    """Take a song, where to write it, and what to do to it."""
    parser = add_command(
        subparsers, "tweak", "move a song along the axes of a model, and write it"
    )
    parser.add_argument(
        "song", type=Path, metavar="SONG", help="any file that FFmpeg reads"
    )
    add_output(parser, "OUT.wav", "the edited song, a WAV or FLAC file")
    parser.add_argument(
        "--axis",
        action="append",
        type=axis,
        default=[],
        metavar="N=SIGMA",
        help="move along axis N, from 1, by SIGMA, -5 to 5; may be repeated",
    )
    parser.add_argument(
        "--source",
        default="song",
        metavar="song|noise|tones|FILE",
        help="what the decoder filters (default the song itself)",
    )
    parser.add_argument(
        "--detail",
        type=share,
        default=1.0,
        metavar="0..1",
        help="from 0, noise alone, to 1, the source alone (default 1)",
    )
    parser.add_argument(
        "--highs-follow",
        action="store_true",
        help="let what lies above the model's band follow its top octave",
    )
    parser.add_argument(
        "--format",
        choices=sorted(SUFFIXES),
        help="default: 24 bits, WAV or FLAC as OUT ends",
    )
    add_model(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Write a song as edited, at its own rate, with its own tags."""
    check_sound_output(arguments.output, force=arguments.force, form=arguments.format)
    codec = Codec(load_checkpoint(arguments.model))
    offset = np.zeros(codec.basis.latent_size, np.float32)
    for number, sigma in arguments.axis:
        if number > len(offset):
            raise PointError(f"there is no axis {number}: this model has {len(offset)}")
        offset[number - 1] = sigma
    named = arguments.source in WORDS
    source: Source | Path = arguments.source if named else Path(arguments.source)
    voicing = Voicing(
        source=source, detail=arguments.detail, highs_follow=arguments.highs_follow
    )
    with ProgressBar() as bar:
        song = open_song(arguments.song, lambda share: bar("reading", share))
        path = codec.encode(song.sound, lambda share: bar("encoding", share))
        synthesis = Synthesis(codec, sound=song.sound, path=path)
        synthesis.match_noise()
        other = None
        if isinstance(source, Path):
            lent = open_song(source, lambda share: bar("reading the source", share))
            looped = LoopedSound(lent.sound, song.sound.samples)
            told = codec.encode(looped, lambda share: bar("encoding the source", share))
            other = Recording(codec, looped, told)
        if song.remark:
            bar.say(song.remark)
        export_song(
            song,
            synthesis,
            course_of(Edit(offset=offset, voicing=voicing), path, codec.basis, other),
            arguments.output,
            form=arguments.format,
            progress=lambda share: bar("rendering", share),
        )


def axis(text: str) -> tuple[int, float]:
    """An axis and where it goes, as in 3=-1.5."""
    number, _, sigma = text.partition("=")
    try:
        parsed = int(number), float(sigma)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text} is not an axis and an amount, as in 3=-1.5"
        ) from None
    if parsed[0] < 1 or not abs(parsed[1]) <= RANGE_SIGMA:
        raise argparse.ArgumentTypeError(
            f"{text} is not an axis of 1 or more and an amount of -5 to 5"
        )
    return parsed
