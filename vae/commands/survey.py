"""`dctvae survey`: what lies in folders, before it is trained on."""

import argparse
import json
import time

from vae.commands.arguments import Subparsers, add_command, add_folders
from vae.progress import ProgressBar
from vae.training.records import Preparation, Refused, to_line
from vae.training.survey import Survey, survey

STAGE = "looking at files"
MOST_SHOWN = 20  # refused files, unless as JSON


def add_parser(subparsers: Subparsers) -> None:
    """Take folders of songs."""
    parser = add_command(
        subparsers, "survey", "say what of some folders can be trained on"
    )
    add_folders(parser, "songs, in folders and those below them")
    parser.add_argument(
        "--json", action="store_true", help="print JSON lines, the last one the sum"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Look at every file, and say what can be trained on.

    Raises
    ------
    DatasetError
        A folder does not exist.
    """
    with ProgressBar() as bar:

        def told(done: int, total: int) -> None:
            if arguments.json:
                step = Preparation(stage=STAGE, done=done, total=total)
                print(to_line(step, time.time()), end="", flush=True)
            else:
                bar(STAGE, done / max(1, total))

        try:
            found = survey(arguments.folders, told)
        except KeyboardInterrupt:
            raise KeyboardInterrupt("stopped; nothing was changed") from None
    if arguments.json:
        _print_lines(found)
    else:
        _print_words(found)


def _print_lines(found: Survey) -> None:
    for one in found.refused:
        record = Refused(path=str(one.path), reason=one.reason)
        print(to_line(record, time.time()), end="")
    facts = {
        "kind": "survey",
        "songs": found.songs,
        "copies": found.copies,
        "seconds": round(found.seconds, 2),
        "refused": len(found.refused),
    }
    print(json.dumps(facts), flush=True)


def _print_words(found: Survey) -> None:
    print(f"songs: {found.songs}")
    print(f"copies: {found.copies}")
    print(f"minutes: {found.seconds / 60:.1f}")
    print(f"refused: {len(found.refused)}")
    for one in found.refused[:MOST_SHOWN]:
        print(f"  {one.reason}")
    if len(found.refused) > MOST_SHOWN:
        print(f"  and {len(found.refused) - MOST_SHOWN} more")
