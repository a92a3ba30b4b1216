import sys

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot


def test_a_call_leaves_none_alone(qtbot: QtBot) -> None:
    # PySide6 6.12.0 on Python 3.11 took a reference to None with each call.
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1_000):
        thing.setObjectName("same")
    assert sys.getrefcount(None) > before - 100
