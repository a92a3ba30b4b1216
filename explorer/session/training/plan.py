"""What a training is to be like: a recipe, and what the person changes of it."""

import math
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self, get_args

from psygnal import Signal

from explorer.session.training.setting import BY_NAME, SETTINGS
from vae.config import DeviceName, ModelConfig
from vae.presets import PRESETS, Preset, further
from vae.training.options import Options

DEVICES: tuple[DeviceName, ...] = get_args(DeviceName)
FIRST_PRESET = "default"
OPEN_MODEL = "open model"  # in a preset's place: its weights are gone on from
PRESET_WORDS = {
    "default": "Follows the music: a vector each half second, a dictionary of sounds",
    "seed": "The original design: one vector for 128 seconds, a plain DCT and Gaussian",
    "still": "One vector for 128 s, with what measured best otherwise",
    "wide": "The default with larger layers, for a graphics card",
}
DEVICE_WORDS: dict[DeviceName, str] = {
    "auto": "Automatic",
    "cpu": "Processor",
    "cuda": "NVIDIA graphics card",
    "mps": "Apple graphics",
}


@dataclass(frozen=True, kw_only=True)
class Base:
    """A model whose weights can be gone on from."""

    path: Path
    title: str
    config: ModelConfig


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How to train; each number within its setting's range."""

    preset: str  # or `OPEN_MODEL`, where there is a base
    epochs: int
    samples_per_epoch: int
    batch_size: int
    learning_rate: float
    beta: float
    overlap: int  # samples
    device: DeviceName = "auto"
    base: Base | None = None

    @classmethod
    def of_preset(
        cls, preset: str, device: DeviceName = "auto", base: Base | None = None
    ) -> Self:
        """A preset as it is, or how a base is trained further."""
        recipe = _recipe(preset, base)
        model, train = recipe.model, recipe.train
        return cls(
            preset=preset,
            base=base,
            epochs=train.epochs,
            samples_per_epoch=train.samples_per_epoch,
            batch_size=train.batch_size,
            learning_rate=train.learning_rate,
            beta=train.beta,
            overlap=model.transform.overlap,
            device=device,
        )

    def value(self, name: str) -> float:
        """The number of a setting."""
        return float(getattr(self, name))

    def with_value(self, name: str, value: float) -> Self:
        """The plan with another number, held within its range.

        A base keeps the transform that its network was trained for.
        """
        if name == "overlap" and self.base is not None:
            return self
        setting = BY_NAME[name]
        held = setting.held(value)
        number: Any = held if setting.decimals else int(held)
        return replace(self, **{name: number})

    def options(self, folders: tuple[Path, ...]) -> Options:
        """What a training process is asked, in full."""
        recipe = _recipe(self.preset, self.base)
        transform = replace(recipe.model.transform, overlap=self.overlap)
        return Options(
            folders=folders,
            base=None if self.base is None else self.base.path,
            model=replace(recipe.model, transform=transform),
            train=replace(
                recipe.train,
                epochs=self.epochs,
                samples_per_epoch=self.samples_per_epoch,
                batch_size=self.batch_size,
                learning_rate=self.learning_rate,
                beta=self.beta,
                device=self.device,
            ),
        )

    def held_out(self, songs: int) -> int:
        """How many of so many songs are looked at after each epoch."""
        train = _recipe(self.preset, self.base).train
        share = round(train.validation_fraction * songs)
        return min(max(share, 1), train.validation_images)

    @property
    def as_preset(self) -> bool:
        """True where nothing but the device differs from the preset."""
        return self == self.of_preset(self.preset, self.device, self.base)

    @property
    def words(self) -> str:
        """What the recipe is, in plain words."""
        if self.base is None:
            return PRESET_WORDS.get(self.preset, "")
        return (
            f"Goes on from “{self.base.title}”, the model that is open: its network, "
            "its weights, smaller steps"
        )


def _recipe(preset: str, base: Base | None) -> Preset:
    if base is None:
        return PRESETS[preset]
    return Preset(model=base.config, train=further(base.config))


class Planning:
    """The plan for the next run.

    Attributes
    ----------
    plan : Plan
    base : Base or None
        The model that is open, which can be gone on from.
    """

    changed = Signal()

    def __init__(self) -> None:
        self.plan = Plan.of_preset(FIRST_PRESET)
        self.base: Base | None = None

    @property
    def presets(self) -> tuple[str, ...]:
        """The presets there are, the usual one first."""
        return tuple(sorted(PRESETS, key=lambda name: (name != FIRST_PRESET, name)))

    def offer(self, base: Base) -> None:
        """Another model is open; a plan to go on from one goes on from it."""
        self.base = base
        if self.plan.base is None:
            self.changed.emit()
        elif self.plan.base.config == base.config:
            self._set(replace(self.plan, base=base))
        else:
            self.choose_preset(OPEN_MODEL)

    def choose_preset(self, preset: str) -> None:
        """Take over every number of a preset, or of training the open model further."""
        device = self.plan.device
        if preset in PRESETS:
            self._set(Plan.of_preset(preset, device))
        elif preset == OPEN_MODEL and self.base is not None:
            self._set(Plan.of_preset(preset, device, self.base))

    def choose_device(self, device: DeviceName) -> None:
        """Train on another device."""
        if device in DEVICES:
            self._set(replace(self.plan, device=device))

    def set_value(self, name: str, value: float) -> None:
        """Change one number; it is held within its range."""
        self._set(self.plan.with_value(name, value))

    def reset(self) -> None:
        """Go back to the preset's own numbers."""
        self.choose_preset(self.plan.preset)

    @property
    def remembered(self) -> dict[str, object]:
        """The plan as plain values, for `restore`; the open model is not kept."""
        if self.plan.base is not None:
            return {"preset": FIRST_PRESET, "device": self.plan.device}
        return {name: v for name, v in asdict(self.plan).items() if name != "base"}

    def restore(self, values: dict[str, object]) -> None:
        """Take over a remembered plan; what makes no sense is passed over."""
        preset, device = values.get("preset"), values.get("device")
        if isinstance(preset, str):
            self.choose_preset(preset)
        if device in DEVICES:
            self.choose_device(device)
        for setting in SETTINGS:
            value = values.get(setting.name)
            if isinstance(value, int | float) and math.isfinite(value):
                self.set_value(setting.name, float(value))

    def _set(self, plan: Plan) -> None:
        if plan != self.plan:
            self.plan = plan
            self.changed.emit()
