"""Numbers as they are written for people, with a true minus sign."""


def sigma_text(sigma: float) -> str:
    """A place on an axis, +1.25, −0.50 or 0.00; without its unit."""
    text = f"{sigma:+.2f}".replace("-", "−")
    return "0.00" if text in {"+0.00", "−0.00"} else text


def percent_text(share: float, *, decimals: int = 0) -> str:
    """A share of 1 in percent, 85 %."""
    return f"{100 * share:.{decimals}f} %"
