from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from explorer.widgets.slider_look import SliderLook
from explorer.widgets.slider_row import SliderRow
from explorer.widgets.slider_state import SliderNotes, SliderState

AREA = QRect(0, 0, 320, 20)
STATE = SliderState(value=1.5, home=0.25, mark=-1.0, mark_shown=True, moved=True)
NOTES = SliderNotes(name="more bass", locked=True, share_of_largest=0.5)


def draw(
    look: SliderLook, image: QImage, state: SliderState, exposed: QRect = AREA
) -> None:
    painter = QPainter(image)
    painter.setClipRect(exposed)
    painter.fillRect(exposed, QColor("black"))
    look.draw(
        painter,
        AREA,
        QApplication.palette(),
        state,
        number=3,
        notes=NOTES,
        banded=False,
        focused=False,
        hovered=False,
        told=False,
        exposed=exposed,
    )
    painter.end()


@pytest.mark.parametrize("mark", [-0.9, 0.4, 1.5, -5.0, 5.0])
def test_a_slider_whose_mark_moved_looks_as_if_it_were_drawn_anew(
    qapp: QApplication, mark: float
) -> None:
    row = SliderRow(qapp.font())
    row.name_width = row.width_for(NOTES.name)
    look, moved = SliderLook(row), replace(STATE, mark=mark)
    anew, updated = (QImage(AREA.size(), QImage.Format.Format_RGB32) for _ in "12")
    draw(look, anew, moved)
    draw(look, updated, STATE)
    for sigma in (STATE.mark, mark):
        draw(look, updated, moved, row.mark_area(sigma, AREA).intersected(AREA))
    assert updated == anew
