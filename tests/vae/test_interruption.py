import signal
import subprocess
import sys

import pytest

from vae.__main__ import main
from vae.commands import info
from vae.interruption import ends_at_once, held_back

PATIENCE_S = 60
INTERRUPTED_WHILE_LOADING = """
import os, signal, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
from {program}.__main__ import main
sys.exit(main({arguments!r}))
"""


@pytest.mark.parametrize(
    ("program", "module", "arguments"),
    [
        ("vae", "argparse", ["info"]),
        ("vae", "numpy", ["info"]),
        ("vae", "torch._C", ["info"]),
        ("vae", "torch._C", ["rehearse"]),
        ("explorer", "vae.files", []),
        ("explorer", "PySide6.QtGui", []),
        ("explorer", "explorer.widgets.main_window", []),
    ],
)
def test_a_program_that_is_interrupted_while_it_loads_ends_without_a_word(
    program: str, module: str, arguments: list[str]
) -> None:
    code = INTERRUPTED_WHILE_LOADING.format(
        module=module, program=program, arguments=arguments
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGINT, b"", b"")


def test_what_hears_ctrl_c_otherwise_goes_on_to_do_so() -> None:
    usual = signal.getsignal(signal.SIGINT)
    try:
        with ends_at_once():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL
        assert signal.getsignal(signal.SIGINT) is usual
        with ends_at_once():
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        with ends_at_once():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, usual)


def test_ctrl_c_that_is_held_back_is_heard_later() -> None:
    later = False
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012 - where it is raised matters
        with held_back():
            signal.raise_signal(signal.SIGINT)
            later = True
        raise AssertionError
    assert later


@pytest.mark.parametrize("words", ["", "stopped; nothing was changed"])
def test_a_command_that_is_interrupted_says_so_and_gives_the_usual_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt(words) if words else KeyboardInterrupt

    monkeypatch.setattr(info, "run", interrupted)
    assert main(["info"]) == 130
    assert capsys.readouterr().err == f"dctvae: {words or 'stopped'}\n"
