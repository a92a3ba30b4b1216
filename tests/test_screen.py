import subprocess
import sys

OPEN_A_WINDOW = """
from PySide6.QtWidgets import QApplication, QLabel

app = QApplication([])
label = QLabel("σ")
label.show()
app.processEvents()
print(app.platformName(), label.windowHandle().isExposed(), app.screens()[0].size())
"""


def test_a_window_opens_on_a_real_screen(x_screen: dict[str, str]) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", OPEN_A_WINDOW],
        env=x_screen,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.startswith("xcb")
    assert "1600, 1000" in answer.stdout
    assert answer.stderr == ""
