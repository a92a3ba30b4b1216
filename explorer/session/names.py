"""What a person calls the axes of each model."""

from collections.abc import Mapping

from psygnal import Signal

LONGEST_NAME = 40  # letters


class AxisNames:
    """Names of axes, kept apart for each model by its hash.

    Attributes
    ----------
    model_hash : str
        Of the model whose axes are spoken of; "" while there is none.
    """

    changed = Signal()

    def __init__(self) -> None:
        self.model_hash = ""
        self._all: dict[str, dict[int, str]] = {}

    def of(self, axis: int) -> str:
        """The name a person gave an axis; "" where it has none."""
        return self._all.get(self.model_hash, {}).get(axis, "")

    def label(self, axis: int) -> str:
        """What to call an axis in a sentence: its name, or "Axis 3"."""
        return self.of(axis) or f"Axis {axis + 1}"

    def rename(self, axis: int, text: str) -> None:
        """Give an axis a name; "" takes it away."""
        name = " ".join(text.split())[:LONGEST_NAME].strip()
        if name == self.of(axis) or not self.model_hash:
            return
        named = {**self._all.get(self.model_hash, {}), axis: name}
        self._put(self.model_hash, {one: text for one, text in named.items() if text})
        self.changed.emit()

    def show_model(self, model_hash: str) -> None:
        """Speak of another model's axes from now on."""
        if model_hash != self.model_hash:
            self.model_hash = model_hash
            self.changed.emit()

    @property
    def here(self) -> Mapping[int, str]:
        """The names of this model's axes."""
        return self._all.get(self.model_hash, {})

    @property
    def everything(self) -> Mapping[str, Mapping[int, str]]:
        """All names by model hash and axis, to be remembered."""
        return self._all

    def restore(self, everything: Mapping[str, Mapping[int, str]]) -> None:
        """Take over names that were remembered."""
        for model_hash, named in everything.items():
            self._put(model_hash, dict(named))
        self.changed.emit()

    def _put(self, model_hash: str, named: dict[int, str]) -> None:
        self._all = {one: all_ for one, all_ in self._all.items() if one != model_hash}
        if named:
            self._all[model_hash] = named
