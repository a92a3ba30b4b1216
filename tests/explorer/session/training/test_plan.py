import math
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.session.training.plan import OPEN_MODEL, Base, Plan, Planning
from explorer.session.training.setting import BY_NAME, SETTINGS
from tests.models import TINY
from vae.presets import PRESETS, STILL


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_every_preset_lies_within_what_can_be_set(preset: str) -> None:
    plan = Plan.of_preset(preset)
    for setting in SETTINGS:
        assert setting.held(plan.value(setting.name)) == plan.value(setting.name)
        assert setting.lowest < setting.highest
        assert len(setting.tip) > 40  # it explains itself


def test_a_preset_brings_its_numbers_and_leaves_the_device() -> None:
    planning = Planning()
    planning.choose_device("cpu")
    planning.choose_preset("seed")
    assert planning.plan.overlap == PRESETS["seed"].model.transform.overlap
    assert planning.plan.learning_rate == PRESETS["seed"].train.learning_rate
    assert planning.plan.device == "cpu"


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_what_makes_no_sense_is_held_within_the_range(name: str) -> None:
    planning = Planning()
    planning.set_value(name, 1e9)
    assert planning.plan.value(name) == BY_NAME[name].highest
    planning.set_value(name, -1e9)
    assert planning.plan.value(name) == BY_NAME[name].lowest


def test_whole_numbers_stay_whole() -> None:
    planning = Planning()
    planning.set_value("epochs", 12.6)
    assert planning.plan.epochs == 13
    assert isinstance(planning.plan.epochs, int)


def test_reset_goes_back_to_the_preset_and_says_so_once() -> None:
    planning = Planning()
    planning.choose_preset("seed")
    planning.set_value("beta", 2.5)
    changed = planning.plan
    assert not changed.as_preset
    told: list[None] = []
    planning.changed.connect(lambda: told.append(None))
    planning.reset()
    planning.reset()
    assert planning.plan.as_preset
    assert len(told) == 1


def test_a_plan_is_remembered() -> None:
    planning = Planning()
    planning.choose_preset("seed")
    planning.choose_device("cuda")
    planning.set_value("epochs", 7)
    later = Planning()
    later.restore(planning.remembered)
    assert later.plan == planning.plan


def test_nonsense_that_is_remembered_is_passed_over() -> None:
    planning = Planning()
    planning.restore(
        {"preset": "golden", "device": 3, "epochs": "many", "beta": math.nan}
    )
    assert planning.plan == Plan.of_preset("default")
    default = Plan.of_preset("default")
    planning.restore({"epochs": 0, "batch_size": default.batch_size})
    assert planning.plan == replace(default, epochs=1)


MINE = Base(path=Path("/models/mine.safetensors"), title="Mine", config=STILL.model)


def test_the_open_model_can_be_gone_on_from_with_its_own_network() -> None:
    planning = Planning()
    planning.choose_preset(OPEN_MODEL)  # none is open
    assert planning.plan.base is None
    planning.offer(MINE)
    planning.choose_preset(OPEN_MODEL)
    planning.set_value("overlap", 0)
    planning.set_value("epochs", 3)
    options = planning.plan.options((Path("/songs"),))
    assert (options.base, options.model) == (MINE.path, MINE.config)
    assert (options.train.epochs, options.train.beta_warmup_epochs) == (3, 0)
    assert options.train.learning_rate < STILL.train.learning_rate
    assert "Mine" in planning.plan.words
    assert not planning.plan.as_preset
    planning.reset()
    assert planning.plan.as_preset


def test_another_open_model_takes_the_place_of_the_one_to_go_on_from() -> None:
    planning = Planning()
    planning.offer(MINE)
    assert planning.plan == Plan.of_preset("default")  # nobody asked for it
    planning.choose_preset(OPEN_MODEL)
    planning.set_value("epochs", 3)
    best = replace(MINE, path=Path("/runs/best.safetensors"))
    planning.offer(best)
    assert (planning.plan.base, planning.plan.epochs) == (best, 3)
    planning.offer(replace(MINE, config=TINY))
    assert planning.plan.options(()).model == TINY
    assert planning.plan.epochs == PRESETS["default"].train.epochs


def test_a_model_to_go_on_from_is_not_remembered() -> None:
    planning, again = Planning(), Planning()
    planning.offer(MINE)
    planning.choose_preset(OPEN_MODEL)
    again.restore(planning.remembered)
    assert again.plan == Plan.of_preset("default")
