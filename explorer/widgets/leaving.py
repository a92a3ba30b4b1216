"""What becomes of a training when the window is closed: the person is asked."""

from PySide6.QtWidgets import QMessageBox, QWidget

from explorer.session.training.training import Training
from explorer.widgets.duration_text import duration_text
from explorer.widgets.modal import answered


def may_leave(training: Training, parent: QWidget) -> bool:
    """Ask, where a run is under way, and do as told; False: the window stays."""
    if not training.runs.live:
        return True
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("A training is under way")
    box.setText(_words(training))
    box.setInformativeText(
        "Left running, it is found again when the program is opened the next time."
    )
    stop = box.addButton("&Stop it, keep the best", QMessageBox.ButtonRole.AcceptRole)
    leave = box.addButton("&Leave it running", QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(leave)
    box.setEscapeButton(cancel)
    answered(box)
    if box.clickedButton() is stop:
        training.stop_all()
    return box.clickedButton() in {stop, leave}


def _words(training: Training) -> str:
    run = training.runs.live[0]
    words = f"{run.name} is still training"
    if run.epochs:
        words += f", at epoch {run.epochs_done} of {run.epochs}"
    if run.seconds_left is not None:
        words += f", with about {duration_text(run.seconds_left)} to go"
    return words + "."
