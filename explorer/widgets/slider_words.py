"""What a slider says of itself where the pointer rests on it."""

from html import escape

from explorer.session.numerals import percent_text, sigma_text
from explorer.widgets.slider_state import SliderNotes, SliderState


def slider_words(
    axis: int, state: SliderState, notes: SliderNotes, *, moving: bool = False
) -> str:
    """The bubble over a slider, as HTML: its value first, then what is known.

    While it is `moving` the value alone, so that its neighbours can be seen.
    """
    name = f" {escape(notes.name)}" if notes.name else ""
    value, home = (f"{sigma_text(at)}{notes.unit}" for at in (state.value, state.home))
    lines = [f"<b>{notes.noun} {axis + 1}</b>{name} &nbsp;<b>{value}</b>"]
    if moving:
        return _unbroken(lines)
    if notes.traits.ends:
        lines.append(escape(notes.traits.ends))
        lines.append(f"+1 σ: {escape(notes.traits.amounts)}")
    if state.moved:
        lines.append(f"The song itself: {home}")
    lines.append(
        f"{percent_text(notes.share, decimals=1)} of the variance of the songs"
    )
    if notes.change_db is not None:
        little = "next to nothing, " if notes.idle else ""
        lines.append(f"+2 σ changes {little}{notes.change_db:.1f} dB of this song")
    if notes.locked:
        lines.append("Locked: random and the other tools leave it alone")
    return _unbroken(lines)


def _unbroken(lines: list[str]) -> str:
    return f"<p style='white-space:pre'>{'<br>'.join(lines)}</p>"
