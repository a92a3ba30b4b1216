import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import soundfile

from vae.sound.salvage import salvage
from vae.sound.writer import sound_writer

KILLED = """
import os, signal, sys
from pathlib import Path
import numpy as np
from vae.sound.writer import sound_writer

with sound_writer(Path(sys.argv[1]), "wav24", sample_rate=44_100, channels=2) as write:
    write(np.full((2, 44_100), 0.25, np.float32))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_writer_wrote_can_be_had_and_is_never_put_over_a_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "take.wav"
    for found in (1.0, 0.0):
        ended = subprocess.run([sys.executable, "-c", KILLED, path], check=False)
        assert ended.returncode == -signal.SIGKILL
        assert salvage(path) == found
        assert list(tmp_path.iterdir()) == [path]
    sound, rate = soundfile.read(path)
    assert rate == 44_100
    assert np.array_equal(sound, np.full((44_100, 2), 0.25))
    assert salvage(path) == 0.0


def test_writing_a_file_again_takes_away_what_a_killed_writer_left(
    tmp_path: Path,
) -> None:
    path = tmp_path / "take.wav"
    subprocess.run([sys.executable, "-c", KILLED, path], check=False)
    with sound_writer(path, "wav16", sample_rate=44_100, channels=1) as write:
        write(np.zeros((1, 100), np.float32))
    assert list(tmp_path.iterdir()) == [path]
