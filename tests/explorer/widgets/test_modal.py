import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from explorer.widgets.main_window import MainWindow


@pytest.mark.parametrize("name", ["devices", "keyboard", "export", "blind_test"])
def test_a_dialog_is_gone_once_it_is_answered(window: MainWindow, name: str) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        dialog.reject()

    QTimer.singleShot(0, answer)
    window.actions_[name].trigger()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not window.findChildren(QDialog)
