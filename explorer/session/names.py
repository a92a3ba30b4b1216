"""What the axes of each model are called: by a person, or by what they do."""

from collections.abc import Mapping, Sequence

from psygnal import Signal

from explorer.session.messages import Messages
from vae.latents.traits import AxisTraits

LONGEST_NAME = 40  # letters


class AxisNames:
    """Names of axes, kept apart for each model by its hash.

    An axis is called what a person has named it, else after what it was measured to do.

    Attributes
    ----------
    model_hash : str
        Of the model whose axes are spoken of; "" while there is none.
    """

    changed = Signal()

    def __init__(self, messages: Messages) -> None:
        self.model_hash = ""
        self._messages = messages
        self._all: dict[str, dict[int, str]] = {}
        self._measured: tuple[AxisTraits, ...] = ()

    def of(self, axis: int) -> str:
        """The name of an axis; "" where it has none."""
        return self.here.get(axis, "") or self.traits(axis).name

    def traits(self, axis: int) -> AxisTraits:
        """What an axis was measured to do; nothing where the model does not say."""
        known = axis < len(self._measured)
        return self._measured[axis] if known else AxisTraits()

    def label(self, axis: int) -> str:
        """What to call an axis in a sentence: its name, or "Axis 3"."""
        return self.of(axis) or f"Axis {axis + 1}"

    def rename(self, axis: int, text: str) -> None:
        """Give an axis a name; "" takes it away, and the measured one is back.

        The message brings the name before it back.
        """
        name = " ".join(text.split())[:LONGEST_NAME].strip()
        if name == self.traits(axis).name:
            name = ""
        before, model_hash = self.here.get(axis, ""), self.model_hash
        if name == before or not model_hash:
            return
        self._name(model_hash, axis, name)
        self._messages.notice(
            "point",
            f"Axis {axis + 1} is called {self.of(axis) or 'by its number'} now.",
            undo=lambda: self._name(model_hash, axis, before),
        )

    def show_model(self, model_hash: str, measured: Sequence[AxisTraits] = ()) -> None:
        """Speak of another model's axes from now on, and of what they do."""
        shown = (self.model_hash, self._measured)
        self.model_hash, self._measured = model_hash, tuple(measured)
        if shown != (self.model_hash, self._measured):
            self.changed.emit()

    @property
    def here(self) -> Mapping[int, str]:
        """The names that a person gave this model's axes."""
        return self._all.get(self.model_hash, {})

    @property
    def everything(self) -> Mapping[str, Mapping[int, str]]:
        """All names a person gave, by model hash and axis, to be remembered."""
        return self._all

    def restore(self, everything: Mapping[str, Mapping[int, str]]) -> None:
        """Take over names that were remembered."""
        for model_hash, named in everything.items():
            self._put(model_hash, dict(named))
        self.changed.emit()

    def _name(self, model_hash: str, axis: int, name: str) -> None:
        named = {**self._all.get(model_hash, {}), axis: name}
        self._put(model_hash, {one: text for one, text in named.items() if text})
        self.changed.emit()

    def _put(self, model_hash: str, named: dict[int, str]) -> None:
        self._all = {one: all_ for one, all_ in self._all.items() if one != model_hash}
        if named:
            self._all[model_hash] = named
