"""A screen made of software: a private X server that draws into memory."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

SIZE = "1600x1000x24"  # pixels wide, high, bits of colour
ENDS_WITH_US = ("setpriv", "--pdeathsig", "TERM")  # also where a test run crashes


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """The environment in which a child process opens its windows on a screen.

    Where Xvfb is missing the test fails on CI, and is skipped elsewhere.
    """
    if shutil.which("Xvfb") is None:
        refuse = pytest.fail if os.environ.get("CI") else pytest.skip
        refuse("no screen here: Xvfb not found")
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        [
            *ENDS_WITH_US,
            *("Xvfb", "-displayfd", str(write_end), "-screen", "0", SIZE),
            *("-nolisten", "tcp", "-noreset"),
        ],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()  # comes when the screen is ready
        if not number:
            pytest.fail("Xvfb did not start")
        yield {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()
