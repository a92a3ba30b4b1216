"""Synthesizers and sound chips: leads, plucks, pads, basses."""

from vae.corpus.envelope import Envelope
from vae.corpus.fm import Fm
from vae.corpus.instruments.recipe import Random, Recipe, cutoff_of, held
from vae.corpus.styles import between
from vae.corpus.sustained import Sustained
from vae.corpus.voice import Voice


def _fm_synth(rng: Random, brightness: float) -> Voice:
    return Fm(
        envelope=held(rng, 0.02, 0.15, 0.7),
        ratio=float(rng.choice((1, 1, 2, 3, 0.5, 4))),
        index=0.5 + 4 * brightness * between(rng, (0.4, 1.2)),
        index_s=between(rng, (0.1, 1.0)),
        index_held=between(rng, (0.1, 0.8)),
        vibrato_cents=between(rng, (0, 15)),
    )


def _chip(source: str, widths: tuple[float, ...] = (0.5,)) -> Recipe:
    def recipe(rng: Random, brightness: float) -> Voice:
        plucky = rng.random() < 0.4
        return Sustained(
            source=source,
            pulse_width=float(rng.choice(widths)),
            envelope=Envelope(
                attack_s=0.002,
                decay_s=between(rng, (0.05, 0.4)),
                sustain=between(rng, (0.0, 0.4)) if plucky else 0.9,
                release_s=between(rng, (0.005, 0.08)),
            ),
            cutoff=cutoff_of(rng, brightness, 3.2, 6.5),
            unipolar=between(rng, (0, 1.2)) if rng.random() < 0.6 else 0.0,
            vibrato_cents=between(rng, (0, 30)) if rng.random() < 0.5 else 0.0,
            vibrato_hz=between(rng, (4, 7)),
        )

    return recipe


def _lead(rng: Random, brightness: float) -> Voice:
    return Sustained(
        source=str(rng.choice(("saw", "square", "pulse"))),
        pulse_width=between(rng, (0.1, 0.45)),
        envelope=held(rng, 0.01, 0.12, 0.75),
        cutoff=cutoff_of(rng, brightness, 2.0, 5.5),
        resonance=between(rng, (0, 0.8)),
        sweep=between(rng, (0, 2)),
        sweep_s=between(rng, (0.05, 0.5)),
        unison=int(rng.choice((1, 2, 3))),
        detune_cents=between(rng, (4, 22)),
        vibrato_cents=between(rng, (0, 20)),
        bend_cents=between(rng, (-100, 0)) if rng.random() < 0.3 else 0.0,
    )


def _pluck_synth(rng: Random, brightness: float) -> Voice:
    return Sustained(
        source=str(rng.choice(("saw", "square", "triangle"))),
        envelope=Envelope(
            attack_s=0.003,
            decay_s=between(rng, (0.08, 0.4)),
            sustain=between(rng, (0, 0.15)),
            release_s=between(rng, (0.05, 0.4)),
        ),
        cutoff=cutoff_of(rng, brightness, 1.8, 4.5),
        resonance=between(rng, (0, 0.7)),
        sweep=between(rng, (1, 3.5)),
        sweep_s=between(rng, (0.04, 0.25)),
        unison=int(rng.choice((1, 2))),
        detune_cents=between(rng, (4, 16)),
    )


def _pad(source: str) -> Recipe:
    def recipe(rng: Random, brightness: float) -> Voice:
        return Sustained(
            source=source,
            envelope=held(rng, between(rng, (0.2, 1.2)), 0.6, 0.95),
            tilt=between(rng, (-3, 0)),
            cutoff=cutoff_of(rng, brightness, 1.6, 5.0),
            resonance=between(rng, (0, 0.6)),
            wave=between(rng, (0.2, 1.6)),
            wave_hz=between(rng, (0.05, 0.5)),
            unison=2,
            detune_cents=between(rng, (5, 20)),
            breath=between(rng, (0, 0.12)),
        )

    return recipe


def _synth_bass(source: str) -> Recipe:
    def recipe(rng: Random, brightness: float) -> Voice:
        return Sustained(
            source=source,
            envelope=Envelope(
                attack_s=0.004,
                decay_s=between(rng, (0.1, 0.6)),
                sustain=between(rng, (0.3, 0.9)),
                release_s=between(rng, (0.03, 0.12)),
            ),
            cutoff=cutoff_of(rng, brightness, 0.8, 3.8),
            unipolar=between(rng, (0, 0.5)) if rng.random() < 0.3 else 0.0,
            resonance=between(rng, (0, 0.9)),
            sweep=between(rng, (0, 2.5)),
            sweep_s=between(rng, (0.04, 0.4)),
            unison=int(rng.choice((1, 1, 2))),
            detune_cents=between(rng, (2, 9)),
        )

    return recipe


def _fm_bass(rng: Random, brightness: float) -> Voice:
    return Fm(
        envelope=held(rng, 0.004, 0.06, 0.5),
        ratio=float(rng.choice((0.5, 1, 2))),
        index=0.6 + 2.5 * brightness,
        index_s=between(rng, (0.08, 0.4)),
    )


SYNTHESIZERS: dict[str, Recipe] = {
    "fm synth": _fm_synth,
    "pulse": _chip("pulse", (0.125, 0.25, 0.25)),
    "square": _chip("square"),
    "chip saw": _chip("saw"),
    "chip triangle": _chip("triangle"),
    "lead": _lead,
    "synth pluck": _pluck_synth,
    "saw pad": _pad("saw"),
    "soft pad": _pad("triangle"),
    "glass pad": _pad("hollow"),
    "square pad": _pad("square"),
    "saw bass": _synth_bass("saw"),
    "square bass": _synth_bass("square"),
    "sub bass": _synth_bass("sine"),
    "fm bass": _fm_bass,
}
