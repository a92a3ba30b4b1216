"""Rows of a form: a title, and beside its middle the field it stands for."""

from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QFormLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QWidget,
)

TEXT_MARGIN = 6  # pixels before a number, as before the words of other fields


def add_row(
    form: QFormLayout, title: str, field: QWidget, *, beside: QLayout | None = None
) -> QLabel:
    """Add a field to a form; its title takes the key after an ampersand to it.

    Parameters
    ----------
    form, title, field
    beside : QLayout, optional
        What holds the field together with what stands in the same row.
    """
    label = QLabel(title)
    label.setBuddy(field)
    label.setToolTip(field.toolTip())
    # A form puts titles at the top of fields that are much higher than they are.
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    if isinstance(field, QAbstractSpinBox):  # a style sheet cannot say it
        field.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
    form.addRow(label, field if beside is None else beside)
    return label
