import pytest

from vae.latents.traits import (
    TRAITS,
    AxisTraits,
    Change,
    from_plain,
    named,
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


def test_an_axis_is_called_after_what_it_changes_most() -> None:
    axes = named([[change("width", 0.2), change("brightness", 0.5)]], KNOWN)
    assert (axes[0].name, axes[0].opposite) == ("brighter", "darker")
    turned = named([[change("brightness", 0.5, correlation=-0.9)]], KNOWN)
    assert (turned[0].name, turned[0].opposite) == ("darker", "brighter")


def test_what_follows_the_axis_by_chance_gives_no_name() -> None:
    loose = change("brightness", 0.9, correlation=0.3)
    faint = change("loudness", 0.01)
    assert named([[loose, faint]], KNOWN) == (AxisTraits(),)
    assert named([[loose, change("width", 0.2)]], KNOWN)[0].name == "wider"


def test_no_two_axes_have_one_name() -> None:
    same = [change("loudness", 0.5), change("brightness", 0.3), change("width", 0.2)]
    names = [axis.name for axis in named([same] * 5, KNOWN)]
    assert names == [
        *("louder", "loud bright", "loud wide"),
        *("louder 2", "louder 3"),
    ]


def test_a_second_word_of_another_kind_comes_first() -> None:
    tilted = [change("brightness", 0.5), change("bass", 0.4), change("noise", 0.2)]
    assert named([tilted, tilted], KNOWN)[1].name == "bright noisy"


def test_the_ends_of_two_words_are_opposite_in_both() -> None:
    tilted = [change("loudness", 0.5, correlation=-0.9), change(TOP.name, 0.4)]
    first, second = named([tilted, tilted], KNOWN)
    assert (first.name, first.opposite) == ("softer", "louder")
    assert (second.name, second.opposite) == ("soft +top", "loud −top")


def test_a_word_for_the_whole_sound_goes_before_one_for_a_region() -> None:
    near = [change(TOP.name, 0.6), change("brightness", 0.5)]
    assert named([near], KNOWN)[0].name == "brighter"
    far = [change(TOP.name, 0.9), change("brightness", 0.1)]
    assert named([far], KNOWN)[0].name == "more top"


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
