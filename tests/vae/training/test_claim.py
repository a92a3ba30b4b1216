import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.vae.training.songs import options_of
from vae.__main__ import main
from vae.errors import TrainingError
from vae.training.claim import claim
from vae.training.folder import RunFolder
from vae.training.status import Status, read_status, write_status

HOLDING = """
import sys
from pathlib import Path
from vae.training.claim import claim

claim(Path(sys.argv[1]))
print("taken", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def run(tmp_path: Path) -> Path:
    run = RunFolder(tmp_path / "run")
    run.path.mkdir()
    (run.path / "options.json").write_text(options_of(tmp_path).to_json())
    return run.path


@pytest.fixture
def holder(run: Path) -> "Iterator[subprocess.Popen[str]]":
    """Another process, which works on the run."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, run],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "taken\n"
    yield process
    process.kill()
    process.communicate()


def test_a_run_that_another_process_works_on_is_not_resumed(
    run: Path,
    holder: "subprocess.Popen[str]",
    capsys: pytest.CaptureFixture[str],
) -> None:
    half = run / ".last.1-x.safetensors"  # which that process is writing
    half.touch()
    assert main(["train", "--resume", str(run)]) == 1
    told = capsys.readouterr().err
    assert "is being worked on by another process; wait until it ends" in told
    assert half.exists()
    with pytest.raises(TrainingError, match="worked on by another process"):
        RunFolder(run).create(options_of(run.parent))
    holder.kill()
    holder.wait()
    RunFolder(run).reopen()
    assert not half.exists()


def test_a_run_that_another_machine_works_on_is_not_resumed(run: Path) -> None:
    write_status(run, Status(state="running", sentence="", host="elsewhere"))
    with pytest.raises(TrainingError, match="another process on elsewhere; wait"):
        claim(run)
    long_ago = time.time() - 100
    silent = Status(state="running", sentence="", host="elsewhere", heartbeat=long_ago)
    write_status(run, silent)
    claim(run)


def test_a_dead_run_does_not_live_on_where_the_clock_was_set_back(run: Path) -> None:
    alive = Status(state="running", sentence="", heartbeat=time.time() + 1)
    assert alive.alive
    write_status(run, replace(alive, heartbeat=time.time() + 3_600))
    status = read_status(run)
    assert status is not None
    assert status.seen == "interrupted"
