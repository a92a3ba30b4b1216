from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from explorer.services.settings import Settings
from explorer.session.session import Session
from explorer.session.training.plan import Plan
from explorer.session.training.requests import LookAtSongs


def settings(folder: Path) -> Settings:
    store = QSettings(str(folder / "explorer.ini"), QSettings.Format.IniFormat)
    return Settings(store)


def test_folders_plan_and_place_are_there_the_next_time(tmp_path: Path) -> None:
    songs, runs = tmp_path / "jazz, blues", tmp_path / "runs"
    for folder in (songs, runs):
        folder.mkdir()
    session = Session()
    session.training.songs.add([songs, tmp_path / "gone"])
    session.training.planning.choose_preset("seed")
    session.training.planning.set_value("epochs", 33)
    session.training.choose_runs_folder(runs)
    settings(tmp_path).keep(session)
    later = Session()
    asked: list[object] = []
    later.training.requested.connect(asked.append)
    settings(tmp_path).restore(later)
    assert later.training.songs.folders == (songs,)
    assert later.training.planning.plan.preset == "seed"
    assert later.training.planning.plan.epochs == 33
    assert later.training.runs_folder == runs
    assert not any(isinstance(one, LookAtSongs) for one in asked)  # until looked at


@pytest.mark.parametrize(
    "written", ["folders=7\nplan=[1]\nruns_folder=/no/such", "folders={\nplan=seed"]
)
def test_nonsense_in_the_file_does_no_harm(tmp_path: Path, written: str) -> None:
    (tmp_path / "explorer.ini").write_text(f"[training]\n{written}\n")
    session = Session()
    usual = session.training.runs_folder
    settings(tmp_path).restore(session)
    assert session.training.songs.folders == ()
    assert session.training.planning.plan == Plan.of_preset("default")
    assert session.training.runs_folder == usual
