from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from explorer.session.preset_file import read_preset
from explorer.session.session import Session
from explorer.widgets import file_dialogs
from explorer.widgets.main_window import MainWindow


@pytest.mark.parametrize("agreed", [True, False])
def test_a_preset_that_is_there_is_replaced_only_if_the_person_agrees(
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    agreed: bool,
) -> None:
    asked: list[str] = []

    def question(_parent: object, _title: str, text: str, verb: str) -> bool:
        asked.append(text)
        assert verb == "&Replace"
        return agreed

    def choose(*_: object, **__: object) -> tuple[str, str]:
        return str(tmp_path / "bright"), ""  # the suffix is added

    monkeypatch.setattr(file_dialogs, "agreed", question)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    session.move_axis(0, 1.5)
    window.actions_["save_preset"].trigger()
    assert asked == []
    session.move_axis(0, -1.5)
    window.actions_["save_preset"].trigger()
    assert len(asked) == 1
    assert "bright.json exists already" in asked[0]
    kept = read_preset(tmp_path / "bright.json").values[0]
    assert kept == pytest.approx(-1.5 if agreed else 1.5)
