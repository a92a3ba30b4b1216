"""`dctvae`: compress, train, encode, decode and measure from the command line."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from vae import commands
from vae.corpus import command as corpus
from vae.errors import DctvaeError
from vae.evaluation import command as evaluation
from vae.evaluation import name_command as naming
from vae.training import command as training
from vae.training import rehearsal_command, survey_command


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 with one line on stderr when not."""
    try:
        arguments = _parser().parse_args(argv)
        arguments.run(arguments)
    except DctvaeError as error:
        print(f"dctvae: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("dctvae: stopped", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read our output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"dctvae: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


class _Parser(argparse.ArgumentParser):
    """Bad arguments are bad input like any other: one line, exit status 1."""

    def error(self, message: str) -> NoReturn:
        raise DctvaeError(f"{message} ('{self.prog} --help' says more)")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="dctvae", description="A variational autoencoder of music.")
    parser.add_argument(
        "--version", action="version", version=version("dctvae-explorer")
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")

    info = subparsers.add_parser("info", help="say what a model is")
    info.add_argument("model", nargs="?", type=Path, metavar="MODEL")
    _add_json(info)
    info.set_defaults(run=commands.info)

    roundtrip = subparsers.add_parser(
        "roundtrip", help="transform a song and back, and measure what was lost"
    )
    roundtrip.add_argument("song", type=Path, metavar="SONG")
    roundtrip.add_argument("out", type=Path, metavar="OUT.wav")
    roundtrip.add_argument(
        "--overlap",
        type=int,
        default=1024,
        metavar="N",
        help="samples each side of a frame boundary; 0 is the DCT-II (default 1024)",
    )
    _add_json(roundtrip)
    roundtrip.set_defaults(run=commands.roundtrip)

    _add_training(subparsers)

    encode = subparsers.add_parser("encode", help="write the point of a song")
    encode.add_argument("song", type=Path, metavar="SONG")
    _add_output(encode, "POINT.json")
    encode.add_argument(
        "--start", type=float, default=0.0, metavar="S", help="seconds into the song"
    )
    _add_model(encode)
    encode.set_defaults(run=commands.encode)

    decode = subparsers.add_parser("decode", help="write the sound of a point")
    decode.add_argument("point", type=Path, metavar="POINT.json")
    _add_output(decode, "OUT.wav")
    decode.add_argument(
        "--source",
        default="noise",
        metavar="noise|SONG",
        help="what the decoder filters: noise, or a song (default noise)",
    )
    decode.add_argument(
        "--detail",
        type=_share,
        default=1.0,
        metavar="0..1",
        help="from 0, noise alone, to 1, the song alone (default 1)",
    )
    _add_model(decode)
    decode.set_defaults(run=commands.decode)

    sample = subparsers.add_parser("sample", help="write the sound of a random point")
    _add_output(sample, "OUT.wav")
    sample.add_argument("--seed", type=_count, default=0, metavar="N")
    _add_model(sample)
    sample.set_defaults(run=commands.sample)

    _add_evaluation(subparsers)

    songs = subparsers.add_parser("corpus", help="compose songs to train on")
    corpus.add_arguments(songs)

    bench = subparsers.add_parser("bench", help="measure how fast a model explores")
    _add_model(bench)
    _add_json(bench)
    bench.set_defaults(run=commands.run_bench)
    return parser


def _add_evaluation(
    subparsers: "argparse._SubParsersAction[_Parser]",
) -> None:
    evaluate = subparsers.add_parser(
        "evaluate", help="measure a model on songs it was not trained on"
    )
    evaluation.add_arguments(evaluate)
    name = subparsers.add_parser("name", help="find out what each axis does")
    naming.add_arguments(name)


def _add_training(subparsers: "argparse._SubParsersAction[_Parser]") -> None:
    survey_command.add_arguments(
        subparsers.add_parser(
            "survey", help="say what of some folders can be trained on"
        )
    )
    rehearsal_command.add_arguments(
        subparsers.add_parser("rehearse", help="say what a training will cost")
    )
    training.add_parsers(subparsers.add_parser)


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model", type=Path, metavar="MODEL", help="the shipped one where not given"
    )


def _add_output(parser: argparse.ArgumentParser, metavar: str) -> None:
    parser.add_argument("-o", "--output", type=Path, required=True, metavar=metavar)


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} is negative")
    return value


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


if __name__ == "__main__":
    sys.exit(main())
