"""The command line of `dctvae-explorer`, and what it asks for."""

import argparse
import os
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from explorer.services.display import display_fault, library_fault
from vae.files import is_there

NAME = "dctvae-explorer"
DESCRIPTION = (
    "Explore the latent space of a music VAE: drag 64 sliders, see and hear a song "
    "change."
)


def start(arguments: list[str] | None = None) -> int:
    """Open the window, or say in a line why not; gives the exit status."""
    wishes = _parser().parse_args(arguments)
    for path in (*wishes.songs, wishes.model):
        if path is not None and not is_there(path):
            return _refuse(f"there is no file {path}")
    fault = display_fault()
    if fault is not None:
        if wishes.screenshot is None and not wishes.bench:
            return _refuse(fault)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from explorer.app import Wishes, run
    except ModuleNotFoundError as error:
        return _refuse(f"the Python package {error.name} is missing")
    except ImportError as error:
        return _refuse(library_fault(error))
    return run(
        Wishes(
            songs=tuple(one.absolute() for one in wishes.songs),
            model=wishes.model,
            screenshot=wishes.screenshot,
            bench=wishes.bench,
            json=wishes.json,
            latency_ms=wishes.latency_ms,
            version=_version(),
        )
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=NAME, description=DESCRIPTION)
    parser.add_argument(
        "songs",
        metavar="SONG",
        nargs="*",
        type=Path,
        help="sound files or folders of them, or a project, to open; a demo song where "
        "none is named",
    )
    parser.add_argument(
        "--model",
        metavar="FILE",
        type=Path,
        help="model to open; the shipped one where none is named",
    )
    parser.add_argument(
        "--screenshot",
        metavar="FILE.png",
        type=Path,
        help="save a picture of the window once it is drawn, and leave",
    )
    parser.add_argument(
        "--bench",
        action="store_true",
        help="move sliders for half a minute, print how quickly sound and picture "
        "follow, and leave",
    )
    parser.add_argument(
        "--latency-ms",
        type=float,
        default=50.0,
        metavar="MS",
        help="buffer that --bench asks the sound device for (default 50)",
    )
    parser.add_argument("--json", action="store_true", help="with --bench: print JSON")
    parser.add_argument("--version", action="version", version=f"{NAME} {_version()}")
    return parser


def _version() -> str:
    try:
        return version(NAME)
    except PackageNotFoundError:
        return "(not installed)"


def _refuse(reason: str) -> int:
    print(f"{NAME}: {reason}", file=sys.stderr)
    return 1
