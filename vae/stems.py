"""The early layers of the newest points, which every band of frames begins with.

In a network with one vector for many frames they hold few rows but most of the weights:
the sound and each slice of the picture of one point share them.
"""

from collections import OrderedDict
from threading import Lock

import numpy as np
import torch
from numpy.typing import NDArray

from vae.network.model import Decoder, Stem

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

    def of(self, vector: NDArray[np.float32]) -> Stem:
        """The stem of raw latents (L,)."""
        key = vector.tobytes()
        with self._lock:
            if key in self._stems:
                self._stems.move_to_end(key)
                return self._stems[key]
        stem = self._decoder.stem(torch.tensor(vector)[None, :, None])
        with self._lock:
            self._stems[key] = stem
            while len(self._stems) > KEPT:
                self._stems.popitem(last=False)
        return stem
