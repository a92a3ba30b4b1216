"""Durations, sizes and counts in words, as roughly as a person wants them."""

GIB, MIB = 1 << 30, 1 << 20
THIN_SPACE = "\u202f"


def duration_text(seconds: float) -> str:
    """As in 40 seconds, 25 minutes, 1 h 40 min, 3 days."""
    if seconds < 90:
        return counted(max(round(seconds), 1), "second")
    minutes = round(seconds / 60)
    if minutes < 90:
        return counted(minutes, "minute")
    hours, rest = divmod(minutes, 60)
    if hours < 10:
        return f"{hours} h {rest:02d} min"
    if hours < 48:
        return counted(hours, "hour")
    return counted(round(hours / 24), "day")


def size_text(size_bytes: float) -> str:
    """As in 640 MiB, 2.1 GiB."""
    if size_bytes < GIB:
        return f"{round(size_bytes / MIB)} MiB"
    return f"{size_bytes / GIB:.1f} GiB"


def counted(number: int, noun: str) -> str:
    """As in 1 song, 12 songs."""
    figures = f"{number:,}".replace(",", THIN_SPACE)
    return f"{figures} {noun}{'' if number == 1 else 's'}"
