"""What a bubble says, in lines that can be taken in at a glance."""

from textwrap import fill

LONGEST_LINE = 72  # characters


def bubble(words: str) -> str:
    """A tooltip's words with line breaks: Qt itself writes them all in one line."""
    return fill(words, LONGEST_LINE, break_long_words=False, break_on_hyphens=False)
