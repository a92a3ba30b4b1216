from pathlib import Path

from vae.training.folder import RunFolder
from vae.training.pulse import Pulse
from vae.training.status import read_status


def epochs_done(folder: Path) -> int:
    status = read_status(folder)
    assert status is not None
    return status.epochs_done


def test_a_run_that_is_gone_on_with_has_done_what_it_has_done(tmp_path: Path) -> None:
    """Also where it is killed again while it prepares its songs."""
    run = RunFolder(tmp_path)
    with Pulse(run, 9) as pulse:
        assert epochs_done(tmp_path) == 0
        pulse.say("running", "training", epochs_done=4)
    with Pulse(run, 9):
        assert epochs_done(tmp_path) == 4
