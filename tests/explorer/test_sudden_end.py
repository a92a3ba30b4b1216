"""The real program, killed in the middle of everything and started again."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from tests.models import tiny_checkpoint
from tests.sounds import write_song

PATIENCE_S = 240  # on a busy machine
MOST_LOST_S = 5.0
STILL_S = 0.1  # from one move to the next; longer, and the machine was busy elsewhere
BUSY_S = 4.0

# A person at the program: drags without a pause while it plays, exports, opens songs.
BUSY = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from explorer import app

song, other, out = map(Path, sys.argv[2:])

class Busy(app.Explorer):
    def open(self):
        super().open()
        self._moves = 0
        self._hand = QTimer(self.window, interval=20)
        self._hand.timeout.connect(self._act)
        self._hand.start()

    def _act(self):
        session = self.session
        if not session.ready:
            return
        if not self._moves:
            session.transport.play()
        self._moves += 1
        if self._moves % 40 == 1:
            session.exports.write(out / f"{self._moves}.wav")
        if self._moves == 300:
            session.songs.add([other])
        if session.song.path == song:
            session.move_axis(0, (self._moves % 400) / 100 - 2.0)
            print(json.dumps([time.time(), float(session.point.offset[0])]), flush=True)

app.Explorer = Busy
app.run(app.Wishes(songs=(song,), model=Path(sys.argv[1])))
"""

# The next start: says what is offered, takes it, and says what is there then.
NEXT = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from explorer import app

class Next(app.Explorer):
    def open(self):
        super().open()
        bar = self.window.recovery_bar
        print(json.dumps(bar.text), flush=True)
        bar.restore.click()
        self._look = QTimer(self.window, interval=20)
        self._look.timeout.connect(self._tell)
        self._look.start()

    def _tell(self):
        session = self.session
        if session.ready and not session.tasks.running and session.project.dirty:
            self._look.stop()
            songs = session.project.content.songs
            print(json.dumps([
                [one.path.name, None if one.point is None else
                 [float(x) for x in one.point.offset]] for one in songs
            ]), flush=True)
            if sys.argv[2] == "leave":
                self.window.guards_work = True
                self.session.project.save(Path(sys.argv[3]))
                self.window.close()

app.Explorer = Next
app.run(app.Wishes(model=Path(sys.argv[1])))
"""


@contextmanager
def started(code: str, *arguments: object) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def kill(process: "subprocess.Popen[str]") -> list[tuple[float, float]]:
    """Kill the window as the system does; gives the moves it had made."""
    os.kill(process.pid, signal.SIGKILL)
    assert process.stdout is not None
    lines = process.stdout.read().splitlines()
    return [tuple(json.loads(one)) for one in lines if one.endswith("]")]


def lost_s(moves: list[tuple[float, float]], kept: float) -> float:
    """For how long there were moves after the one that was kept."""
    last = max(number for number, (_, offset) in enumerate(moves) if offset == kept)
    times = [moment for moment, _ in moves[last:]]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    return sum(min(gap, STILL_S) for gap in gaps)


@pytest.mark.timeout(PATIENCE_S)
def test_work_is_offered_back_after_a_kill_and_once_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    model = tiny_checkpoint(tmp_path)
    song = write_song(tmp_path / "walk.wav", seconds=3.0)
    other = write_song(tmp_path / "run.wav", seconds=3.0)
    saved = tmp_path / "Mine.dctvae"
    with started(BUSY, model, song, other, tmp_path) as program:
        began = json.loads(line(program))[0]
        time.sleep(max(began + BUSY_S - time.time(), 0.0))
        moves = kill(program)
    with started(NEXT, model, "die") as program:
        assert "sudden end" in json.loads(line(program))
        songs = dict(json.loads(line(program)))
        assert set(songs) >= {"walk.wav"}
        assert lost_s(moves, songs["walk.wav"][0]) <= MOST_LOST_S
        kill(program)
    with started(NEXT, model, "leave", saved) as program:
        assert "sudden end" in json.loads(line(program)), "it was never saved"
        assert dict(json.loads(line(program))) == songs
        assert program.wait(PATIENCE_S) == 0
    assert saved.exists()
    assert not list((tmp_path / "data").rglob("*.backup")), "nothing left to offer"
