"""What is remembered of the tools: how far they go, and what they leave alone."""

import json
from dataclasses import asdict
from typing import get_args

from PySide6.QtCore import QSettings

from explorer.session.coordinates import KINDS, CoordinateKind
from explorer.session.locks import Locks
from explorer.session.point_tools import Tool
from explorer.session.session import Session

MOST_AXES = 100_000  # a number beyond was never meant
LOCKED_KEYS: dict[CoordinateKind, str] = {
    "axes": "axes/locked",
    "ear": "axes/locked_by_ear",
    "latents": "axes/locked_latents",
}
FIRST_KEYS: dict[CoordinateKind, str] = {
    "axes": "tools/first",
    "ear": "tools/first_by_ear",
    "latents": "tools/first_latents",
}


def tools_kept(session: Session) -> dict[str, object]:
    """How the tools stand, by what it is remembered under."""
    amounts = asdict(session.tools.amounts).items()
    locks = {kind: session.coordinates.locks_of(kind) for kind in KINDS}
    return {
        **{f"tools/{tool}": amount for tool, amount in amounts},
        **{FIRST_KEYS[kind]: one.first or 0 for kind, one in locks.items()},
        **{LOCKED_KEYS[kind]: _locked_json(one) for kind, one in locks.items()},
        "axes/sliders": session.coordinates.wanted,
    }


def restore_tools(store: QSettings, session: Session) -> None:
    """Give the tools what was remembered; what makes no sense is passed over."""
    for tool in get_args(Tool):
        amount = _number(store.value(f"tools/{tool}"))
        if amount is not None:
            session.tools.set_amount(tool, amount)
    for kind in KINDS:
        locks = session.coordinates.locks_of(kind)
        first = _number(store.value(FIRST_KEYS[kind]))
        if first is not None and 1 <= first <= MOST_AXES:
            locks.set_first(int(first))
        try:
            locked = json.loads(str(store.value(LOCKED_KEYS[kind], "{}")))
            locks.restore_all(
                {str(one): frozenset(map(int, axes)) for one, axes in locked.items()}
            )
        except (AttributeError, TypeError, ValueError):
            pass  # it was no such thing: nothing is locked
    sliders = store.value("axes/sliders")
    if sliders in KINDS:
        session.coordinates.choose(sliders)


def _locked_json(locks: Locks) -> str:
    return json.dumps({one: sorted(axes) for one, axes in locks.everything.items()})


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if abs(number) <= MOST_AXES else None
