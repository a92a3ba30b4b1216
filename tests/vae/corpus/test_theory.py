import numpy as np
import pytest

from vae.corpus.theory import MODES, Scale, functional_progression, lead


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", ["triad", "seventh", "ninth", "sus", "power"])
@pytest.mark.parametrize("voices", [2, 3, 4])
def test_no_voice_leaps_from_chord_to_chord(mode: str, kind: str, voices: int) -> None:
    rng = np.random.default_rng(0)
    scale = Scale(tonic=2, mode=mode)
    chords = [scale.chord(d, kind) for d in functional_progression(rng, 24)]
    placed = np.array(lead(chords, voices=voices, low=48, high=72))
    assert placed.min() >= 48
    assert placed.max() <= 72
    moves = np.abs(np.diff(placed, axis=0))
    assert moves.max() <= 7
    assert moves.mean() <= 3.5


def test_voicings_hold_the_chord_and_nothing_else() -> None:
    chord = Scale(tonic=0, mode="major").chord(4, "seventh")
    (pitches,) = lead([chord], voices=4, low=48, high=72)
    assert {pitch % 12 for pitch in pitches} == {7, 11, 2, 5}


def test_the_dominant_of_a_minor_key_has_its_leading_tone() -> None:
    assert 11 in Scale(tonic=0, mode="minor").chord(4, "triad").pitch_classes
