import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from vae.files import runs
from vae.workers import Each, processes, threads

Hands = Callable[[int], AbstractContextManager[Each]]

PATIENCE_S = 60
ROOT = Path(__file__).parents[2]
AT_WORK = """
import sys
from pathlib import Path
from tests.vae.test_workers import last_for_long
from vae.workers import processes

try:
    with processes(2) as each:
        for _ in each(last_for_long, [Path(sys.argv[1], name) for name in "abcd"]):
            pass
except KeyboardInterrupt:
    sys.exit(7)
"""


def last_for_long(path: Path) -> None:
    path.with_suffix(".begun").write_text(str(os.getpid()))
    try:
        path.with_suffix(".begun").replace(path)
        time.sleep(10 * PATIENCE_S)
    finally:
        path.with_suffix(".tidied").touch()


def fall_over(path: Path) -> None:
    path.touch()
    os.kill(os.getpid(), signal.SIGKILL)


def square(number: int) -> int:
    return number * number


def wait_until(fact: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not fact():
        assert time.monotonic() < end
        time.sleep(0.01)


def at_work(folder: Path) -> "subprocess.Popen[str]":
    """A process that has two others at work, in a group of their own."""
    process = subprocess.Popen(
        [sys.executable, "-c", AT_WORK, folder],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_until(lambda: len(begun(folder)) == 2)
    return process


def begun(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if not path.suffix]


def tidied(folder: Path) -> list[Path]:
    return sorted(path.with_suffix("") for path in folder.glob("*.tidied"))


@pytest.mark.parametrize("hands", [threads, processes])
def test_what_comes_of_tasks_has_their_order(hands: Hands) -> None:
    with hands(2) as each:
        assert list(each(square, range(5))) == [0, 1, 4, 9, 16]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_processes_end_with_the_one_that_they_work_for(
    tmp_path: Path, how: signal.Signals
) -> None:
    process = at_work(tmp_path)
    workers = [int(path.read_text()) for path in begun(tmp_path)]
    process.send_signal(how)
    process.communicate(timeout=PATIENCE_S)
    wait_until(lambda: not any(runs(worker) for worker in workers))
    assert tidied(tmp_path) == sorted(begun(tmp_path))
    assert len(begun(tmp_path)) == 2  # nothing more was begun


def test_ctrl_c_is_heard_by_one_alone_and_ends_all(tmp_path: Path) -> None:
    process = at_work(tmp_path)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, said = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, said) == (7, "")
    assert tidied(tmp_path) == sorted(begun(tmp_path))
    assert len(begun(tmp_path)) == 2


def test_a_process_that_was_ended_from_outside_is_told_of(tmp_path: Path) -> None:
    done: list[None] = []
    with pytest.raises(BrokenProcessPool), processes(2) as each:
        done += each(fall_over, [tmp_path / name for name in "abcd"])
    assert done == []
