"""What a slider says of itself where the pointer rests on it."""

from html import escape

from explorer.widgets.slider_look import SliderNotes, SliderState, value_text


def slider_words(axis: int, state: SliderState, notes: SliderNotes) -> str:
    """The bubble over a slider, as HTML: its value first, then what is known."""
    name = f" {escape(notes.name)}" if notes.name else ""
    lines = [f"<b>Axis {axis + 1}</b>{name} &nbsp;<b>{value_text(state.value)} σ</b>"]
    if state.moved:
        lines.append(f"The song itself: {value_text(state.home)} σ")
    lines.append(f"{notes.share:.1%} of the variance of the training songs")
    if notes.change_db is not None:
        little = "next to nothing, " if notes.idle else ""
        lines.append(f"+2 σ changes {little}{notes.change_db:.1f} dB of this song")
    if notes.locked:
        lines.append("Locked: random and the other tools leave it alone")
    return f"<p style='white-space:pre'>{'<br>'.join(lines)}</p>"
