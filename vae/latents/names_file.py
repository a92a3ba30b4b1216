"""What a model file says of its axes, read without the network it belongs to."""

import json
from dataclasses import dataclass
from pathlib import Path

import safetensors

from vae.errors import CheckpointError
from vae.latents.directions import Direction, directions_from_plain
from vae.latents.traits import AxisTraits, from_plain


@dataclass(frozen=True, kw_only=True, eq=False)
class Names:
    """What was found out of a model by listening; nothing where nobody has.

    Attributes
    ----------
    traits : tuple of AxisTraits
        Of each axis.
    directions : tuple of Direction
        In which one thing is heard to change.
    """

    traits: tuple[AxisTraits, ...] = ()
    directions: tuple[Direction, ...] = ()


def read_names(path: Path) -> Names:
    """The names that a model file holds.

    Raises
    ------
    CheckpointError
        The file is missing or damaged.
    """
    try:
        path.open("rb").close()  # says why not, which safetensors does not
        with safetensors.safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
        return Names(
            traits=from_plain(json.loads(metadata.get("traits", "[]"))),
            directions=directions_from_plain(
                json.loads(metadata.get("directions", "[]"))
            ),
        )
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "there is no such file" if missing else error.strerror
        raise CheckpointError(f"{path} cannot be opened: {reason}") from error
    except safetensors.SafetensorError as error:
        raise CheckpointError(f"{path.name} is not a model file") from error
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointError(f"{path.name} is damaged: {error}") from error
