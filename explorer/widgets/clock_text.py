"""Times in words, as a musician reads them."""


def clock_text(seconds: float, *, tenths: bool = False) -> str:
    """1:05, 1:02:05, or with tenths 1:05.3."""
    total = max(seconds, 0.0)
    units = int(total * 10 + 1e-6) if tenths else round(total) * 10
    minutes, rest = divmod(units, 600)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02d}" if hours else f"{minutes}"
    tail = f"{rest // 10:02d}"
    return f"{head}:{tail}.{rest % 10}" if tenths else f"{head}:{tail}"
