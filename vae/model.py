"""The network: DCT images to a latent path and back.

Letters: B batch, C channels, F frames, K kept coefficients, L latent size, T latent
vectors (F / frames_per_latent), J templates. An image u is (B, C, F, K) float32 in
units of the corpus RMS of each coefficient, s[k].

- strided: stride-4 convolutions along time and frequency, (512, 1378) → (128, 344) →
  (32, 86) → (8, 21) → (2, 5) → 1×1 with the seed's numbers, and back.
- dictionary: the last transposed convolution spans the whole spectrum, from J
  activations to K coefficients, so each of its channels is one template spectrum; all
  layers before it are convolutions in time. With templates and activations that are
  never negative it is Itakura-Saito NMF (Févotte, Bertin and Durrieu 2009) inside a
  VAE. The encoder mirrors it.
"""

import math
from typing import NamedTuple, Self

import torch
from torch import Tensor, nn

from vae.config import ModelConfig
from vae.layers import Layer, Stack, kernel_and_padding, row_strides

POWER_FLOOR = 1e-4  # of the corpus power: -40 dB, what the encoder still tells apart
MAGNITUDE_FLOOR = 0.01  # its root
LARGEST_LOG_SCALE = 6.0  # +52 dB over the corpus
LARGEST_LOG_VARIANCE = 10.0
STEM_FRAMES = 32  # a stem holds at most a row for so many frames
COLUMN_KERNEL, COLUMN_STRIDE, COLUMN_PADDING = 8, 4, 2


class Spectrum(NamedTuple):
    """What a point says an image is: u = mean + e^log_scale · ε, ε of unit variance.

    Both are (B, C, F, K) float32; None stands for a mean of 0, a log_scale of 0.
    """

    mean: Tensor | None
    log_scale: Tensor | None


class Posterior(NamedTuple):
    """What an image says its path is: N(mu, e^log_var), each (B, L, T) float32."""

    mu: Tensor
    log_var: Tensor


class Stem(NamedTuple):
    """A path some layers into the decoder: maps of few rows, and the layers to come."""

    maps: Tensor  # (B, channels, rows, columns)
    late: Stack


class Vae(nn.Module):
    """Encoder and decoder of one configuration."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.decoder = Decoder(config)

    def forward(self, u: Tensor) -> tuple[Spectrum, Posterior]:
        """Encode, draw a path by reparameterisation, decode: (B, C, F, K) in."""
        posterior = self.encoder(u)
        noise = torch.randn_like(posterior.mu)
        path = posterior.mu + noise * torch.exp(0.5 * posterior.log_var)
        return self.decoder(path), posterior

    @property
    def parameter_count(self) -> int:
        """Trained numbers in both halves."""
        return sum(parameter.numel() for parameter in self.parameters())

    def fold(self) -> Self:
        """Ready for exploring: no gradients, batch norms folded in."""
        self.eval().requires_grad_(requires_grad=False)
        self.encoder.stack.fold()
        self.decoder.stack.fold()
        if self.decoder.dictionary is not None:
            self.decoder.dictionary.fold()
        return self


class Encoder(nn.Module):
    """Images (B, C, F, K) to posteriors over paths (B, L, T)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.stack = Stack(_encoder_layers(config))

    def forward(self, u: Tensor) -> Posterior:
        """The posterior of whole images."""
        return self._split(self.stack(self._seen(u)))

    def span(self, start: int, stop: int, frames: int) -> tuple[int, int]:
        """The frames, of `frames`, that latent vectors start to stop depend on."""
        return self.stack.span(start, stop, frames)

    def rows(
        self, u: Tensor, offset: int, start: int, stop: int, frames: int
    ) -> Posterior:
        """Latent vectors start to stop, exactly as from the whole image.

        `u` holds the frames from `offset` on, at least those of `span`.
        """
        return self._split(self.stack.rows(self._seen(u), offset, start, stop, frames))

    def _seen(self, u: Tensor) -> Tensor:
        if self.config.likelihood == "mean":
            return u
        return torch.log(u.abs() + MAGNITUDE_FLOOR)

    def _split(self, maps: Tensor) -> Posterior:
        mu, log_var = maps[..., 0].chunk(2, dim=1)
        limit = LARGEST_LOG_VARIANCE
        return Posterior(mu, log_var.clamp(-limit, limit))

    def start_dictionary(self, templates: Tensor) -> None:
        """Start a dictionary network from templates (J, C·K): each unit sees one.

        A unit's weights are the template's log spectrum less its mean, of length 1.
        """
        logs = torch.log(templates + POWER_FLOOR)
        centred = logs - logs.mean(dim=1, keepdim=True)
        weights = self.stack.first_weight()
        with torch.no_grad():
            unit = centred / centred.norm(dim=1, keepdim=True).clamp(min=1e-6)
            weights.copy_(unit.view_as(weights))


