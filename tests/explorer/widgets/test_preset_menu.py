from pathlib import Path

from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from explorer.widgets.preset_menu import NONE_YET, PresetMenu
from tests.explorer.widgets.test_main_window import press


def test_the_presets_of_the_folder_are_a_menu_and_a_key_away(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    menu = window.findChild(PresetMenu)
    assert isinstance(menu, PresetMenu)
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions()] == [NONE_YET]
    assert not window.actions_["next_preset"].isEnabled()
    for axis, name in enumerate(("bright & wide", "dark")):
        session.tools.reset()
        session.move_axis(axis, 1.5)
        session.presets.save(tmp_path / f"{name}.json")
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions()] == ["bright && wide", "dark"]
    assert [one.isChecked() for one in menu.actions()] == [False, True]
    menu.actions()[0].trigger()
    assert session.history.undo_label == "Preset bright & wide"
    press(window, "Ctrl+Alt+PgDown")
    assert session.history.undo_label == "Preset dark"
    press(window, "Ctrl+Alt+PgUp")
    assert session.history.undo_label == "Preset bright & wide"
