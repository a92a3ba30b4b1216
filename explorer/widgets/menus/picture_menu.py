"""The Picture menu."""

from explorer.engine.protocol import ChannelView
from explorer.widgets.menus.action_spec import ActionSpec, Menu

ZOOM_EACH_KEY = 1.5

CHANNELS: tuple[tuple[ChannelView, str, str], ...] = (
    ("both", "&Both channels", "the mean of left and right"),
    ("left", "&Left", "the left channel"),
    ("right", "Righ&t", "the right channel"),
    ("mid", "&Mid", "what left and right have in common"),
    ("side", "&Side", "what left and right differ in"),
)


def _channels(channels: ChannelView, text: str, words: str) -> ActionSpec:
    return ActionSpec(
        name=f"channels_{channels}",
        text=text,
        tip=f"Draw {words}; the sound stays as it is",
        keys=(f"Alt+{1 + [one[0] for one in CHANNELS].index(channels)}",),
        separated=channels == CHANNELS[0][0],
        do=lambda session: session.view.set_channels(channels),
        checked=lambda session: session.view.channels == channels,
    )


PICTURE = Menu(
    title="Picture",
    specs=(
        ActionSpec(
            name="zoom_in",
            text="Zoom &in",
            tip="Look closer, at the playhead",
            keys=("+", "=", "Ctrl++", "Ctrl+="),
            do=lambda session: session.view.zoom_time(ZOOM_EACH_KEY),
        ),
        ActionSpec(
            name="zoom_out",
            text="Zoom &out",
            tip="Look from further away",
            keys=("-", "Ctrl+-"),
            do=lambda session: session.view.zoom_time(1 / ZOOM_EACH_KEY),
        ),
        ActionSpec(
            name="zoom_fit",
            text="See &all of it",
            tip="See the whole song and every frequency",
            keys=("0", "Ctrl+0"),
            do=lambda session: session.view.fit(),
            able=lambda session: not session.view.whole,
        ),
        ActionSpec(
            name="follow",
            text="&Follow the playhead",
            tip="Page on when the playhead leaves what is seen",
            keys=("F",),
            do=lambda session: session.view.set_following(not session.view.following),
            checked=lambda session: session.view.following,
        ),
        ActionSpec(
            name="difference_song",
            text="&Difference from the song",
            tip="Show how much louder and quieter this point is than the song itself",
            keys=("D",),
            separated=True,
            do=lambda session: session.comparison.toggle("song"),
            checked=lambda session: session.comparison.kind == "song",
        ),
        ActionSpec(
            name="difference_before",
            text="Difference from the st&ep before",
            tip="Show how much louder and quieter the last step has made it",
            keys=("Shift+D",),
            do=lambda session: session.comparison.toggle("before"),
            checked=lambda session: session.comparison.kind == "before",
        ),
        ActionSpec(
            name="log_frequency",
            text="Lo&g frequency axis",
            tip="Give each octave the same height, rather than each kHz",
            keys=("G",),
            separated=True,
            do=lambda session: session.view.toggle_frequency_axis(),
            checked=lambda session: session.view.frequency_axis == "log",
        ),
        *(_channels(*one) for one in CHANNELS),
    ),
    signals=lambda session: (
        session.view.changed,
        session.view.span_changed,
        session.comparison.changed,
    ),
)
