import json
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("module", "strangers"),
    [
        ("explorer.app", {"torch", "sounddevice"}),
        ("explorer.session.session", {"PySide6", "pyqtgraph", "torch", "sounddevice"}),
        ("explorer.engine.process", {"PySide6", "pyqtgraph", "scipy.signal"}),
    ],
)
def test_a_process_loads_only_what_is_its_own(module: str, strangers: set[str]) -> None:
    script = f"import json, sys, {module}; print(json.dumps(sorted(sys.modules)))"
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert strangers.isdisjoint(json.loads(answer.stdout))
