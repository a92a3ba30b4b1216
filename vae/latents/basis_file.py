"""The latent basis of a model file, read without the network it belongs to."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import safetensors

from vae.errors import CheckpointError
from vae.latents.basis import LatentBasis

PREFIX = "basis"


def read_basis(path: Path) -> LatentBasis:
    """The basis that a model file holds.

    Raises
    ------
    CheckpointError
        The file is missing, damaged, or holds none.
    """
    try:
        path.open("rb").close()  # says why not, which safetensors does not
        with safetensors.safe_open(path, framework="numpy") as file:
            arrays = {
                one.name: np.asarray(
                    file.get_tensor(f"{PREFIX}.{one.name}"), np.float32
                )
                for one in fields(LatentBasis)
            }
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "there is no such file" if missing else error.strerror
        raise CheckpointError(f"{path} cannot be opened: {reason}") from error
    except safetensors.SafetensorError as error:
        raise CheckpointError(f"{path.name} holds no latent basis") from error
    return LatentBasis(**arrays)
