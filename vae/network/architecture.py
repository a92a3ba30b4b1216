"""Which layers the encoder and the decoder of a configuration are made of.

- strided: stride-4 convolutions along time and frequency, (512, 1378) → (128, 344) →
  (32, 86) → (8, 21) → (2, 5) → 1×1 with the seed's numbers, and back.
- dictionary: one convolution over the whole spectrum, then convolutions in time; the
  decoder's stack ends with the activations of its templates.
"""

import math

from torch import nn

from vae.config import ModelConfig
from vae.network.layers import Layer
from vae.network.stack import Stack

COLUMN_KERNEL, COLUMN_STRIDE, COLUMN_PADDING = 8, 4, 2
KERNEL_OF_STRIDE = {1: (3, 1), 2: (4, 1), 4: (8, 2)}  # stride: (kernel, padding)


def head_count(config: ModelConfig) -> int:
    """How many of mean and log_scale the decoder gives."""
    return 2 if config.likelihood == "gaussian" else 1


def encoder_stack(config: ModelConfig) -> Stack:
    """From maps (B, C, F, K) to (B, 2L, T, 1)."""
    if config.network == "strided":
        return Stack(_strided_encoder_layers(config))
    strides = _time_strides(config)
    widths = _widths(config, len(strides) + 1)
    spectra = nn.Conv2d(config.channels, config.templates, (1, config.transform.kept))
    layers = [Layer(spectra, activated=True)]
    layers.append(_time_layer(config.templates, widths[0], 1))
    for index, stride in enumerate(strides):
        layers.append(_time_layer(widths[index], widths[index + 1], stride))
    layers.append(_time_layer(widths[-1], 2 * config.latent_size, 1, activated=False))
    return Stack(layers)


def decoder_stack(config: ModelConfig) -> Stack:
    """From paths (B, L, T, 1) to (B, heads·C, F, K).

    In a dictionary network to activations (B, heads·J, F, 1).
    """
    if config.network == "strided":
        return Stack(_strided_decoder_layers(config))
    outputs = config.templates * head_count(config)
    strides = _time_strides(config)
    widths = _widths(config, len(strides) + 1)
    layers = [_time_layer(config.latent_size, widths[-1], 1)]
    for index in range(len(strides) - 1, -1, -1):
        layers.append(
            _time_layer(
                widths[index + 1], widths[index], strides[index], transposed=True
            )
        )
    layers.append(_time_layer(widths[0], outputs, 1, activated=False))
    return Stack(layers)


def _strided_encoder_layers(config: ModelConfig) -> list[Layer]:
    strides = _row_strides(config.frames_per_latent, len(config.widths) + 1)
    channels = [config.channels, *config.widths]
    layers = []
    for index, stride in enumerate(strides[:-1]):
        kernel, padding = _kernel_and_padding(stride)
        conv = nn.Conv2d(
            channels[index],
            channels[index + 1],
            (kernel, COLUMN_KERNEL),
            stride=(stride, COLUMN_STRIDE),
            padding=(padding, COLUMN_PADDING),
        )
        layers.append(Layer(conv, activated=True))
    last = strides[-1]
    conv = nn.Conv2d(
        channels[-1],
        2 * config.latent_size,
        (last, _columns(config)[-1]),
        stride=(last, 1),
    )
    return [*layers, Layer(conv, activated=False)]


def _strided_decoder_layers(config: ModelConfig) -> list[Layer]:
    strides = _row_strides(config.frames_per_latent, len(config.widths) + 1)
    columns = _columns(config)
    channels = [config.channels * head_count(config), *config.widths]
    last = strides[-1]
    conv = nn.ConvTranspose2d(
        config.latent_size, channels[-1], (last, columns[-1]), stride=(last, 1)
    )
    layers = [Layer(conv, activated=True)]
    for index in range(len(config.widths) - 1, -1, -1):
        kernel, padding = _kernel_and_padding(strides[index])
        reached = (columns[index + 1] - 1) * COLUMN_STRIDE
        reached += COLUMN_KERNEL - 2 * COLUMN_PADDING
        conv = nn.ConvTranspose2d(
            channels[index + 1],
            channels[index],
            (kernel, COLUMN_KERNEL),
            stride=(strides[index], COLUMN_STRIDE),
            padding=(padding, COLUMN_PADDING),
            output_padding=(0, columns[index] - reached),
        )
        layers.append(Layer(conv, activated=index > 0))
    return layers


def _row_strides(frames_per_latent: int, layers: int) -> list[int]:
    """Strides along time, image first, whose product is `frames_per_latent`.

    Four as often as it divides, then two; the last takes whatever is left over.
    """
    strides = []
    rest = frames_per_latent
    for _ in range(layers - 1):
        stride = 4 if rest % 4 == 0 else 2 if rest % 2 == 0 else 1
        strides.append(stride)
        rest //= stride
    return [*strides, rest]


def _kernel_and_padding(stride: int) -> tuple[int, int]:
    """Kernel and padding along time for a stride; beyond 4, blocks side by side."""
    return KERNEL_OF_STRIDE.get(stride, (stride, 0))


def _columns(config: ModelConfig) -> list[int]:
    """Columns of the map, from K down to what the last strided layer takes whole."""
    columns = [config.transform.kept]
    for _ in config.widths:
        columns.append(
            (columns[-1] + 2 * COLUMN_PADDING - COLUMN_KERNEL) // COLUMN_STRIDE + 1
        )
    return columns


def _widths(config: ModelConfig, count: int) -> list[int]:
    """`count` widths, the last given one repeated."""
    last = config.widths[-1]
    return [*config.widths, *[last] * count][:count]


def _time_strides(config: ModelConfig) -> list[int]:
    """Strides of the dictionary network, image first: fours, and a two where needed."""
    count = math.ceil(math.log(config.frames_per_latent, 4))
    return _row_strides(config.frames_per_latent, count)


def _time_layer(
    inputs: int,
    outputs: int,
    stride: int,
    *,
    transposed: bool = False,
    activated: bool = True,
) -> Layer:
    """A convolution along time only, on maps one column wide."""
    kernel, padding = _kernel_and_padding(stride)
    kind = nn.ConvTranspose2d if transposed else nn.Conv2d
    conv = kind(inputs, outputs, (kernel, 1), stride=(stride, 1), padding=(padding, 0))
    return Layer(conv, activated=activated)
