from explorer.session.names import AxisNames


def named() -> AxisNames:
    names = AxisNames()
    names.show_model("one")
    names.rename(2, "  Bright \n side ")
    return names


def test_a_name_belongs_to_an_axis_of_one_model() -> None:
    names = named()
    assert (names.of(2), names.label(2), names.label(3)) == (
        "Bright side",
        "Bright side",
        "Axis 4",
    )
    names.show_model("two")
    assert names.of(2) == ""
    names.show_model("one")
    assert names.of(2) == "Bright side"


def test_an_empty_name_takes_it_away() -> None:
    names = named()
    names.rename(2, "   ")
    assert (names.of(2), dict(names.everything)) == ("", {})


def test_a_change_is_told_once() -> None:
    names = named()
    told: list[bool] = []
    names.changed.connect(lambda: told.append(True))
    names.rename(2, "Bright side")
    assert not told
    names.rename(2, "Dark side")
    assert len(told) == 1
