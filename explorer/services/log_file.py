"""The log: what a person need not read, but can send to someone who does."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_log_path

NAME = "explorer.log"
LARGEST = 1_000_000  # bytes
KEPT = 2  # older files
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def open_log() -> Path | None:
    """Write the log to a file from now on; gives its path, or None where it cannot."""
    folder = user_log_path("dctvae-explorer", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / NAME, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8"
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter(FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return folder / NAME
