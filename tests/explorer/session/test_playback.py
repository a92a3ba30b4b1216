import pytest

from explorer.session.playback import Playback, Reading


def reading(position: int = 0, peak: float = 0.5) -> Reading:
    return Reading(position=position, peak_left=peak, peak_right=peak, underruns=0)


def test_the_meters_fall_as_soon_as_it_is_paused() -> None:
    playback = Playback()
    playback.observe(reading())
    assert playback.peak_left == 0.0, "it was not playing"
    playback.set_playing(True)
    playback.observe(reading())
    assert playback.peak_left == playback.peak_right == pytest.approx(0.5)
    told: list[float] = []
    playback.levels_changed.connect(lambda: told.append(playback.peak_left))
    playback.set_playing(False)
    playback.observe(reading())  # of a buffer that was on its way
    assert told == [0.0]
