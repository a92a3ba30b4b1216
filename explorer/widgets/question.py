"""A question with answers in words of its own."""

from PySide6.QtWidgets import QMessageBox, QWidget

from explorer.widgets.modal import answered

Role = QMessageBox.ButtonRole


def ask(
    parent: QWidget, title: str, text: str, *answers: str, cancel: str = "Cancel"
) -> str:
    """The answer a person has chosen; "" where they would rather do nothing.

    The first answer is the one that Enter gives; Escape does nothing.
    """
    box = QMessageBox(QMessageBox.Icon.Question, title, text, parent=parent)
    buttons = [box.addButton(answer, Role.ActionRole) for answer in answers]
    nothing = box.addButton(cancel, Role.RejectRole)
    box.setDefaultButton((*buttons, nothing)[0])
    box.setEscapeButton(nothing)
    answered(box)
    clicked = box.clickedButton()
    return answers[buttons.index(clicked)] if clicked in buttons else ""


def agreed(parent: QWidget, title: str, text: str, verb: str) -> bool:
    """Whether a person agrees to what cannot be taken back, by a button that names it.

    Enter and Escape do nothing.
    """
    box = QMessageBox(QMessageBox.Icon.Question, title, text, parent=parent)
    agreement = box.addButton(verb, Role.AcceptRole)
    nothing = box.addButton("Cancel", Role.RejectRole)
    box.setDefaultButton(nothing)
    box.setEscapeButton(nothing)
    answered(box)
    return box.clickedButton() is agreement
