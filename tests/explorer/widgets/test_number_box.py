from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.session.training.setting import SETTINGS
from explorer.widgets.number_box import NumberBox


@pytest.fixture(params=["C", "de_DE", "fr_FR", "en_GB"])
def language(request: pytest.FixtureRequest) -> Iterator[None]:
    """The language of the system."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize(
    ("name", "typed", "value", "shown"),
    [
        ("beta", "0.5", 0.5, "0.5"),
        ("beta", "0,5", 0.5, "0.5"),
        ("beta", "", 1.0, "1"),
        ("learning_rate", "3e-4", 3e-4, "0.0003"),
        ("learning_rate", "0,002", 2e-3, "0.002"),
        ("overlap", "2048", 2048, "2,048 samples"),
        ("overlap", "2,048", 2048, "2,048 samples"),
        ("epochs", "99999999", 10_000, "10,000"),
        ("epochs", "12.5", 125, "125"),  # the point is not taken
    ],
)
def test_numbers_are_typed_and_shown_alike_whatever_the_system_speaks(
    qtbot: QtBot, name: str, typed: str, value: float, shown: str
) -> None:
    (setting,) = (one for one in SETTINGS if one.name == name)
    box = NumberBox(setting)
    qtbot.addWidget(box)
    box.show_number(1.0)
    box.selectAll()
    if typed:
        QTest.keyClicks(box, typed)
    else:
        QTest.keyClick(box, Qt.Key.Key_Delete)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == pytest.approx(value)
    assert box.text() == shown
