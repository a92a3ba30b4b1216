"""What the Picture menu does, and what is checked and able in it."""

from collections.abc import Callable
from functools import partial
from typing import get_args

from explorer.engine.protocol import ChannelView
from explorer.session.session import Session

ZOOM_EACH_KEY = 1.5
CHANNELS: tuple[ChannelView, ...] = get_args(ChannelView)


def picture_verbs(session: Session) -> dict[str, Callable[[], None]]:
    """What each action of the menu does, by name."""
    view, comparison = session.view, session.comparison
    verbs: dict[str, Callable[[], None]] = {
        "zoom_in": lambda: view.zoom_time(ZOOM_EACH_KEY),
        "zoom_out": lambda: view.zoom_time(1 / ZOOM_EACH_KEY),
        "zoom_fit": view.fit,
        "follow": lambda: view.set_following(not view.following),
        "log_frequency": lambda: view.set_frequency_axis(
            "linear" if view.frequency_axis == "log" else "log"
        ),
        "difference_song": partial(comparison.toggle, "song"),
        "difference_before": partial(comparison.toggle, "before"),
        "clear_region": session.clear_loop_region,
    }
    for channels in CHANNELS:
        verbs[f"channels_{channels}"] = partial(view.set_channels, channels)
    return verbs


def picture_checks(session: Session) -> dict[str, bool]:
    """Which of the actions are on, by name."""
    view, comparison = session.view, session.comparison
    return {
        "follow": view.following,
        "log_frequency": view.frequency_axis == "log",
        "difference_song": comparison.kind == "song",
        "difference_before": comparison.kind == "before",
        **{f"channels_{one}": one == view.channels for one in CHANNELS},
    }


def picture_abilities(session: Session) -> dict[str, bool]:
    """Which of the actions that need more than a song can be used, by name."""
    return {
        "zoom_fit": not session.view.whole,
        "clear_region": session.playback.region is not None,
    }
