import pytest

from explorer.session.numerals import percent_text, sigma_text


@pytest.mark.parametrize(
    ("sigma", "text"),
    [(1.25, "+1.25"), (-0.5, "−0.50"), (0.0, "0.00"), (-0.001, "0.00"), (5, "+5.00")],
)
def test_a_place_on_an_axis_has_a_true_minus_and_nothing_has_no_sign(
    sigma: float, text: str
) -> None:
    assert sigma_text(sigma) == text


def test_a_share_is_told_in_percent() -> None:
    assert percent_text(0.854) == "85 %"
    assert percent_text(0.0123, decimals=1) == "1.2 %"
