"""Where the files lie that the program brings along: models and the demo song."""

import json
from dataclasses import dataclass
from pathlib import Path

import safetensors

from vae.config import ModelConfig, from_dict
from vae.errors import AudioError, CheckpointError, ConfigError

FOLDERS = (
    Path(__file__).parent.parent / "resources",  # a checkout
    Path(__file__).parent / "shipped",  # an installed wheel
)
MODEL = "model.safetensors"
MODELS = (MODEL, "model-128s.safetensors")  # as a menu lists them
DEMO_SONG = "demo.ogg"


@dataclass(frozen=True, kw_only=True)
class ShippedModel:
    """A model that comes with the program, as a menu shows it.

    Attributes
    ----------
    path : Path
    title : str
    details : str
        How its latents lie along time, in a sentence.
    """

    path: Path
    title: str
    details: str


def resource(name: str) -> Path | None:
    """The path of a shipped file, or None where it is missing."""
    for folder in FOLDERS:
        if (folder / name).is_file():
            return folder / name
    return None


def shipped_model() -> Path:
    """The model that is opened where none is named.

    Raises
    ------
    CheckpointError
        This installation brings none.
    """
    path = resource(MODEL)
    if path is None:
        raise CheckpointError(
            f"this installation has no {MODEL}; name a model, or train one with "
            "'dctvae train FOLDER --out RUN'"
        )
    return path


def shipped_models() -> tuple[ShippedModel, ...]:
    """The models that this installation brings, the default one first.

    Only their headers are read; one that is damaged is left out.
    """
    paths = [path for name in MODELS if (path := resource(name)) is not None]
    return tuple(model for path in paths if (model := _described(path)) is not None)


def demo_song() -> Path:
    """The song that is opened where none is named.

    Raises
    ------
    AudioError
        This installation brings none.
    """
    path = resource(DEMO_SONG)
    if path is None:
        raise AudioError(f"this installation has no demo song, {DEMO_SONG}")
    return path


def _described(path: Path) -> ShippedModel | None:
    try:
        with safetensors.safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
        config = from_dict(ModelConfig, json.loads(metadata["config"]))
    except (OSError, safetensors.SafetensorError, KeyError, ValueError, ConfigError):
        return None
    seconds = config.frames_per_latent * config.transform.frame_s
    return ShippedModel(
        path=path,
        title=metadata.get("title") or path.stem,
        details=(
            f"{config.latent_size} latents for every {seconds:g} s, up to "
            f"{config.transform.band_hz:,.0f} Hz"
        ),
    )
