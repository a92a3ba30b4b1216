import numpy as np
import pytest
from numpy.typing import NDArray

from vae.sound.loudness import SILENCE_LUFS, _high_pass, _shelf, loudness_lufs

RATE = 48_000


def sine(
    hz: float, *, level_db: float = 0.0, seconds: float = 5.0
) -> NDArray[np.float32]:
    time = np.arange(round(seconds * RATE)) / RATE
    wave = 10 ** (level_db / 20) * np.sin(2 * np.pi * hz * time)
    return np.stack([wave, wave]).astype(np.float32)


def test_the_filters_are_those_of_the_tables_at_48_khz() -> None:
    numerator, denominator = _shelf(RATE)
    assert numerator == pytest.approx(
        [1.53512485958697, -2.69169618940638, 1.19839281085285], abs=1e-8
    )
    assert denominator == pytest.approx(
        [1.0, -1.69065929318241, 0.73248077421585], abs=1e-8
    )
    numerator, denominator = _high_pass(RATE)
    assert numerator == pytest.approx([1.0, -2.0, 1.0])
    assert denominator == pytest.approx(
        [1.0, -1.99004745483398, 0.99007225036621], abs=1e-8
    )


def test_the_standards_own_examples() -> None:
    # EBU Tech 3341: a stereo sine of 1 kHz at -23 dBFS is -23 LUFS.
    assert loudness_lufs(sine(1_000, level_db=-23), RATE) == pytest.approx(-23, abs=0.1)
    one = sine(997)
    one[1] = 0
    assert loudness_lufs(one, RATE) == pytest.approx(-3.01, abs=0.05)


def test_quiet_stretches_do_not_count() -> None:
    loud, soft = sine(1_000, level_db=-23), sine(1_000, level_db=-50)
    both = np.concatenate([soft, loud, soft], axis=1)
    assert loudness_lufs(both, RATE) == pytest.approx(-23, abs=0.3)


def test_it_is_the_same_at_any_rate_and_silence_is_the_least() -> None:
    time = np.arange(5 * 22_050) / 22_050
    wave = np.sin(2 * np.pi * 500 * time).astype(np.float32)
    half = loudness_lufs(np.stack([wave, wave]), 22_050)
    assert half == pytest.approx(loudness_lufs(sine(500), RATE), abs=0.05)
    assert loudness_lufs(np.zeros((2, 100), np.float32), RATE) == SILENCE_LUFS
