"""Tensors in a safetensors file that is whole or not there."""

import errno
import os
import re
from collections.abc import Mapping
from pathlib import Path

import safetensors
import safetensors.torch
from torch import Tensor

from vae.files import atomic_path

NUMBER = re.compile(r"os error (\d+)")  # how safetensors tells of an errno


def write_tensors(
    path: Path, tensors: Mapping[str, Tensor], metadata: Mapping[str, str]
) -> None:
    """Write a file, from the tensors' own memory, while other threads go on.

    Raises
    ------
    OSError
        The folder cannot be written, or the disk is full.
    """
    with atomic_path(path) as temporary:
        try:
            safetensors.torch.save_file(dict(tensors), temporary, dict(metadata))
        except safetensors.SafetensorError as error:
            found = NUMBER.search(str(error))
            number = int(found[1]) if found else errno.EIO
            raise OSError(number, os.strerror(number)) from error
