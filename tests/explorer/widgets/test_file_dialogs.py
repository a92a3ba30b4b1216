from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from explorer.session.preset_file import read_preset
from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow

Answer = QMessageBox.StandardButton


@pytest.mark.parametrize("answer", [Answer.Yes, Answer.Cancel])
def test_a_preset_that_is_there_is_replaced_only_if_the_person_agrees(
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: QMessageBox.StandardButton,
) -> None:
    asked: list[str] = []

    def question(_parent: object, _title: str, text: str, *_: object) -> object:
        asked.append(text)
        return answer

    def choose(*_: object, **__: object) -> tuple[str, str]:
        return str(tmp_path / "bright"), ""  # the suffix is added

    monkeypatch.setattr(QMessageBox, "question", question)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    session.move_axis(0, 1.5)
    window.actions_["save_preset"].trigger()
    assert asked == []
    session.move_axis(0, -1.5)
    window.actions_["save_preset"].trigger()
    assert len(asked) == 1
    assert "bright.json exists already" in asked[0]
    kept = read_preset(tmp_path / "bright.json").values[0]
    assert kept == pytest.approx(-1.5 if answer == Answer.Yes else 1.5)
