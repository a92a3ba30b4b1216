import pytest

from explorer.services.merging import merged_list, merged_map


@pytest.mark.parametrize(
    ("begun", "ended", "stored", "merged"),
    [
        ("abc", "abc", "abc", "abc"),
        ("abc", "abc", "xabc", "xabc"),  # the other has opened one
        ("abc", "yabc", "xabc", "yxabc"),  # both have
        ("abc", "cab", "xabc", "cxab"),  # an old one is opened again
        ("abc", "bc", "xabc", "xbc"),  # one is gone
        ("abc", "", "xabc", "x"),  # the list is cleared
        ("", "ab", "", "ab"),
        ("", "", "x", "x"),
    ],
)
def test_both_windows_are_in_the_list(
    begun: str, ended: str, stored: str, merged: str
) -> None:
    assert "".join(merged_list(begun, ended, stored)) == merged


def test_each_change_of_either_is_in_the_map() -> None:
    begun = {"kept": 1, "mine": 1, "theirs": 1, "gone": 1}
    ended = {"kept": 1, "mine": 2, "theirs": 1, "new": 5}
    stored = {"kept": 1, "mine": 1, "theirs": 3, "gone": 1, "newer": 6}
    assert merged_map(begun, ended, stored) == {
        "kept": 1,
        "mine": 2,
        "theirs": 3,
        "new": 5,
        "newer": 6,
    }


def test_maps_within_maps_are_put_together_too() -> None:
    begun = {"model": {"1": "bass"}}
    ended = {"model": {"1": "bass", "2": "hall"}, "other": {"1": "top"}}
    stored = {"model": {"1": "drum", "3": "air"}}
    assert merged_map(begun, ended, stored) == {
        "model": {"1": "drum", "2": "hall", "3": "air"},
        "other": {"1": "top"},
    }
