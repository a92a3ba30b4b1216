"""What is remembered of the tools: how far they go, and what they leave alone."""

import json
from dataclasses import asdict
from typing import get_args

from PySide6.QtCore import QSettings

from explorer.session.coordinates import CoordinateKind
from explorer.session.point_tools import Tool
from explorer.session.session import Session

MOST_AXES = 100_000  # a number beyond was never meant


def tools_kept(session: Session) -> dict[str, object]:
    """How the tools stand, by what it is remembered under."""
    amounts = asdict(session.tools.amounts).items()
    locked = {one: sorted(axes) for one, axes in session.locks.everything.items()}
    return {
        **{f"tools/{tool}": amount for tool, amount in amounts},
        "tools/first": session.locks.first or 0,
        "axes/locked": json.dumps(locked),
        "axes/sliders": session.coordinates.wanted,
    }


def restore_tools(store: QSettings, session: Session) -> None:
    """Give the tools what was remembered; what makes no sense is passed over."""
    for tool in get_args(Tool):
        amount = _number(store.value(f"tools/{tool}"))
        if amount is not None:
            session.tools.set_amount(tool, amount)
    first = _number(store.value("tools/first"))
    if first is not None and 1 <= first <= MOST_AXES:
        session.locks.set_first(int(first))
    try:
        locked = json.loads(str(store.value("axes/locked", "{}")))
        session.locks.restore_all(
            {str(one): frozenset(map(int, axes)) for one, axes in locked.items()}
        )
    except (AttributeError, TypeError, ValueError):
        pass  # it was no such thing: nothing is locked
    sliders = store.value("axes/sliders")
    if sliders in get_args(CoordinateKind):
        session.coordinates.choose(sliders)


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if abs(number) <= MOST_AXES else None
