"""Drum patterns, a step each sixteenth: x hit, o perhaps, g ghost, . rest."""

import numpy as np

from vae.corpus.kits import DRUMS
from vae.corpus.melody import Event

STEP_BEATS = 0.25
ODDS = {"x": 1.0, "o": 0.45, "g": 0.7}
LOUDNESS = {"x": 0.85, "o": 0.65, "g": 0.3}

# Four beats unless the name ends in 3.
GROOVES: dict[str, dict[str, str]] = {
    "rock": {
        "kick": "x.....x.x.o...o.",
        "snare": "....x..g....x..g",
        "hat": "x.x.x.x.x.x.x.xo",
    },
    "rock ride": {
        "kick": "x..x..o.x.x...o.",
        "snare": "....x.......x..o",
        "ride": "x.x.x.x.x.x.x.x.",
    },
    "double": {
        "kick": "x.xxx.xxx.xxx.xx",
        "snare": "....x.......x...",
        "crash": "x...o...x...o...",
    },
    "half": {
        "kick": "x.....o...o.....",
        "snare": "........x......g",
        "hat": "x.x.x.x.x.xox.x.",
    },
    "house": {
        "kick": "x...x...x...x...",
        "clap": "....x.......x...",
        "open": "..x...x...x...x.",
        "shaker": "xgxgxgxgxgxgxgxg",
    },
    "techno": {
        "kick": "x...x...x...x...",
        "hat": "..xo..xo..xo..xo",
        "tom": "o..o..o...o..o..",
        "rim": "...o..x....o..x.",
    },
    "electro": {
        "kick": "x.....x...x..o..",
        "snare": "....x.......x...",
        "hat": "x.xxx.x.x.xxx.xx",
        "clap": "....x.......x...",
    },
    "breaks": {
        "kick": "x.x.......xx....",
        "snare": "....x..g.g..x..g",
        "hat": "x.x.x.x.x.x.x.x.",
        "ride": "o...o...o...o...",
    },
    "hip-hop": {
        "kick": "x..o...o..x..o..",
        "snare": "....x.......x..g",
        "hat": "x.x.x.x.x.x.xoxo",
    },
    "trap": {
        "kick": "x......o..x.....",
        "clap": "........x.......",
        "hat": "x.xxx.xoxxx.xxox",
    },
    "swing": {
        "ride": "x...x.x.x...x.x.",
        "foot": "....x.......x...",
        "kick": "g.......g.....o.",
        "snare": "..o..g....o..g..",
    },
    "bossa": {
        "kick": "x.....x.x.....x.",
        "rim": "x.....x.....x...",
        "shaker": "xgxgxgxgxgxgxgxg",
    },
    "shuffle": {
        "kick": "x.......x.o.....",
        "snare": "....x.......x...",
        "hat": "x..xx..xx..xx..x",
    },
    "march": {
        "snare": "x.ggx.ggx.xgx.xx",
        "bass drum": "x.......x.......",
        "crash": "o...............",
    },
    "timpani": {"timpani": "x.....o.x...o.xx", "crash": "o..............."},
    "taiko": {
        "bass drum": "x..x..x.x..x..x.",
        "tom": "..o...o...oo..xx",
        "rim": "x.o.x.o.x.o.x.o.",
    },
    "hand": {
        "conga": "x..x..xgx..x.gx.",
        "shaker": "x.gxx.gxx.gxx.gx",
        "tambourine": "....x.......x...",
    },
    "sparse": {"kick": "x...............", "rim": "........o......."},
    "brushes": {"hat": "x.g.x.g.x.g.x.g.", "snare": "....g.......g...", "kick": "g..."},
    "chip": {
        "kick": "x...o.x.x...o...",
        "snare": "....x.......x.o.",
        "hat": "x.x.x.x.x.x.x.x.",
    },
    "chip fast": {
        "kick": "x.x.o.x.x.x.o.x.",
        "snare": "....x..o....x.xx",
        "hat": "xxxxxxxxxxxxxxxx",
    },
    "waltz3": {"kick": "x...........", "snare": "....g...g...", "hat": "x...x...x..."},
    "waltz brush3": {"ride": "x...x.x.x...", "kick": "x.........o."},
    "minuet3": {"tambourine": "x...o...o...", "bass drum": "g..........."},
    "slow3": {"kick": "x.....o.....", "snare": "........x...", "hat": "x.x.x.x.x.x."},
    "pulse3": {"kick": "x..o..x..o..", "rim": "...x.....x..", "shaker": "x.xx.xx.xx.x"},
}


def beat_bar(
    rng: np.random.Generator,
    groove: str,
    *,
    start_beat: float,
    beats: int,
    force: float,
    fill: bool,
    open_bar: bool,
) -> list[Event]:
    """One bar of drums.

    Parameters
    ----------
    rng : Generator
    groove : str
        A key of `GROOVES`.
    start_beat : float
    beats : int
        In the bar.
    force : float
        0 to 1; below 0.5 the pattern thins out.
    fill : bool
        The last beat or two are a fill that leads to another section.
    open_bar : bool
        The bar opens a section, with a crash.
    """
    steps = round(beats / STEP_BEATS)
    events: list[Event] = []
    filled_from = steps - int(rng.choice((4, 4, 8))) if fill else steps
    for drum, pattern in GROOVES[groove].items():
        if force < 0.4 and drum in {"kick", "crash"} and rng.random() < 0.6:
            continue
        for step in range(min(steps, filled_from)):
            mark = pattern[step % len(pattern)]
            if mark == "." or rng.random() > ODDS[mark]:
                continue
            events.append(
                _hit(drum, start_beat, step, LOUDNESS[mark] * (0.55 + 0.45 * force))
            )
    if fill:
        drums = ("tom", "tom", "snare", "low tom")
        for step in range(max(0, filled_from), steps):
            if rng.random() < 0.75:
                drum = str(rng.choice(drums))
                events.append(_hit(drum, start_beat, step, 0.5 + 0.03 * step))
    if open_bar and force > 0.5:
        events.append(_hit("crash", start_beat, 0, 0.8))
    return events


def _hit(drum: str, start_beat: float, step: int, velocity: float) -> Event:
    return Event(
        beat=start_beat + step * STEP_BEATS,
        beats=STEP_BEATS,
        pitch=DRUMS.index(drum),
        velocity=float(min(1.0, velocity)),
    )
