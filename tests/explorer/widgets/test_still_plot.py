import shiboken6
from PySide6.QtWidgets import QApplication

from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from explorer.widgets.still_plot import StillPlot
from tests.explorer.fake_engine import FakeEngine


def test_a_plot_takes_its_menu_with_it(qapp: QApplication) -> None:
    plot = StillPlot()
    menu = plot.getPlotItem().ctrlMenu
    shiboken6.delete(plot)
    assert not shiboken6.isValid(menu)


def test_a_window_that_is_gone_leaves_no_widget_behind(
    session: Session, engine: FakeEngine, qapp: QApplication
) -> None:
    before = set(QApplication.allWidgets())
    window = MainWindow(session, version="1.2.3")
    window.show()
    engine.start()
    QApplication.processEvents()
    shiboken6.delete(window)
    assert not [one for one in QApplication.allWidgets() if one not in before]
