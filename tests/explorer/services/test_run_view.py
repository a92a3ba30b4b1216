from pathlib import Path

import pytest

from explorer.services.run_view import RunView
from tests.explorer.services.fake_training import Run
from tests.models import TINY, saved
from vae.checkpoint import write_traits
from vae.latents.traits import AxisTraits
from vae.training import control
from vae.training.reader import MODEL
from vae.training.records import Preparation


@pytest.mark.parametrize("wish", ["pause", "stop"])
def test_a_wish_is_seen_until_the_run_has_come_to_it(
    tmp_path: Path, wish: control.Wish
) -> None:
    run, view = Run(tmp_path), RunView(tmp_path)
    run.start()
    assert view.look().run.wish == ""
    control.ask(tmp_path, wish)
    assert view.look().run.wish == wish
    if wish == "pause":
        run.say("paused")
        assert view.look().run.wish == ""
        control.ask(tmp_path, "resume")
        assert view.look().run.wish == ""
    control.forget(tmp_path)
    assert view.look().run.wish == ""


def test_what_follows_the_last_epoch_is_seen(tmp_path: Path) -> None:
    run, view = Run(tmp_path), RunView(tmp_path)
    run.start()
    run.epoch()
    assert view.look().run.doing == ""
    run.tell(Preparation(stage="naming the sliders", done=1, total=4))
    look = view.look().run
    assert (look.doing, look.fraction) == ("Naming the sliders", 0.25)
    run.end("finished", "finished")
    assert view.look().run.doing == ""


def test_whether_the_model_has_names_is_seen_and_is_no_change_of_the_run(
    tmp_path: Path,
) -> None:
    run, view = Run(tmp_path), RunView(tmp_path)
    run.start()
    run.epoch()
    run.end("stopped", "stopped as asked")
    saved(TINY, tmp_path / MODEL)
    before = view.look().run
    assert not before.named
    assert before.nameless
    write_traits(tmp_path / MODEL, [AxisTraits()] * 64, (), tmp_path / MODEL)
    after = view.look().run
    assert after.named
    assert not after.nameless
    assert after.changed_s == before.changed_s
