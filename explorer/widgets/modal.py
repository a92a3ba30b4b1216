"""Dialogs that have to be answered, and are gone afterwards."""

from PySide6.QtWidgets import QDialog


def answered(dialog: QDialog) -> int:
    """Show a dialog until it is answered; gives what `exec` does.

    It is taken away then, for its parent would keep it as long as the window lives.
    """
    try:
        return dialog.exec()
    finally:
        dialog.deleteLater()
