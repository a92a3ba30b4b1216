"""Which process works on a run folder: never two at a time."""

import errno
import os
import socket
import sys
from pathlib import Path

from vae.errors import TrainingError
from vae.training.status import read_status

NAME = "lock"
TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


def claim(folder: Path) -> None:
    """Take a run folder for this process, until it ends, however that may be.

    Raises
    ------
    TrainingError
        Another process works on the run, here or on a machine that shares the folder;
        or the folder cannot be written.
    """
    status = read_status(folder)
    elsewhere = status is not None and status.host != socket.gethostname()
    if status is not None and elsewhere and status.alive:
        raise _taken(folder, f" on {status.host}")
    try:
        handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise TrainingError(f"{folder} cannot be written: {error.strerror}") from error
    try:
        _lock(handle)  # which stays open: closed, it would be let go
    except OSError as error:
        if error.errno in TAKEN:
            os.close(handle)
            raise _taken(folder, "") from None
        # else a file system that knows no locks: the heartbeat has to do


def _taken(folder: Path, where: str) -> TrainingError:
    return TrainingError(
        f"the run in {folder} is being worked on by another process{where}",
        "wait until it ends, or stop that one first",
    )


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
