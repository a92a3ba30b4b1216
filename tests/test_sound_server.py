import subprocess
import sys
import time

import numpy as np

from tests.sound_server import SAMPLE_RATE, SoundServer

PLAY_TONE = """
import numpy as np, sounddevice

tone = 0.5 * np.sin(2 * np.pi * 1_000 * np.arange(1, 44_101) / 44_100)
stereo = np.stack([tone, -tone], axis=1)
sounddevice.play(stereo, 44_100, latency=0.4, blocking=True)  # a busy machine is fine
"""


def test_what_a_child_process_plays_is_heard_whole(sound_server: SoundServer) -> None:
    with sound_server.record() as recording:
        subprocess.run([sys.executable, "-c", PLAY_TONE], check=True)
        recording.wait_for_seconds(0.2)
    left, right = recording.stop()
    loud = np.flatnonzero(left)
    tone = left[loud[0] : loud[-1] + 1]
    played = 0.5 * np.sin(2 * np.pi * 1_000 * np.arange(1, len(tone) + 1) / SAMPLE_RATE)
    assert len(tone) > 0.5 * SAMPLE_RATE  # a stream that ends drops its last buffer
    np.testing.assert_allclose(tone, played, atol=1e-4)
    np.testing.assert_allclose(right, -left, atol=1e-4)


def test_silence_is_heard_as_silence(sound_server: SoundServer) -> None:
    with sound_server.record() as recording:
        sound = recording.wait_for_seconds(0.5)
    assert sound.shape == (2, SAMPLE_RATE // 2)
    assert not sound.any()


def test_the_clock_finds_a_sample(sound_server: SoundServer) -> None:
    looks: list[tuple[int, int]] = []
    with sound_server.record() as recording:
        for _ in range(10):
            recording.wait_for_seconds(0.05)
            looks.append((recording.samples, time.monotonic_ns()))
    for before, now, after in zip(looks, looks[1:], looks[2:], strict=False):
        assert before[0] <= recording.sample_at(now[1]) <= after[0]
