"""What is remembered of training: the folders, the plan, where runs are kept."""

import json
from pathlib import Path

from PySide6.QtCore import QSettings

from explorer.session.training.training import Training
from vae.files import is_folder, is_there

FOLDERS, PLAN, RUNS = "training/folders", "training/plan", "training/runs_folder"


def training_kept(training: Training) -> dict[str, object]:
    """How training stands, by what it is remembered under."""
    return {
        FOLDERS: json.dumps([str(one) for one in training.songs.folders]),
        PLAN: json.dumps(training.planning.remembered),
        RUNS: str(training.runs_folder),
    }


def restore_training(store: QSettings, training: Training) -> None:
    """Take over what was remembered; what makes no sense is passed over."""
    folders = _read(store, FOLDERS)
    if isinstance(folders, list):
        paths = [Path(one) for one in folders if isinstance(one, str)]
        training.songs.restore(one for one in paths if is_there(one))
    plan = _read(store, PLAN)
    if isinstance(plan, dict):
        training.planning.restore(plan)
    runs = store.value(RUNS)
    if isinstance(runs, str) and is_folder(Path(runs)):
        training.choose_runs_folder(Path(runs))


def _read(store: QSettings, key: str) -> object:
    try:
        read: object = json.loads(str(store.value(key, "null")))
    except ValueError:
        return None
    return read
