"""Points that leave the program and come back: presets in files, lines of text."""

from pathlib import Path
from typing import TYPE_CHECKING

from psygnal import Signal

from explorer.engine.protocol import Source
from explorer.session.model import Model
from explorer.session.numerals import percent_text
from explorer.session.preset_file import (
    HASH_LETTERS,
    Preset,
    PresetError,
    point_line,
    presets_in,
    read_point_line,
    read_preset,
    write_preset,
)
from explorer.session.song_mix import mix_of, place

if TYPE_CHECKING:
    from explorer.session.session import Session


LEAST_KEPT = 0.25  # of a point; less of it is another point


class Presets:
    """Saves, opens, copies and pastes points; says in words what it cannot do.

    Attributes
    ----------
    present : Path or None
        The preset that was opened or saved last.
    """

    changed = Signal()  # present

    def __init__(self, session: "Session") -> None:
        self.present: Path | None = None
        self._session = session

    @property
    def files(self) -> tuple[Path, ...]:
        """The presets in the folder last used, by their names; read anew each time."""
        folder = self._session.places.presets
        return () if folder is None else presets_in(folder)

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
            source=_kind(session.point.source),
            names=session.names.here,
            mix=mix_of(session.values, model.songs),
        )
        try:
            write_preset(path, preset)
        except PresetError as error:
            session.messages.error("preset", str(error))
        else:
            session.messages.notice("preset", f"Saved {path.name}.")
            self._show(path)

    def open(self, path: Path) -> None:
        """Go to the point of a preset file; from another model as songs tell it."""
        session, model = self._session, self._session.model
        if model is None:
            return
        session.places.presets = path.parent
        self._show(path)
        try:
            preset = read_preset(path)
            if not self._is_of(model, preset.model_hash, len(preset.values)):
                self._carry_over(preset, path.name, model)
                return
        except PresetError as error:
            session.messages.error("preset", str(error))
            return
        session.messages.clear("preset")
        for axis, name in preset.names.items():
            if axis < model.latent_size and axis not in session.names.here:
                session.names.rename(axis, name)
        session.tools.go_to(f"Preset {preset.name}", preset.values, preset.source)

    def step(self, by: int) -> None:
        """Open the preset so many further on in its folder, round and round."""
        files = self.files
        if not files:
            return
        if self.present in files:
            self.open(files[(files.index(self.present) + by) % len(files)])
        else:
            self.open(files[0 if by > 0 else -1])

    def _show(self, path: Path) -> None:
        if path != self.present:
            self.present = path
            self.changed.emit()

    def _carry_over(self, preset: Preset, what: str, model: Model) -> None:
        """Go where another model's preset lies in this one.

        Raises
        ------
        PresetError
            The two know too few songs in common to tell.
        """
        placed = place(preset.mix, model.songs)
        if placed is None or placed.kept < LEAST_KEPT:
            raise _foreign(what, preset.model_hash, model)
        session = self._session
        label = f"Preset {preset.name}, carried over"
        session.tools.go_to(label, placed.values, preset.source)
        session.messages.notice(
            "preset",
            f"{what} was made with another model. It was carried over by the "
            f"{placed.songs} songs that both know: {percent_text(placed.kept)} of it "
            "came along.",
        )

    @property
    def line(self) -> str:
        """The present point as one line of text; "" without a model."""
        model = self._session.model
        return point_line(model.model_hash, self._session.values) if model else ""

    def paste(self, text: str) -> None:
        """Go to the point that a line of text tells of, where it is of this model."""
        session, model = self._session, self._session.model
        if model is None:
            return
        try:
            model_hash, values = read_point_line(text)
            if not self._is_of(model, model_hash, len(values)):
                raise _foreign("The point on the clipboard", model_hash, model)
        except PresetError as error:
            session.messages.error("preset", str(error))
            return
        session.messages.clear("preset")
        if text.strip() != self.line:  # a copy of what is here, but for the rounding
            session.tools.go_to("Pasted point", values)

    @staticmethod
    def _is_of(model: Model, model_hash: str, size: int) -> bool:
        same = model_hash[:HASH_LETTERS] == model.model_hash[:HASH_LETTERS]
        return same and size == model.latent_size


def _foreign(what: str, model_hash: str, model: Model) -> PresetError:
    return PresetError(
        f"{what} belongs to another model ({model_hash[:HASH_LETTERS]}…): its values "
        f"mean nothing on the axes of {model.path.name}. Open that model first."
    )


def _kind(source: Source | Path) -> Source:
    """What a preset says of a source: another file is of one project only."""
    return "song" if isinstance(source, Path) else source
