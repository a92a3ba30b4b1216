"""`dctvae prepare`: songs decoded and transformed before they are trained on."""

import argparse
import json
import time
from dataclasses import replace

from vae.cache import Cache, default_cache
from vae.commands.arguments import (
    Subparsers,
    add_cache,
    add_command,
    add_folders,
    add_json,
)
from vae.errors import DatasetError
from vae.preparation import prepare, shard
from vae.presets import PRESETS
from vae.progress import ProgressBar
from vae.search import Refusal, find_files, nothing_usable

STAGE = "preparing songs"


def add_parser(subparsers: Subparsers) -> None:
    """Take folders, and which part of their songs."""
    parser = add_command(
        subparsers, "prepare", "decode and transform songs, as training would first"
    )
    add_folders(parser, "songs, in folders and those below them")
    parser.add_argument(
        "--preset",
        choices=sorted(PRESETS),
        default="default",
        help="the recipe they are prepared for",
    )
    parser.add_argument(
        "--shard",
        type=_part,
        default=(1, 1),
        metavar="I/N",
        help="the I-th of N parts, for N machines that share the cache",
    )
    parser.add_argument(
        "--time-offsets",
        type=int,
        metavar="N",
        help="versions of each song, begun parts of a frame apart",
    )
    add_cache(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Prepare what is not prepared yet; broken off, it goes on where it stood.

    Raises
    ------
    ConfigError
        There cannot be so many versions of a song.
    DatasetError
        There is no song, or the cache cannot be written.
    """
    preset = PRESETS[arguments.preset]
    config = preset.train
    if arguments.time_offsets is not None:
        config = replace(config, time_offsets=arguments.time_offsets)
    cache = Cache(
        folder=arguments.cache or default_cache(),
        config=preset.model.transform,
        versions=config.time_offsets,
    )
    below = find_files(arguments.folders)
    files = shard(below.files, *arguments.shard)
    begun = time.monotonic()
    with ProgressBar() as bar:
        try:
            found = prepare(files, cache, lambda share: bar(STAGE, share))
        except KeyboardInterrupt:
            raise KeyboardInterrupt(
                "stopped; what is prepared stays prepared"
            ) from None
    unusable = [one for one in found if isinstance(one, Refusal)]
    refused = [*below.closed, *unusable]
    if len(unusable) == len(below.files):
        raise DatasetError(nothing_usable(arguments.folders, refused))
    facts = {
        "songs": len({one for one in found if not isinstance(one, Refusal)}),
        "refused": [one.reason for one in refused],
        "seconds": round(time.monotonic() - begun, 1),
        "cache": str(cache.folder),
    }
    if arguments.json:
        print(json.dumps(facts))
        return
    for name, value in facts.items():
        print(f"{name}: {len(refused) if name == 'refused' else value}")
    for one in refused:
        print(f"  {one.reason}")


def _part(text: str) -> tuple[int, int]:
    """I/N, with 1 ≤ I ≤ N."""
    part, slash, parts = text.partition("/")
    if not (slash and part.isdigit() and parts.isdigit()):
        raise argparse.ArgumentTypeError(f"{text} is not of the form I/N, such as 1/4")
    if not 1 <= int(part) <= int(parts):
        raise argparse.ArgumentTypeError(f"{text} must name a part from 1 to {parts}")
    return int(part), int(parts)
