"""What a run came to, in a few lines."""

from collections.abc import Sequence
from typing import TypeVar

from vae.training.reader import best_epoch
from vae.training.records import (
    Axes,
    Baselines,
    End,
    Epoch,
    Named,
    Record,
    Recovery,
    Unnamed,
)

T = TypeVar("T")


def summary(records: Sequence[Record]) -> tuple[str, ...]:
    """Lines for a person: how it ended, how good it became, against what.

    Parameters
    ----------
    records : sequence of Record
        The run's log.
    """
    lines = []
    end, baselines, axes = (
        _last(records, End),
        _last(records, Baselines),
        _last(records, Axes),
    )
    if end is not None:
        lines.append(end.sentence)
    epochs = [record for record in records if isinstance(record, Epoch)]
    if epochs:
        minutes = sum(epoch.elapsed_s for epoch in epochs) / 60
        lines.append(f"{len(epochs)} epochs in {minutes:.1f} min")
    best = best_epoch(records)
    if best is not None:
        lines.append(
            f"best epoch {best.epoch + 1}: held out {best.validation.nats:.4f} nats, "
            f"training {best.training.nats:.4f}"
        )
    if baselines is not None:
        lines.append(
            f"mean spectrum {baselines.mean_spectrum:.4f}, "
            f"{baselines.component_count} components {baselines.components:.4f}"
        )
    if axes is not None:
        ratio = f", participation {best.participation_ratio:.1f}" if best else ""
        lines.append(f"{axes.live} of {len(axes.change_db)} sliders live{ratio}")
    turns = sum(isinstance(record, Recovery) for record in records)
    if turns:
        lines.append(f"{turns} times taken up again after it went astray")
    last = [one for one in records if isinstance(one, Named | Unnamed)][-1:]
    lines += [_names(one) for one in last]
    return tuple(lines)


def _names(found: Named | Unnamed) -> str:
    """What the sliders are called, or why they are not."""
    if isinstance(found, Unnamed):
        return (
            f"no names for its sliders: {found.reason}; 'dctvae name MODEL' finds them"
        )
    by_ear = ", ".join(found.directions)
    return (
        f"{found.axes} sliders named after what is heard of {found.songs} songs; "
        f"{len(found.directions)} by ear{': ' * bool(by_ear)}{by_ear}"
    )


def _last(records: Sequence[Record], kind: type[T]) -> T | None:
    found = [record for record in records if isinstance(record, kind)]
    return found[-1] if found else None
