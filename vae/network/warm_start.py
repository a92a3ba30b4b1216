"""Where a dictionary network starts: from what linear methods know of the songs.

The templates come from an NMF of random frames. The straight way from log spectra to
latents and back comes from their principal components, so that every latent has a
spectral shape of its own before the first step. The layers between are left small, to
learn what is missing.

Letters: C channels, K kept coefficients, L latent size, J templates, n blocks.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from vae.config import TrainConfig
from vae.dataset import SongImage, stretch
from vae.network.contour_start import start_contours
from vae.network.dictionary import POWER_FLOOR
from vae.network.model import Vae
from vae.network.nmf import fit_dictionary
from vae.network.straight_way import Equaliser, Projection

LEAST_BLOCKS = 8  # of a song, whose mean log spectra the components come from
SMALL = 0.1  # of the usual size of the last layers' weights
START_LOG_VARIANCE = -2.0  # of the posterior
CONTOUR_LOG_VARIANCE = -7.0  # …of a vector that stands for many more coefficients
DICTIONARY_SHARE = 0.7  # of the time, where contours are started too
LEAST_SPREAD = 1e-3  # nats; a component with less is left as it is


def warm_start(
    model: Vae,
    songs: Sequence[SongImage],
    scale: Tensor,
    config: TrainConfig,
    progress: Callable[[float], None],
) -> None:
    """Start a dictionary network from some songs; any other network is left as it is.

    Parameters
    ----------
    model : Vae
    songs : sequence of SongImage
        The training songs.
    scale : (K,) float32
        The corpus RMS of each coefficient, on the model's device.
    config : TrainConfig
    progress : callable
        Called with the share done, 0 to 1.
    """
    dictionary = model.decoder.dictionary
    if dictionary is None or not dictionary.positive:
        return
    fitted = DICTIONARY_SHARE if model.config.contour_shapes > 0 else 1.0
    rng = np.random.default_rng(config.seed)
    templates, activations = fit_dictionary(
        _random_power(songs, scale, config.dictionary_frames, rng),
        templates=model.config.templates,
        rounds=config.dictionary_rounds,
        seed=config.seed,
        progress=lambda share: progress(share * fitted),
    )
    level = activations.mean(dim=0).clamp(min=1e-6)
    with torch.no_grad():
        dictionary.start(templates)
        model.encoder.stack.last.convolution.weight *= SMALL
        model.decoder.stack.last.convolution.weight *= SMALL
        model.decoder.stack.last_bias()[-len(level) :] = level.log()
        log_variance = model.encoder.stack.last_bias()[model.config.latent_size :]
        log_variance.fill_(START_LOG_VARIANCE)
        power = level @ templates
        if model.config.contour_shapes > 0:
            log_variance.fill_(CONTOUR_LOG_VARIANCE)
            weight = config.distance_weight
            start_contours(
                model,
                songs,
                scale,
                power,
                distance_weight=weight,
                rng=rng,
                progress=lambda share: progress(DICTIONARY_SHARE * (1 - share) + share),
            )
        else:
            count = config.dictionary_frames
            seen, loud = _block_spectra(model, songs, scale, count, rng)
            _start_straight_way(model, seen, loud, power)


def _start_straight_way(model: Vae, seen: Tensor, loud: Tensor, power: Tensor) -> None:
    """Principal components of what is seen of blocks in, how loud the blocks are out.

    `seen` are mean logarithms and `loud` logarithms of mean power, both (n, C·K) nats
    of magnitude: a block in which a note comes and goes is louder than the mean of its
    logarithms. So each coefficient is given the level under which the blocks are
    likeliest.
    `power` (C·K,) is what the templates give where nothing is said.
    """
    projection, equaliser = model.encoder.projection, model.decoder.equaliser
    assert isinstance(projection, Projection)
    assert isinstance(equaliser, Equaliser)
    mean = seen.mean(dim=0)
    rank = min(model.config.latent_size, *seen.shape)
    _, values, columns = torch.pca_lowrank(seen, q=rank, niter=4)
    spread = values / math.sqrt(max(1, len(seen) - 1))
    used = int((spread > LEAST_SPREAD).sum())
    axes, spread = columns.T[:used], spread[:used, None]
    shape = projection.weight[:used].shape
    projection.weight[:used] = (axes / spread).view(shape)
    projection.bias[:used] = -(axes / spread) @ mean
    equaliser.weight[:used] = (axes * spread).view(shape)
    missed = loud - (seen - mean) @ axes.T @ axes
    usual = 0.5 * torch.log(torch.exp(2 * missed).mean(dim=0))
    expected = usual - 0.5 * torch.log(power + POWER_FLOOR)
    equaliser.bias.copy_(expected.view_as(equaliser.bias))


def _random_power(
    songs: Sequence[SongImage], scale: Tensor, count: int, rng: np.random.Generator
) -> Tensor:
    """(n, C·K): the power of random frames, as even a share of each song as can be."""
    share = max(1, count // len(songs))
    picked = []
    for song in songs:
        rows = rng.choice(song.frames, size=min(share, song.frames), replace=False)
        frames = np.ascontiguousarray(song.coefficients[:, np.sort(rows)])
        u = torch.from_numpy(frames).to(scale.device).float() / scale
        picked.append(u.square().transpose(0, 1).flatten(1))
    return torch.cat(picked)


def _block_spectra(
    model: Vae,
    songs: Sequence[SongImage],
    scale: Tensor,
    count: int,
    rng: np.random.Generator,
) -> tuple[Tensor, Tensor]:
    """Random blocks of a latent each, (n, C·K) twice, nats of magnitude.

    What the encoder sees, averaged; half the logarithm of the block's mean power.
    """
    each = model.config.frames_per_latent
    share = max(LEAST_BLOCKS, count // (each * len(songs)))
    seen, loud = [], []
    for song in songs:
        places = max(1, song.frames - each + 1)
        for start in rng.integers(places, size=min(share, places)):
            block = torch.from_numpy(stretch(song, int(start), each)).to(scale.device)
            u = block.float() / scale
            seen.append(model.encoder.seen(u).mean(dim=1))
            loud.append(0.5 * torch.log(u.square().mean(dim=1) + POWER_FLOOR))
    return torch.stack(seen).flatten(1), torch.stack(loud).flatten(1)
