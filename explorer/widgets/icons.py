"""Icons drawn from lines in a square of 24, in the colours of the palette."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from vae.resources import resource

SIZES = (16, 20, 24, 32, 40, 48, 64)
FILLED = ("play", "pause")

LINES = {
    "play": "M8.5 5.5v13l10-6.5z",
    "pause": "M7.5 6h2.6v12H7.5zM13.9 6h2.6v12h-2.6z",
    "loop": "M4 12v-1a4 4 0 0 1 4-4h11M16 4l3 3-3 3"
    "M20 12v1a4 4 0 0 1-4 4H5M8 20l-3-3 3-3",
    "start": "M6.5 6v12M17.5 6.5v11L9.5 12z",
    "undo": "M8 5L4 9l4 4M4.5 9H14a5 5 0 0 1 0 10h-4",
    "redo": "M16 5l4 4-4 4M19.5 9H10a5 5 0 0 0 0 10h4",
    "random": "M6.5 4h11A2.5 2.5 0 0 1 20 6.5v11a2.5 2.5 0 0 1-2.5 2.5h-11"
    "A2.5 2.5 0 0 1 4 17.5v-11A2.5 2.5 0 0 1 6.5 4z"
    "M8.5 8.5h.01M15.5 8.5h.01M12 12h.01M8.5 15.5h.01M15.5 15.5h.01",
    "reset": "M5 12a7 7 0 1 0 2.4-5.3L5 9M5 4.5V9h4.5",
    "song": "M9 17.5V6l10-2v11.5M9 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z"
    "M19 15.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z",
    "noise": "M3 12h2l1.5-5 2 11 2-14 2 16 2-13 2 9 1.5-4h3",
    "model": "M6 4v6M6 14v6M12 4v2M12 10v10M18 4v9M18 17v3M3.5 12h5M9.5 8h5M15.5 15h5",
    "export": "M12 4v10.5M7.5 10.5L12 15l4.5-4.5M5 19.5h14",
    "gain": "M4 10v4h3.2l4.8 4V6l-4.8 4zM15.5 9a4.2 4.2 0 0 1 0 6"
    "M18 6.5a8 8 0 0 1 0 11",
    "close": "M6.5 6.5l11 11M17.5 6.5l-11 11",
}


def icon(name: str, palette: QPalette) -> QIcon:
    """An icon of `LINES`: plain, dim where it cannot be used, accented where on."""
    drawn = QIcon()
    group, role = QPalette.ColorGroup, QPalette.ColorRole
    looks = (
        (QIcon.Mode.Normal, QIcon.State.Off, palette.color(role.ButtonText)),
        (QIcon.Mode.Normal, QIcon.State.On, palette.color(role.Highlight)),
        (
            QIcon.Mode.Disabled,
            QIcon.State.Off,
            palette.color(group.Disabled, role.ButtonText),
        ),
    )
    for mode, state, colour in looks:
        renderer = QSvgRenderer(QByteArray(_svg(name, colour).encode()))
        for size in SIZES:
            drawn.addPixmap(_pixmap(renderer, size), mode, state)
    return drawn


def program_icon() -> QIcon:
    """The icon of the program itself; empty where this installation brings none."""
    drawn = QIcon()
    path = resource("icon.svg")
    if path is not None:
        renderer = QSvgRenderer(str(path))
        for size in (*SIZES, 128, 256):
            drawn.addPixmap(_pixmap(renderer, size))
    return drawn


def _pixmap(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def _svg(name: str, colour: QColor) -> str:
    shade = colour.name()
    fill = shade if name in FILLED else "none"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="{fill}" '
        f'stroke="{shade}" stroke-width="1.8" stroke-linecap="round" '
        f'stroke-linejoin="round"><path d="{LINES[name]}"/></svg>'
    )
