import itertools

import numpy as np

from vae.corpus.melody import Event, Theme, draw_theme, sing
from vae.corpus.score import ChordSpan
from vae.corpus.theory import Scale

LOW, HIGH = 60, 79


def theme(seed: int) -> Theme:
    rng = np.random.default_rng(seed)
    return draw_theme(rng, bar_beats=4, busyness=0.6, triplets=False)


def sung(seed: int, beats: float = 64.0) -> list[Event]:
    scale = Scale(tonic=0, mode="major")
    spans = [
        ChordSpan(
            start_beat=4.0 * bar,
            beats=4.0,
            chord=scale.chord((0, 4, 5, 3)[bar % 4], "triad"),
            section=0,
        )
        for bar in range(int(beats / 4))
    ]
    return sing(
        theme(seed),
        start_beat=0.0,
        beats=beats,
        spans=spans,
        classes=scale.pitch_classes,
        low=LOW,
        high=HIGH,
    )


def test_a_melody_keeps_to_its_range_and_its_time() -> None:
    for seed in range(20):
        events = sung(seed)
        assert all(LOW <= event.pitch <= HIGH for event in events)
        assert all(event.beat + event.beats <= 64 + 1e-6 for event in events)


def test_motifs_return() -> None:
    """Half of what is sung has been heard in the same rhythm before."""
    for seed in range(20):
        events = sung(seed)
        length = theme(seed).beats
        rounds: dict[int, tuple[float, ...]] = {}
        for event in events:
            turn = int(event.beat // length)
            rounds[turn] = (*rounds.get(turn, ()), round(event.beat % length, 3))
        assert len(set(rounds.values())) <= 4
        assert len(rounds) > len(set(rounds.values()))


def test_melodies_move_by_step_more_than_by_leap() -> None:
    moves = [
        abs(after.pitch - before.pitch)
        for seed in range(20)
        for events in [sung(seed)]
        for before, after in itertools.pairwise(events)
    ]
    assert np.mean(np.array(moves) <= 4) > 0.6
    assert max(moves) <= HIGH - LOW
