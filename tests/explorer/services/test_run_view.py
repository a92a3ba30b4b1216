from pathlib import Path

import pytest

from explorer.services.run_view import RunView
from tests.explorer.services.fake_training import Run
from vae.training import control


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
