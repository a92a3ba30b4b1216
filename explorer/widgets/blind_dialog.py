"""The blind test: A, B and X by ear alone, with keys."""

from functools import partial
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.engine.protocol import Listening
from explorer.session.blind_test import CLEAR, Letter
from explorer.session.hearing import WORDS
from explorer.session.numerals import percent_text
from explorer.session.session import Session

PAIRS: tuple[tuple[Listening, Listening], ...] = (
    ("original", "edit"),
    ("original", "reconstruction"),
    ("edit", "reconstruction"),
)
LETTERS: tuple[Letter, ...] = ("A", "B", "X")
ANSWERS: tuple[Literal["A", "B"], ...] = ("A", "B")
ENOUGH = 5  # answers: fewer say nothing
WIDTH = 460


class BlindDialog(QDialog):
    """Play A, B or X with these keys; say with 1 or 2 which of them X is.

    Attributes
    ----------
    pair : QComboBox
    players : dict of str to QPushButton
        By letter.
    answers : dict of str to QPushButton
        By letter.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._test = session.blind_test
        self.setWindowTitle("Blind test")
        self.setMinimumWidth(WIDTH)
        self.setModal(True)  # its keys are its own
        self.pair = QComboBox()
        self.pair.setAccessibleName("What is compared")
        for first, second in PAIRS:
            self.pair.addItem(f"A is {WORDS[first]}, B is {WORDS[second]}")
        self.players: dict[str, QPushButton] = {}
        self.answers: dict[str, QPushButton] = {}
        self._tally = QLabel()
        self._tally.setWordWrap(True)
        self._lay_out()
        self.pair.activated.connect(self._begin)
        self._test.changed.connect(self._show)
        self._begin(0)
        if not session.playback.playing:
            session.transport.play()

    @property
    def text(self) -> str:
        """What it says of the answers so far."""
        return self._tally.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().upper()
        if key in self.players:
            self.players[key].click()
        elif key in {"1", "2"}:
            self.answers["AB"[int(key) - 1]].click()
        elif event.key() == Qt.Key.Key_Space:
            self._session.transport.toggle_playing()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        self._test.changed.disconnect(self._show)
        self._test.end()
        super().done(result)

    def _begin(self, place: int) -> None:
        self._test.begin(*PAIRS[place])

    def _show(self) -> None:
        for letter, button in self.players.items():
            button.setChecked(letter == self._test.playing)
        tally = self._test.tally
        if not tally.total:
            self._tally.setText(
                "Listen to A, B and X, as often as you like, then say which X is."
            )
            return
        last = "Right" if self._test.last else "Wrong"
        chance = percent_text(tally.chance, decimals=1)
        words = f"{last}. {tally.right} of {tally.total} right; by mere guessing one "
        words += f"does as well in {chance} of all tests."
        if tally.total >= ENOUGH:
            clear = tally.chance < CLEAR
            words += f" You {'do' if clear else 'do not (yet)'} hear a difference."
        self._tally.setText(words)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(self.pair)
        players = QHBoxLayout()
        for letter in LETTERS:
            button = _button(f"Play {letter}", f"Hear {letter} ({letter})")
            button.setCheckable(True)
            button.clicked.connect(partial(self._play, letter))
            self.players[letter] = button
            players.addWidget(button)
        column.addLayout(players)
        answers = QHBoxLayout()
        for number, answer in enumerate(ANSWERS, start=1):
            button = _button(f"X is {answer}", f"Say that X is {answer} ({number})")
            button.clicked.connect(partial(self._answer, answer))
            self.answers[answer] = button
            answers.addWidget(button)
        column.addLayout(answers)
        column.addWidget(self._tally)
        keys = QLabel("Keys: A, B and X play, 1 and 2 answer, Space pauses.")
        keys.setObjectName("dim")
        column.addWidget(keys)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def _play(self, letter: Letter, _: bool = False) -> None:
        self._test.play(letter)

    def _answer(self, letter: Literal["A", "B"], _: bool = False) -> None:
        self._test.answer(letter)


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
