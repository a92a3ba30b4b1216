from vae.latents.naming import named
from vae.latents.traits import TRAITS, AxisTraits, Change, region

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
        *("loud bright wide", "louder 5"),
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


def test_an_axis_turned_round_is_not_called_by_the_other_end_of_another() -> None:
    down = [change("bass", 0.5, correlation=-0.9), change("noise", 0.3)]
    up = [change("bass", 0.5), change("loudness", 0.3)]
    assert [one.name for one in named([down, up], KNOWN)] == ["less bass", "+bass loud"]
    mirrored = [
        Change(
            trait=one.trait,
            per_sigma=-one.per_sigma,
            correlation=-one.correlation,
            weight=one.weight,
        )
        for one in down
    ]
    names = [one.name for one in named([down, mirrored, mirrored], KNOWN)]
    assert names == ["less bass", "+bass pure", "more bass 3"]


def test_the_second_word_is_what_the_others_do_not_do() -> None:
    loud = [change("bass", 0.5), change("loudness", 0.4), change("width", 0.2)]
    wide = [change("bass", 0.5), change("loudness", 0.4), change("width", 0.35)]
    first, second = named([loud, wide], KNOWN)
    assert (first.name, second.name) == ("more bass", "+bass wide")
    assert [one.trait for one in second.changes] == ["bass", "loudness", "width"]


def test_what_a_name_says_is_among_what_is_told_of_the_axis() -> None:
    plain = [change("bass", 0.9), change("loudness", 0.8), change("noise", 0.7)]
    other = [*plain, change("width", 0.6)]
    second = named([plain, other], KNOWN)[1]
    assert second.name == "+bass wide"
    assert "width" in [one.trait for one in second.changes]


def test_what_follows_an_axis_closely_names_it_before_what_follows_loosely() -> None:
    loose = change("width", 0.5, correlation=0.55)
    close = change("brightness", 0.4, correlation=0.95)
    assert named([[loose, close]], KNOWN)[0].name == "brighter"


def test_no_more_than_three_changes_are_told_of_an_axis() -> None:
    many = ("loudness", "width", "noise", "bass", "density")
    (axis,) = named([[change(trait, 0.5) for trait in many]], KNOWN)
    assert len(axis.changes) == 3


def test_a_trait_that_goes_the_other_way_tells_an_axis_best() -> None:
    up = [change("bass", 0.5), change("width", 0.3), change("noise", 0.3)]
    mixed = [
        change("bass", 0.5),
        change("noise", 0.31),
        change("width", 0.3, correlation=-0.9),
    ]
    assert named([up, mixed], KNOWN)[1].name == "+bass narrow"