class Decoder(nn.Module):
    """Paths (B, L, T) to spectra (B, C, F, K)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.stack = Stack(_decoder_layers(config))
        self.dictionary = Dictionary(config) if config.network == "dictionary" else None

    def forward(self, path: Tensor) -> Spectrum:
        """The spectra of whole paths."""
        return self._spectrum(self.stack(path[..., None]))

    def stem(self, path: Tensor) -> Stem:
        """The early layers of the whole path, from which `rows` can go on.

        Worth its cost where several bands of one path are wanted: these layers hold
        few rows but most of the weights.
        """
        maps = path[..., None]
        frames = path.shape[-1] * self.config.frames_per_latent
        early, late = self.stack.split(path.shape[-1], frames // STEM_FRAMES)
        return Stem(early(maps), late)

    def rows(self, path: Tensor | Stem, start: int, stop: int) -> Spectrum:
        """Frames start to stop only, exactly as in the whole decode."""
        stem = self.stem(path) if isinstance(path, Tensor) else path
        size = stem.maps.shape[2]
        first, last = stem.late.span(start, stop, size)
        inputs = stem.maps[:, :, first:last]
        return self._spectrum(stem.late.rows(inputs, first, start, stop, size))

    def start_dictionary(self, templates: Tensor, log_activations: Tensor) -> None:
        """Start a dictionary network from an NMF.

        Parameters
        ----------
        templates : (J, C·K), each of mean 1
        log_activations : (J,), where each activation starts, whatever the path
        """
        assert self.dictionary is not None
        self.dictionary.start(templates)
        bias = self.stack.last_bias()
        with torch.no_grad():
            bias[: len(log_activations)] = log_activations

    def _spectrum(self, maps: Tensor) -> Spectrum:
        if self.dictionary is not None:
            return self.dictionary(maps)  # type: ignore[no-any-return]  # nn.Module
        match self.config.likelihood:
            case "mean":
                return Spectrum(maps, None)
            case "scale":
                return Spectrum(None, _floored(maps))
            case "gaussian":
                mean, log_scale = maps.chunk(2, dim=1)
                return Spectrum(mean, _floored(log_scale))


class Dictionary(nn.Module):
    """Activations (B, J or 2J, F, 1) to spectra (B, C, F, K).

    The power is a sum of template spectra, each of mean 1, weighted by the exponential
    of the activations; where the likelihood has a mean, a second set of signed
    templates, weighted by a second set of J activations as they are, gives it.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.likelihood = config.likelihood
        shape = (config.templates, config.channels, config.transform.kept)
        scaled, centred = _heads(config)
        self.log_templates = nn.Parameter(0.1 * torch.randn(shape)) if scaled else None
        self.signed_templates = (
            nn.Parameter(torch.randn(shape) / math.sqrt(config.templates))
            if centred
            else None
        )
        self._folded: Tensor | None = None

    def forward(self, activations: Tensor) -> Spectrum:
        """The spectra of (B, J or 2J, F, 1) activations."""
        mean = log_scale = None
        if self.log_templates is not None:
            logs = activations[:, : self.log_templates.shape[0]]
            loud = torch.exp(logs.clamp(max=2 * LARGEST_LOG_SCALE))
            templates = self._folded if self._folded is not None else self.templates()
            log_scale = 0.5 * torch.log(_spread(loud, templates) + POWER_FLOOR)
        if self.signed_templates is not None:
            signed = activations[:, -self.signed_templates.shape[0] :]
            mean = _spread(signed, self.signed_templates)
        return Spectrum(mean, log_scale)

    def templates(self) -> Tensor:
        """(J, C, K), each template positive and of mean 1."""
        assert self.log_templates is not None
        flat = self.log_templates.flatten(1)
        return (flat.softmax(dim=1) * flat.shape[1]).view_as(self.log_templates)

    def start(self, templates: Tensor) -> None:
        """Take these templates (J, C·K), each of mean 1."""
        assert self.log_templates is not None
        with torch.no_grad():
            logs = torch.log(templates + POWER_FLOOR)
            self.log_templates.copy_(logs.view_as(self.log_templates))

    def fold(self) -> Self:
        """Normalise the templates once and for all."""
        if self.log_templates is not None:
            self._folded = self.templates().detach()
        return self


