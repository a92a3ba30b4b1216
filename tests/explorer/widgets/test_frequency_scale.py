import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.view import FrequencyAxis
from explorer.widgets.frequency_scale import FrequencyScale
from explorer.widgets.note_text import note_text

AXES: tuple[FrequencyAxis, ...] = ("linear", "log")


@given(axis=st.sampled_from(AXES), share=st.floats(0, 1))
def test_a_place_and_its_frequency_agree(axis: FrequencyAxis, share: float) -> None:
    scale = FrequencyScale(axis=axis, band_hz=2756.0)
    hz = scale.hz_at(share)
    assert 0 <= hz <= 2756.1
    assert scale.share_of(hz) == pytest.approx(share, abs=1e-9)


def test_octaves_are_of_almost_the_same_height_on_the_log_axis() -> None:
    scale = FrequencyScale(axis="log", band_hz=2756.0)
    low, middle, high = (scale.share_of(hz) for hz in (440.0, 880.0, 1760.0))
    assert (high - middle) / (middle - low) == pytest.approx(1.0, abs=0.1)


def test_the_figures_are_round_or_the_notes_a() -> None:
    linear = FrequencyScale(axis="linear", band_hz=2756.0)
    assert [words for _, words in linear.figures(0, 1, 5)] == [
        *("0 Hz", "1 kHz", "2 kHz")
    ]
    log = FrequencyScale(axis="log", band_hz=2756.0)
    words = [words for _, words in log.figures(0, 1, 8)]
    assert words[-3:] == ["440 Hz", "880 Hz", "1.76 kHz"]
    close = log.figures(log.share_of(430), log.share_of(450), 4)
    assert "440 Hz" in [words for _, words in close]


@pytest.mark.parametrize(
    ("hz", "words"),
    [
        (440.0, "A4"),
        (261.626, "C4"),
        (27.5, "A0"),
        (445.0, "A4"),
        (1497.0, "F♯6"),
        (1.0, ""),
    ],
)
def test_a_frequency_has_the_name_of_a_note(hz: float, words: str) -> None:
    assert note_text(hz) == words
