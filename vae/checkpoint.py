"""Model files: weights, statistics, configuration, latent basis and songs in one.

A checkpoint is a safetensors file. Its metadata holds `format`, `version` and `title`,
and as JSON `config`, `songs` (titles), `training` (how it came to be) and, once they
were measured, `traits` (what each axis does) and `directions` (along which one thing is
heard to change). Its tensors:

    weights.*                    as `Vae.state_dict` names them
    statistics.scale             (K,) corpus RMS of each coefficient
    statistics.correlation       (K,) between left and right, -1 to 1
    basis.*                      the arrays of `LatentBasis`
    paths.0, paths.1, …          (T, L) float16, the songs' latent paths, in σ
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
import safetensors
import safetensors.torch
import torch
from numpy.typing import NDArray
from torch import Tensor

from vae.config import ModelConfig, from_dict
from vae.errors import CheckpointError, ConfigError
from vae.latents.basis import LatentBasis
from vae.latents.directions import (
    Direction,
    directions_from_plain,
    directions_to_plain,
)
from vae.latents.traits import AxisTraits, from_plain, to_plain
from vae.network.model import Vae
from vae.resources import shipped_model
from vae.tensor_file import write_tensors

FORMAT = "dctvae-model"
VERSION = 1
CALLED = (
    "title",
    "traits",
    "directions",
)  # what may change while the model stays the same

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Statistics:
    """What the corpus says of each coefficient."""

    scale: Floats  # (K,) RMS, more than 0
    correlation: Floats  # (K,) between left and right, -1 to 1


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainingSong:
    """A song the model was trained on."""

    title: str
    path: Floats  # (T, L) raw latents


@dataclass(frozen=True, kw_only=True, eq=False)
class Checkpoint:
    """A trained model, all that is needed to explore it."""

    config: ModelConfig
    weights: dict[str, Tensor]
    statistics: Statistics
    basis: LatentBasis
    songs: tuple[TrainingSong, ...] = ()
    title: str = ""  # for people
    training: dict[str, Any] = field(default_factory=dict)  # how it came to be
    traits: tuple[AxisTraits, ...] = ()  # of each axis; none where not measured
    directions: tuple[Direction, ...] = ()  # of single traits; the same
    model_hash: str = ""  # of what it was read from: the same for the same model

    def model(self) -> Vae:
        """The network, with these weights.

        Raises
        ------
        CheckpointError
            The weights do not fit the configuration.
        """
        model = Vae(self.config)
        try:
            model.load_state_dict(self.weights)
        except RuntimeError as error:
            raise CheckpointError(
                "the model file's weights do not fit its configuration"
            ) from error
        return model


def save_checkpoint(path: Path, checkpoint: Checkpoint, *, half: bool = False) -> None:
    """Write a model file, complete or not at all.

    Parameters
    ----------
    path : Path
    checkpoint : Checkpoint
    half : bool
        Weights as float16: half the size, for a model that is shipped.

    Raises
    ------
    CheckpointError
        The file cannot be written.
    """
    tensors = {
        f"weights.{name}": tensor.half()
        if half and tensor.is_floating_point()
        else tensor
        for name, tensor in checkpoint.weights.items()
    }
    for prefix in ("statistics", "basis"):
        record = getattr(checkpoint, prefix)
        for entry in fields(record):
            tensors[f"{prefix}.{entry.name}"] = torch.from_numpy(
                np.ascontiguousarray(getattr(record, entry.name))
            )
    for index, song in enumerate(checkpoint.songs):
        sigmas = checkpoint.basis.to_sigmas(song.path).astype(np.float16)
        tensors[f"paths.{index}"] = torch.from_numpy(sigmas)
    metadata = {
        "format": FORMAT,
        "version": str(VERSION),
        "config": json.dumps(asdict(checkpoint.config)),
        "title": checkpoint.title,
        "songs": json.dumps([song.title for song in checkpoint.songs]),
        "training": json.dumps(checkpoint.training),
    }
    if checkpoint.traits:
        metadata["traits"] = json.dumps(to_plain(checkpoint.traits))
    if checkpoint.directions:
        metadata["directions"] = json.dumps(directions_to_plain(checkpoint.directions))
    contiguous = {name: tensor.contiguous().cpu() for name, tensor in tensors.items()}
    try:
        write_tensors(path, contiguous, metadata)
    except OSError as error:
        raise CheckpointError(f"{path} cannot be written: {error.strerror}") from error


def load_checkpoint(path: Path | None = None) -> Checkpoint:
    """Read a model file; the shipped one where no path is given.

    Raises
    ------
    CheckpointError
        The file is missing, no model of ours, damaged, or of a newer version.
    """
    path = shipped_model() if path is None else path
    try:
        path.open("rb").close()  # says why not, which safetensors does not
        with safetensors.safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            _check_format(path, metadata)
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no dict
        checkpoint = _assembled(metadata, tensors)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "there is no such file" if missing else error.strerror
        raise CheckpointError(f"{path} cannot be opened: {reason}") from error
    except safetensors.SafetensorError as error:
        raise CheckpointError(f"{path.name} is not a model file") from error
    except (KeyError, ValueError, TypeError, ConfigError) as error:
        raise CheckpointError(f"{path.name} is damaged: {error}") from error
    return checkpoint


def write_traits(
    path: Path,
    traits: Sequence[AxisTraits],
    directions: Sequence[Direction],
    target: Path,
    model_hash: str = "",
) -> None:
    """Say in a model file what its axes do, and change nothing else of it.

    Parameters
    ----------
    path : Path
    traits : sequence of AxisTraits
        Of each axis.
    directions : sequence of Direction
        Along which one thing is heard to change.
    target : Path
        Where the model goes that says so; it may be `path` itself.
    model_hash : str, optional
        Of the model that was measured; the file may hold another one by now.

    Raises
    ------
    CheckpointError
        It is no model file of ours, or another model; or the target cannot be written.
    """
    there = load_checkpoint(path).model_hash
    if model_hash and there != model_hash:
        raise CheckpointError(
            f"{path} holds another model than the one that was listened to; listen to "
            "this one"
        )
    with safetensors.safe_open(path, framework="pt") as file:
        metadata = {
            **file.metadata(),
            "traits": json.dumps(to_plain(traits)),
            "directions": json.dumps(directions_to_plain(directions)),
        }
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no dict
    try:
        write_tensors(target, tensors, metadata)
    except OSError as error:
        raise CheckpointError(
            f"{target} cannot be written: {error.strerror}"
        ) from error


def _check_format(path: Path, metadata: dict[str, str]) -> None:
    if metadata.get("format") != FORMAT:
        raise CheckpointError(f"{path.name} is not a model of this program")
    version = metadata.get("version", "")
    if not version.isdigit() or int(version) > VERSION:
        raise CheckpointError(
            f"{path.name} is of format version {version}; this program reads versions "
            f"up to {VERSION}: a newer one is needed"
        )


def _assembled(metadata: dict[str, str], tensors: dict[str, Tensor]) -> Checkpoint:
    config = from_dict(ModelConfig, json.loads(metadata["config"]))
    weights = {
        name.removeprefix("weights."): tensor.float()
        if tensor.is_floating_point()
        else tensor
        for name, tensor in tensors.items()
        if name.startswith("weights.")
    }
    basis = LatentBasis(**_arrays(tensors, "basis", LatentBasis))
    if basis.latent_size != config.latent_size:
        raise ValueError("its basis is of another size than its latents")
    traits = from_plain(json.loads(metadata.get("traits", "[]")))
    if traits and len(traits) != config.latent_size:
        raise ValueError("it names another number of axes than it has")
    directions = directions_from_plain(json.loads(metadata.get("directions", "[]")))
    if any(one.vector.shape != (config.latent_size,) for one in directions):
        raise ValueError("its directions are of another size than its latents")
    songs = tuple(
        TrainingSong(
            title=title,
            path=basis.to_latents(tensors[f"paths.{index}"].float().numpy()),
        )
        for index, title in enumerate(json.loads(metadata["songs"]))
    )
    return Checkpoint(
        config=config,
        weights=weights,
        statistics=Statistics(**_arrays(tensors, "statistics", Statistics)),
        basis=basis,
        songs=songs,
        title=metadata.get("title", ""),
        training=json.loads(metadata["training"]),
        traits=traits,
        directions=directions,
        model_hash=_hash(metadata, tensors),
    )


def _hash(metadata: dict[str, str], tensors: dict[str, Tensor]) -> str:
    """SHA-256 in hexadecimal of a model file, whatever it and its axes are called."""
    said = {name: text for name, text in metadata.items() if name not in CALLED}
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode())
    for name in sorted(tensors):
        array = tensors[name].numpy()
        digest.update(f"{name} {array.dtype} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def _arrays(tensors: dict[str, Tensor], prefix: str, kind: type) -> dict[str, Floats]:
    return {
        entry.name: tensors[f"{prefix}.{entry.name}"].float().numpy()
        for entry in fields(kind)
    }
