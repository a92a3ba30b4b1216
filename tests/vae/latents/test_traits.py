import pytest

from vae.latents.naming import named
from vae.latents.traits import (
    TRAITS,
    AxisTraits,
    Change,
    from_plain,
    region,
    to_plain,
)

TOP = region("top", 2_000, 2_756)
KNOWN = TRAITS | {TOP.name: TOP}


def change(trait: str, weight: float, *, correlation: float = 0.9) -> Change:
    per_sigma = weight if correlation > 0 else -weight
    return Change(
        trait=trait,
        per_sigma=per_sigma,
        correlation=correlation,
        weight=abs(weight),
    )


def test_words_tell_both_ends_and_how_much() -> None:
    axis = named([[change("brightness", 0.25), change(TOP.name, 0.2)]], KNOWN)[0]
    assert axis.ends == "darker ↔ brighter"
    assert axis.amounts == "brightness +0.25 octaves, top (2000–2756 Hz) +0.2 dB"
    assert AxisTraits().ends == AxisTraits().amounts == ""


def test_traits_are_read_back_as_written() -> None:
    axes = named([[change("width", 0.2)], []], KNOWN)
    assert from_plain(to_plain(axes)) == axes
    with pytest.raises((KeyError, TypeError)):
        from_plain([{"name": "wider"}])
