"""Icons drawn from lines in a square of 24, in the colours of the palette."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from vae.resources import resource

SIZES = (16, 20, 24, 32, 40, 48, 64)
FILLED = ("play", "pause", "stop", "record")

LINES = {
    "play": "M8.5 5.5v13l10-6.5z",
    "pause": "M7.5 6h2.6v12H7.5zM13.9 6h2.6v12h-2.6z",
    "stop": "M7 7h10v10H7z",
    "loop": "M4 12v-1a4 4 0 0 1 4-4h11M16 4l3 3-3 3"
    "M20 12v1a4 4 0 0 1-4 4H5M8 20l-3-3 3-3",
    "start": "M6.5 6v12M17.5 6.5v11L9.5 12z",
    "undo": "M8 5L4 9l4 4M4.5 9H14a5 5 0 0 1 0 10h-4",
    "redo": "M16 5l4 4-4 4M19.5 9H10a5 5 0 0 0 0 10h4",
    "random": "M6.5 4h11A2.5 2.5 0 0 1 20 6.5v11a2.5 2.5 0 0 1-2.5 2.5h-11"
    "A2.5 2.5 0 0 1 4 17.5v-11A2.5 2.5 0 0 1 6.5 4z"
    "M8.5 8.5h.01M15.5 8.5h.01M12 12h.01M8.5 15.5h.01M15.5 15.5h.01",
    "mutate": "M12 12h.01M12 5.5V4M12 20v-1.5M5.5 12H4M20 12h-1.5M7.4 7.4L6.3 6.3"
    "M17.7 17.7l-1.1-1.1M16.6 7.4l1.1-1.1M6.3 17.7l1.1-1.1"
    "M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
    "mean": "M4 12h5.5M6.5 9l3 3-3 3M20 12h-5.5M17.5 9l-3 3 3 3M12 5v14",
    "swap": "M4 8.5h14M15 5l3.5 3.5L15 12M20 15.5H6M9 12l-3.5 3.5L9 19",
    "bookmark": "M7 4.5h10v15l-5-4-5 4z",
    "history": "M5 12a7 7 0 1 0 2.4-5.3L5 9M5 4.5V9h4.5M12 8v4.5l3 2",
    "map": "M4 20V4M4 20h16M9 14h.01M13 9h.01M17 12h.01M16 6.5h.01M10.5 17h.01",
    "reset": "M5 12a7 7 0 1 0 2.4-5.3L5 9M5 4.5V9h4.5",
    "song": "M9 17.5V6l10-2v11.5M9 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z"
    "M19 15.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z",
    "noise": "M3 12h2l1.5-5 2 11 2-14 2 16 2-13 2 9 1.5-4h3",
    "tones": "M3 12c2-7 4-7 6 0s4 7 6 0 4-7 6 0",
    "file": "M7 4h7l4 4v12H7zM14 4v4h4M10 13h4M10 16h4",
    "edit": "M5 19l1-4L16 5l3 3L9 18zM13.5 7.5l3 3",
    "original": "M5 10v4M9 6v12M13 9v6M17 4v16M21 10v4",
    "record": "M12 6a6 6 0 1 1 0 12 6 6 0 0 1 0-12z",
    "model": "M6 4v6M6 14v6M12 4v2M12 10v10M18 4v9M18 17v3M3.5 12h5M9.5 8h5M15.5 15h5",
    "export": "M12 4v10.5M7.5 10.5L12 15l4.5-4.5M5 19.5h14",
    "gain": "M4 10v4h3.2l4.8 4V6l-4.8 4zM15.5 9a4.2 4.2 0 0 1 0 6"
    "M18 6.5a8 8 0 0 1 0 11",
    "mute": "M4 10v4h3.2l4.8 4V6l-4.8 4zM16 9.5l5 5M21 9.5l-5 5",
    "limiter": "M4 6.5h16M4 18c2.5 0 2.5-8 5-8s2.5 5 4.5 5 2-5 3.5-5 1.5 3 3 3",
    "names": "M4 11.5V4.5h7l9 9-7 7zM8 8.5h.01",
    "lock": "M6.5 11h11v8h-11zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "find": "M10.5 5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM14.7 14.7L19.5 19.5",
    "close": "M6.5 6.5l11 11M17.5 6.5l-11 11",
}


def icon(name: str, palette: QPalette) -> QIcon:
    """An icon of `LINES`: plain, dim where it cannot be used, accented where on."""
    group, role = QPalette.ColorGroup, QPalette.ColorRole
    return _drawn(
        name,
        plain=palette.color(role.ButtonText).name(),
        on=palette.color(role.Highlight).name(),
        dim=palette.color(group.Disabled, role.ButtonText).name(),
    )


@cache
def _drawn(name: str, *, plain: str, on: str, dim: str) -> QIcon:
    """The icon in three colours, each #rrggbb."""
    drawn = QIcon()
    looks = (
        (QIcon.Mode.Normal, QIcon.State.Off, plain),
        (QIcon.Mode.Normal, QIcon.State.On, on),
        (QIcon.Mode.Disabled, QIcon.State.Off, dim),
    )
    for mode, state, shade in looks:
        renderer = QSvgRenderer(QByteArray(_svg(name, shade).encode()))
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


def _svg(name: str, shade: str) -> str:
    fill = shade if name in FILLED else "none"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="{fill}" '
        f'stroke="{shade}" stroke-width="1.8" stroke-linecap="round" '
        f'stroke-linejoin="round"><path d="{LINES[name]}"/></svg>'
    )
