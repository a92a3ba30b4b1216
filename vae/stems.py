"""The early layers of the newest points, which every band of frames begins with.

In a network with one vector for many frames they hold few rows but most of the weights:
the slices of the picture of one point share them. The few frames that are to be heard
first take less of these layers than the whole of them, and do not wait for it.
"""

from collections import OrderedDict
from threading import Lock

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vae.network.model import Decoder, Stem

FEW = 16  # frames that are decoded from the vector itself where it has no stem yet
KEPT = 16  # some 0.1 MB each; a song has one for each of its windows


class Stems:
    """Gives the stem of a vector, and computes it only once.

    Safe to use from several threads at once.

    Parameters
    ----------
    decoder : Decoder
        Of a model with one vector for a whole image.
    """

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._stems: OrderedDict[bytes, Stem] = OrderedDict()
        self._lock = Lock()

    def of(self, vector: NDArray[np.float32], frames: int) -> Stem | Tensor:
        """What so many frames of raw latents (L,) are decoded from soonest."""
        key = vector.tobytes()
        with self._lock:
            if key in self._stems:
                self._stems.move_to_end(key)
                return self._stems[key]
        path = torch.tensor(vector)[None, :, None]
        if frames <= FEW:
            return path
        stem = self._decoder.stem(path)
        with self._lock:
            self._stems[key] = stem
            while len(self._stems) > KEPT:
                self._stems.popitem(last=False)
        return stem
