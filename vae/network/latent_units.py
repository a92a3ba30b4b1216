"""The same model with each latent measured in another unit.

A latent times f, its spread along with it, and all that is made of it divided by f: the
decoder says of every song what it said before, and the encoder finds the same places.

Letters: L latent size.
"""

import torch
from torch import Tensor

from vae.network.model import Decoder, Encoder, Vae


def rescale(model: Vae, factors: Tensor) -> None:
    """Change a network so that each of its latents is `factors` (L,) times as large.

    Parameters
    ----------
    model : Vae
        Changed in place; not folded.
    factors : (L,) float32
        More than 0.
    """
    with torch.no_grad():
        _rescale_encoder(model.encoder, factors)
        _rescale_decoder(model.decoder, 1 / factors)


def _rescale_encoder(encoder: Encoder, factors: Tensor) -> None:
    latents, bias = len(factors), encoder.stack.last_bias()
    encoder.stack.last.convolution.weight[:latents].mul_(factors[:, None, None, None])
    bias[:latents] *= factors
    bias[latents:] += 2 * factors.log()  # of the logarithm of the variance
    if encoder.projection is not None:
        encoder.projection.weight.mul_(factors[:, None, None])
        encoder.projection.bias.mul_(factors)
    if encoder.contours is not None:
        # As the decoder has it: what a latent of 1 adds.
        encoder.contours.weight.div_(factors[:, None, None])


def _rescale_decoder(decoder: Decoder, factors: Tensor) -> None:
    first = decoder.stack.first
    by_input = first.convolution.weight.movedim(0 if first.transposed else 1, -1)
    by_input.mul_(factors)
    if decoder.equaliser is not None:
        decoder.equaliser.weight.mul_(factors[:, None, None])
    if decoder.contours is not None:
        decoder.contours.weight.mul_(factors[:, None, None])
