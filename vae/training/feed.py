"""Where training images come from: random stretches of songs, put into batches.

Which song, where in it, how loud, and whether left and right change places is drawn
first, the same on every device. Then the images are gathered from the device's memory,
where the songs fit into it, or from the memory-mapped cache, by a thread that runs
ahead.

Letters: B images, C channels, F frames of a song, K kept coefficients, N songs.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vae.dataset import SongImage, glimpse
from vae.training.device import free_memory

LARGEST_GAIN_DB = 6.0  # up or down
MEMORY_SHARE = 0.4  # of the device's free memory that songs may take


@dataclass(frozen=True, kw_only=True)
class Draw:
    """One training image to be: a stretch of a song and how it is changed."""

    song: int
    offset: int  # which of the song's versions
    start: int  # frame
    gain: float
    swapped: bool  # left and right


class Feed(Protocol):
    """Where images for draws come from."""

    def batches(self, draws: Sequence[Sequence[Draw]], frames: int) -> Iterator[Tensor]:
        """(B, C, frames, K) float32 on the device, a batch for each of draws."""
        ...


def make_feed(
    songs: Sequence[SongImage], scale: Tensor, layout: torch.memory_format
) -> Feed:
    """The fastest feed that the device's memory allows.

    Parameters
    ----------
    songs : sequence of SongImage
    scale : (K,) float32
        What coefficients are divided by, on the device.
    layout : torch.memory_format
        Of the images in memory.
    """
    device = scale.device
    size = sum(version.nbytes for song in songs for version in song.versions)
    if device.type == "cuda" and size < MEMORY_SHARE * free_memory(device):
        return HeldFeed(songs, scale, layout)
    return MappedFeed(songs, scale, layout)


def draw_batches(
    songs: Sequence[SongImage],
    *,
    frames: int,
    samples: int,
    batch_size: int,
    shares: NDArray[np.float64],
    rng: np.random.Generator,
) -> list[list[Draw]]:
    """Random stretches of random songs; the last batch holds what is left over.

    `shares` (N,) are the songs' probabilities. Each stretch is made louder or softer by
    up to `LARGEST_GAIN_DB`, and left and right change places in every other one.
    """
    drawn = rng.choice(len(songs), size=samples, p=shares)
    draws = []
    for song in drawn:
        offset = int(rng.integers(len(songs[song].versions)))
        length = songs[song].versions[offset].shape[1]
        start = int(rng.integers(max(1, length - frames + 1)))
        gain = 10 ** (rng.uniform(-LARGEST_GAIN_DB, LARGEST_GAIN_DB) / 20)
        swapped = bool(rng.random() < 0.5)
        draws.append(
            Draw(song=int(song), offset=offset, start=start, gain=gain, swapped=swapped)
        )
    return [draws[at : at + batch_size] for at in range(0, samples, batch_size)]


class HeldFeed:
    """Songs held as float16 in the device's memory."""

    def __init__(
        self,
        songs: Sequence[SongImage],
        scale: Tensor,
        layout: torch.memory_format = torch.contiguous_format,
    ) -> None:
        self._songs = [
            [torch.from_numpy(np.array(v)).to(scale.device) for v in song.versions]
            for song in songs
        ]
        self._scale = scale
        self._layout = layout

    def batches(self, draws: Sequence[Sequence[Draw]], frames: int) -> Iterator[Tensor]:
        """Gathered on the device."""
        for batch in draws:
            images = torch.stack([self._image(draw, frames) for draw in batch])
            yield _scaled(images, batch, self._scale, self._layout)

    def _image(self, draw: Draw, frames: int) -> Tensor:
        image = self._songs[draw.song][draw.offset]
        image = image[:, draw.start : draw.start + frames]
        if image.shape[1] < frames:
            repeats = -(-frames // image.shape[1])
            image = image.repeat(1, repeats, 1)[:, :frames]
        return image.flip(0) if draw.swapped else image


class MappedFeed:
    """Songs left in the cache's files, which the system keeps in memory if it can."""

    def __init__(
        self,
        songs: Sequence[SongImage],
        scale: Tensor,
        layout: torch.memory_format = torch.contiguous_format,
    ) -> None:
        self._songs = songs
        self._scale = scale
        self._layout = layout

    def batches(self, draws: Sequence[Sequence[Draw]], frames: int) -> Iterator[Tensor]:
        """Read one batch ahead of the one that is given."""
        with ThreadPoolExecutor(1, thread_name_prefix="feed") as reader:
            ahead = [reader.submit(self._read, batch, frames) for batch in draws[:1]]
            for number, batch in enumerate(draws):
                read = ahead.pop().result()
                for following in draws[number + 1 : number + 2]:
                    ahead.append(reader.submit(self._read, following, frames))
                yield self._given(batch, read)

    def _read(self, batch: Sequence[Draw], frames: int) -> Tensor:
        images = []
        for draw in batch:
            image = glimpse(self._songs[draw.song], draw.start, frames, draw.offset)
            images.append(image[::-1] if draw.swapped else image)
        read = _stacked(images, self._layout)
        return read.pin_memory() if self._scale.is_cuda else read

    def _given(self, batch: Sequence[Draw], images: Tensor) -> Tensor:
        moved = images.to(self._scale.device, non_blocking=True)
        return _scaled(moved, batch, self._scale, self._layout)


def _stacked(
    images: Sequence[NDArray[np.float16]], layout: torch.memory_format
) -> Tensor:
    """(B, C, F, K) as it is to lie in memory, by one copy of (C, F, K) images."""
    if layout != torch.channels_last:
        return torch.from_numpy(np.stack(images))
    channels, frames, kept = images[0].shape
    stacked = np.empty((len(images), frames, kept, channels), np.float16)
    for place, image in zip(stacked, images, strict=True):
        for channel in range(channels):
            place[..., channel] = image[channel]
    return torch.from_numpy(stacked).permute(0, 3, 1, 2)


def _scaled(
    images: Tensor, batch: Sequence[Draw], scale: Tensor, layout: torch.memory_format
) -> Tensor:
    gains = torch.tensor([draw.gain for draw in batch], device=images.device)
    factors = (gains[:, None, None, None] / scale).expand(-1, images.shape[1], -1, -1)
    floats = images.contiguous(memory_format=layout).float()
    return floats.mul_(factors.contiguous(memory_format=layout))
