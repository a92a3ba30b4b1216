from dataclasses import replace

import pytest

from explorer.session.session import Session
from explorer.session.training.forecast import Rehearsal
from explorer.session.training.requests import Rehearse
from tests.explorer.session.training.desk import FOUND, Desk

GIB = 1 << 30
FAST = Rehearsal(
    device="cpu",
    samples_per_s=4.0,
    validated_per_s=10.0,
    memory_bytes=GIB,
    memory_there_bytes=8 * GIB,
)


@pytest.fixture
def desk() -> Desk:
    return Desk(Session())


def test_twice_the_epochs_take_twice_as_long_and_need_no_new_rehearsal(
    desk: Desk,
) -> None:
    forecast, plan = desk.training.forecast, desk.training.planning.plan
    forecast.measure(plan)
    forecast.take(FAST)
    seconds = forecast.seconds(plan, FOUND)
    assert seconds is not None
    assert seconds > plan.epochs * plan.samples_per_epoch / 4.0
    longer = replace(plan, epochs=2 * plan.epochs)
    forecast.measure(longer)
    assert forecast.seconds(longer, FOUND) == pytest.approx(2 * seconds)
    assert len(desk.of_kind(Rehearse)) == 1


def test_another_batch_is_rehearsed(desk: Desk) -> None:
    forecast, plan = desk.training.forecast, desk.training.planning.plan
    forecast.measure(plan)
    forecast.take(FAST)
    larger = replace(plan, batch_size=64)
    forecast.measure(larger)
    assert forecast.seconds(larger, FOUND) is None
    assert [one.plan for one in desk.of_kind(Rehearse)] == [plan, larger]
    forecast.take(replace(FAST, memory_bytes=9 * GIB))
    assert forecast.rehearsal is not None
    assert not forecast.rehearsal.fits


def test_what_cannot_be_rehearsed_is_told(desk: Desk) -> None:
    forecast = desk.training.forecast
    forecast.measure(desk.training.planning.plan)
    forecast.fail("There is no CUDA device here.")
    assert (forecast.phase, forecast.fault) == (
        "failed",
        "There is no CUDA device here.",
    )
