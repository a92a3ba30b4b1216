from explorer.session.messages import Messages
from explorer.session.names import AxisNames
from vae.latents.traits import AxisTraits


def named() -> AxisNames:
    names = AxisNames(Messages())
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


def test_an_axis_is_called_after_what_it_does_until_a_person_names_it() -> None:
    names = AxisNames(Messages())
    wide = AxisTraits(name="wider", opposite="narrower")
    names.show_model("one", [AxisTraits(), wide])
    assert (names.of(0), names.of(1), names.label(0)) == ("", "wider", "Axis 1")
    assert names.here == {}
    names.rename(1, "wider")
    assert names.here == {}
    names.rename(1, "Hall")
    assert (names.of(1), names.traits(1)) == ("Hall", wide)
    names.rename(1, "")
    assert (names.of(1), dict(names.everything)) == ("wider", {})
    names.show_model("two")
    assert names.of(1) == ""


def test_a_model_measured_anew_is_told() -> None:
    names = AxisNames(Messages())
    told: list[str] = []
    names.changed.connect(lambda: told.append(names.of(0)))
    names.show_model("one")
    names.show_model("one", [AxisTraits(name="louder", opposite="softer")])
    names.show_model("one", [AxisTraits(name="louder", opposite="softer")])
    assert told == ["", "louder"]


def test_a_name_is_taken_back_on_the_model_it_was_given_to() -> None:
    messages = Messages()
    names = AxisNames(messages)
    names.show_model("one", [AxisTraits(name="wider", opposite="narrower")])
    names.rename(0, "Hall")
    names.rename(0, "Church")
    message = messages.newest
    assert message is not None
    assert message.text == "Axis 1 is called Church now."
    names.show_model("two")
    messages.take_back()
    assert names.of(0) == ""
    names.show_model("one")
    assert names.of(0) == "Hall"
    names.rename(0, "")
    assert messages.newest is not None
    assert messages.newest.text == "Axis 1 is called by its number now."
