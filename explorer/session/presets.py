"""Points that leave the program and come back: presets in files, lines of text."""

from pathlib import Path
from typing import TYPE_CHECKING

from explorer.session.preset_file import (
    HASH_LETTERS,
    Preset,
    PresetError,
    point_line,
    read_point_line,
    read_preset,
    write_preset,
)

if TYPE_CHECKING:
    from explorer.session.session import Session


class Presets:
    """Saves, opens, copies and pastes points; says in words what it cannot do."""

    def __init__(self, session: "Session") -> None:
        self._session = session

    def save(self, path: Path) -> None:
        """Write the present point to a preset file, under the file's name."""
        session, model = self._session, self._session.model
        if model is None:
            return
        session.places.presets = path.parent
        preset = Preset(
            name=path.stem,
            model_hash=model.model_hash,
            values=session.values,
            source=session.point.source,
            names=session.names.here,
        )
        try:
            write_preset(path, preset)
        except PresetError as error:
            session.messages.error("preset", str(error))
        else:
            session.messages.notice("preset", f"Saved {path.name}.")

    def open(self, path: Path) -> None:
        """Go to the point of a preset file, where it is of this model."""
        session, model = self._session, self._session.model
        if model is None:
            return
        session.places.presets = path.parent
        try:
            preset = read_preset(path)
            self._check_model(preset.model_hash, len(preset.values), path.name)
        except PresetError as error:
            session.messages.error("preset", str(error))
            return
        session.messages.clear("preset")
        for axis, name in preset.names.items():
            if axis < model.latent_size and axis not in session.names.here:
                session.names.rename(axis, name)
        session.tools.go_to(f"Preset {preset.name}", preset.values, preset.source)

    @property
    def line(self) -> str:
        """The present point as one line of text; "" without a model."""
        model = self._session.model
        return point_line(model.model_hash, self._session.values) if model else ""

    def paste(self, text: str) -> None:
        """Go to the point that a line of text tells of, where it is of this model."""
        session = self._session
        if session.model is None:
            return
        try:
            model_hash, values = read_point_line(text)
            self._check_model(model_hash, len(values), "The point on the clipboard")
        except PresetError as error:
            session.messages.error("preset", str(error))
            return
        session.messages.clear("preset")
        if text.strip() != self.line:  # a copy of what is here, but for the rounding
            session.tools.go_to("Pasted point", values)

    def _check_model(self, model_hash: str, size: int, what: str) -> None:
        model = self._session.model
        same = model is not None and size == model.latent_size
        if model is None or not same or not _agree(model_hash, model.model_hash):
            title = model.path.name if model else "none"
            raise PresetError(
                f"{what} belongs to another model ({model_hash[:HASH_LETTERS]}…): its "
                f"values mean nothing on the axes of {title}. Open that model first."
            )


def _agree(one: str, other: str) -> bool:
    return one[:HASH_LETTERS] == other[:HASH_LETTERS]
