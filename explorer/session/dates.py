"""Days in words, in the program's own language, whatever the system's is."""

from datetime import datetime

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
SHORT = 3  # letters of a month where there is little room


def day_text(when: datetime) -> str:
    """14 March."""
    return f"{when.day} {MONTHS[when.month - 1]}"


def short_text(when: datetime) -> str:
    """14 Mar 09:05."""
    return f"{when.day} {MONTHS[when.month - 1][:SHORT]} {when:%H:%M}"