def _spread(activations: Tensor, templates: Tensor) -> Tensor:
    """(B, J, F, 1) activations times (J, C, K) templates: (B, C, F, K).

    A transposed convolution with a kernel as wide as the map, which is a matrix
    product; written as one it takes half the time on a CPU.
    """
    channels, kept = templates.shape[1:]
    product = activations[..., 0].transpose(1, 2) @ templates.flatten(1)
    return product.view(*product.shape[:2], channels, kept).transpose(1, 2)


def _floored(log_scale: Tensor) -> Tensor:
    """Log of the root of (scale² + floor), bounded above."""
    doubled = 2 * log_scale.clamp(max=LARGEST_LOG_SCALE)
    return 0.5 * torch.logaddexp(doubled, doubled.new_tensor(math.log(POWER_FLOOR)))


def _heads(config: ModelConfig) -> tuple[bool, bool]:
    """Whether the decoder gives a log_scale, and whether it gives a mean."""
    return config.likelihood != "mean", config.likelihood != "scale"


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


def _encoder_layers(config: ModelConfig) -> list[Layer]:
    outputs = 2 * config.latent_size
    if config.network == "strided":
        strides = row_strides(config.frames_per_latent, len(config.widths) + 1)
        channels = [config.channels, *config.widths]
        layers = []
        for index, stride in enumerate(strides[:-1]):
            kernel, padding = kernel_and_padding(stride)
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
            channels[-1], outputs, (last, _columns(config)[-1]), stride=(last, 1)
        )
        return [*layers, Layer(conv, activated=False)]
    strides = _time_strides(config)
    widths = _widths(config, len(strides) + 1)
    spectra = nn.Conv2d(config.channels, config.templates, (1, config.transform.kept))
    layers = [Layer(spectra, activated=True)]
    layers.append(_time_layer(config.templates, widths[0], 1))
    for index, stride in enumerate(strides):
        layers.append(_time_layer(widths[index], widths[index + 1], stride))
    layers.append(_time_layer(widths[-1], outputs, 1, activated=False))
    return layers


def _decoder_layers(config: ModelConfig) -> list[Layer]:
    if config.network == "strided":
        return _strided_decoder_layers(config)
    outputs = config.templates * sum(_heads(config))
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
    return layers


def _strided_decoder_layers(config: ModelConfig) -> list[Layer]:
    strides = row_strides(config.frames_per_latent, len(config.widths) + 1)
    columns = _columns(config)
    channels = [config.channels * sum(_heads(config)), *config.widths]
    last = strides[-1]
    conv = nn.ConvTranspose2d(
        config.latent_size, channels[-1], (last, columns[-1]), stride=(last, 1)
    )
    layers = [Layer(conv, activated=True)]
    for index in range(len(config.widths) - 1, -1, -1):
        kernel, padding = kernel_and_padding(strides[index])
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


def _time_strides(config: ModelConfig) -> list[int]:
    """Strides of the dictionary network, image first: fours, and a two where needed."""
    count = math.ceil(math.log(config.frames_per_latent, 4))
    return row_strides(config.frames_per_latent, count)


def _time_layer(
    inputs: int,
    outputs: int,
    stride: int,
    *,
    transposed: bool = False,
    activated: bool = True,
) -> Layer:
    """A convolution along time only, on maps one column wide."""
    kernel, padding = kernel_and_padding(stride)
    kind = nn.ConvTranspose2d if transposed else nn.Conv2d
    conv = kind(inputs, outputs, (kernel, 1), stride=(stride, 1), padding=(padding, 0))
    return Layer(conv, activated=activated)
