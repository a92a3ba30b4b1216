"""`dctvae roundtrip`: the transform alone, and what it loses."""

import argparse
from pathlib import Path

from vae import dct, fidelity
from vae.commands.arguments import Subparsers, add_command, add_json
from vae.commands.facts import print_facts
from vae.commands.output import add_force, check_sound_output
from vae.config import TransformConfig
from vae.progress import ProgressBar
from vae.sound.audio import read_sound
from vae.sound.writer import write_sound


def add_parser(subparsers: Subparsers) -> None:
    """Take a song and where to write it."""
    parser = add_command(
        subparsers, "roundtrip", "transform a song and back, and measure what was lost"
    )
    parser.add_argument(
        "song", type=Path, metavar="SONG", help="any file that FFmpeg reads"
    )
    parser.add_argument(
        "out", type=Path, metavar="OUT.wav", help="what is left, a WAV or FLAC file"
    )
    parser.add_argument(
        "--overlap",
        type=int,
        default=1024,
        metavar="N",
        help="samples each side of a frame boundary; 0 is the DCT-II (default 1024)",
    )
    add_force(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Transform a song and back, keeping only the lowest coefficients."""
    check_sound_output(arguments.out, force=arguments.force)
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
    print_facts(facts, as_json=arguments.json)
