import pytest
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication

from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from explorer.widgets.theme import DARK, LIGHT, THEMES, Theme
from tests.explorer.fake_engine import FakeEngine


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours, 1 to 21."""
    lights = sorted(_light(QColor(colour)) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: QColor) -> float:
    channels = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [
        c / 12.92 if c <= 0.04 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink(icon: QIcon) -> QColor:
    """The colour of an icon's densest pixel."""
    image = icon.pixmap(32, 32).toImage()
    pixels = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
    return max(pixels, key=lambda one: one.alpha())


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_words_can_be_read(theme: Theme) -> None:
    for ground in (theme.window, theme.panel, theme.band, theme.raised, theme.hover):
        assert contrast(theme.text, ground) >= 7
        assert contrast(theme.dim, ground) >= 4.5
    for ground in (theme.window, theme.panel):
        assert contrast(theme.accent, ground) >= 4.5
        assert contrast(theme.error, ground) >= 4.5
        assert contrast(theme.warning, ground) >= 4.5
        assert contrast(theme.faint, ground) >= 3  # ticks
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.text, theme.error_low) >= 7
    assert contrast(theme.mark, theme.panel) >= 3
    assert contrast(theme.accent, theme.line) >= 2.5


def test_the_colours_follow_the_choice_at_once(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    window.actions_["theme_light"].trigger()
    QApplication.processEvents()
    assert window.theme == "light"
    ground = window.palette().color(QPalette.ColorRole.Window)
    assert ground == QColor(LIGHT.window)
    assert ink(window.actions_["play"].icon()).name() == LIGHT.text
    slider = window.explore.slider_bank.sliders[0]
    assert slider.palette().color(QPalette.ColorRole.Text) == QColor(LIGHT.text)
    assert window.actions_["theme_light"].isChecked()
    assert not window.actions_["theme_dark"].isChecked()
    window.actions_["theme_dark"].trigger()
    QApplication.processEvents()
    assert ink(window.actions_["play"].icon()).name() == DARK.text


@pytest.mark.parametrize("name", THEMES)
def test_every_icon_is_seen_after_a_change_of_colours(
    window: MainWindow, session: Session, name: str
) -> None:
    other = next(one for one in THEMES if one != name)
    session.messages.notice("point", "A is replaced.", undo=lambda: None)
    for theme in (other, name):
        window.set_theme(theme)
        QApplication.processEvents()
    ground = THEMES[name].raised
    pale = [
        f"{type(one.parentWidget()).__name__} {one.accessibleName() or one.text()}"
        for one in window.findChildren(QAbstractButton)
        if not one.icon().isNull()
        and one.isVisible()
        and one.isEnabled()
        and contrast(ink(one.icon()).name(), ground) < 3
    ]
    assert not pale


def test_a_theme_that_is_not_there_is_dark(window: MainWindow) -> None:
    window.set_theme("plaid")
    assert window.theme == "dark"
