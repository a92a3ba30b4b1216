"""A look at what the averaged weights do: a picture, and what each axis changes.

Letters: B points, C channels, F frames, K kept coefficients, L latent size, T latent
vectors of a path.
"""

import math
import struct
import zlib

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vae.latents.basis import LatentBasis
from vae.network.dictionary import POWER_FLOOR
from vae.network.model import Spectrum
from vae.training.folder import RunFolder
from vae.training.journal import Journal
from vae.training.reader import PICTURES
from vae.training.records import Axes, Picture
from vae.training.trainer import Trainer

MOVED_SIGMA = 2.0  # to either side
LIVE_DB = 0.5  # RMS over the spectrum, from which on an axis counts as live
LOOKED_AT = 4  # held-out images that the axes are moved in
FRAMES = 16  # of each of them
POOLED = 4  # coefficients that share a row of the picture
RANGE_DB = 80.0
QUIET = 1e-20  # power


def portray(trainer: Trainer, run: RunFolder, journal: Journal, epoch: int) -> None:
    """Draw a held-out song and its reconstruction, try every axis, and tell of it."""
    original, reconstruction = pictures(trainer)
    name = f"epoch-{epoch + 1:05}.png"
    run.save_picture("original.png", original)
    run.save_picture(name, reconstruction)
    journal.tell(
        measure_axes(trainer, trainer.checkpoint().basis, epoch),
        Picture(
            epoch=epoch,
            title=trainer.split.validation[0].title,
            original=f"{PICTURES}/original.png",
            reconstruction=f"{PICTURES}/{name}",
        ),
    )


def measure_axes(trainer: Trainer, basis: LatentBasis, epoch: int) -> Axes:
    """What moving a whole path along each axis changes, in dB RMS."""
    moves = MOVED_SIGMA * basis.sigma[:, None] * basis.axes  # (L, L)
    both = torch.from_numpy(np.concatenate([moves, -moves])).to(trainer.device)
    squares = []
    model = trainer.average.model
    with torch.inference_mode():
        for u in trainer.held_out()[:LOOKED_AT]:
            path = model.encoder(u).mu
            start = max(0, (trainer.frames - FRAMES) // 2)
            stop = min(trainer.frames, start + FRAMES)
            still = _level(model.decoder.rows(path, start, stop))
            moved = path + both[:, :, None]  # (2L, L, T)
            change = _level(model.decoder.rows(moved, start, stop)) - still
            squares.append(change.square().mean(dim=(1, 2, 3)).view(2, -1).mean(dim=0))
    change_db = torch.stack(squares).mean(dim=0).sqrt().tolist()
    return Axes(
        epoch=epoch,
        change_db=tuple(round(value, 3) for value in change_db),
        live=sum(value >= LIVE_DB for value in change_db),
    )


def pictures(trainer: Trainer) -> tuple[bytes, bytes]:
    """The first held-out image and its reconstruction, as grey PNG files."""
    with torch.inference_mode():
        u = trainer.held_out()[0]
        model = trainer.average.model
        shown = model.decoder(model.encoder(u).mu)
        powers = [
            (power * trainer.scale.square()).mean(dim=(0, 1)).cpu().numpy()
            for power in (u.square(), _power(shown))
        ]
    levels = [10 * np.log10(np.maximum(_pooled(power), QUIET)) for power in powers]
    highest = float(levels[0].max())
    original, reconstruction = (_png(_grey(level, highest)) for level in levels)
    return original, reconstruction


def _level(spectrum: Spectrum) -> Tensor:
    """(B, C, F, K) dB over the corpus RMS."""
    return 10 / math.log(10) * torch.log(_power(spectrum) + POWER_FLOOR)


def _power(spectrum: Spectrum) -> Tensor:
    """(B, C, F, K) expected power; under `mean`, that of the mean alone."""
    if spectrum.log_scale is None:
        assert spectrum.mean is not None
        return spectrum.mean.square()
    power = torch.exp(2 * spectrum.log_scale)
    return power if spectrum.mean is None else power + spectrum.mean.square()


def _pooled(power: NDArray[np.float32]) -> NDArray[np.float32]:
    """(F, K / POOLED) of (F, K)."""
    rows = max(1, power.shape[1] // POOLED)
    each = power.shape[1] // rows
    whole = power[:, : rows * each].reshape(len(power), rows, each)
    return np.asarray(whole.mean(axis=2), dtype=np.float32)


def _grey(level: NDArray[np.float32], highest: float) -> NDArray[np.uint8]:
    """(rows, F) uint8, the lowest frequency at the bottom."""
    share = np.clip((level - highest) / RANGE_DB + 1, 0, 1)
    return np.asarray(np.round(255 * share).T[::-1], dtype=np.uint8)


def _png(grey: NDArray[np.uint8]) -> bytes:
    """A PNG file (ISO/IEC 15948) of 8-bit grey."""
    height, width = grey.shape
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = np.pad(grey, ((0, 0), (1, 0))).tobytes()  # each begins with filter 0
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check
