"""Sound of a point: the decoder filters a source.

A path says of each coefficient x = s · (mean + e^log_scale · ε), s the corpus RMS. The
source gives ε:

- song: what the song itself has there at its own path, so that at that path the song
  comes back exactly, and elsewhere the decoder's change is a gain in time and frequency
  on the real recording. What lies above the kept band passes through untouched. Sound
  is computed as the recording plus the inverse transform of the change alone.
- noise: white, seeded per frame, so the same point always sounds the same, with the
  corpus's own correlation between left and right.
- tones: steady sinusoids on the tempered scale, each as loud as the band around it.

Letters: C channels, S samples, F frames, K kept coefficients, L latent size, T latent
vectors of the song's path.
"""

import math
from collections import OrderedDict
from functools import cached_property
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vae import dct
from vae.codec import Codec, Envelope
from vae.edits import Source
from vae.tones import Tones

LARGEST_GAIN_DB = 30.0  # of the decoder on a song, up or down
BLOCK_FRAMES = 32  # the song's coefficients are kept in blocks of so many frames
BLOCKS_KEPT = 64  # 128 s a 16 blocks; each 0.7 MB at full size
PHILOX_WORDS = 4

Floats = NDArray[np.float32]


class _Block(NamedTuple):
    """The song on some frames: what it holds, and what its own path says of it."""

    coefficients: Floats  # (C, n, K)
    envelope: Envelope


class Synthesis:
    """Sound and coefficients of any path over one song, or over none.

    Safe to use from several threads at once.

    Parameters
    ----------
    codec : Codec
    sound : (2, S) float32, optional
        The song; without one, noise stands for it as source.
    path : (T, L) float32, optional
        The song's own path, raw latents; where there is no song, the path that offsets
        are added to, the basis's mean unless given.
    frames : int, optional
        How long it is without a song; one image unless given.
    seed : int
        Of the noise.
    """

    def __init__(
        self,
        codec: Codec,
        *,
        sound: Floats | None = None,
        path: Floats | None = None,
        frames: int | None = None,
        seed: int = 0,
    ) -> None:
        transform = codec.config.transform
        self.codec = codec
        if sound is None:
            self.frames = codec.config.frames if frames is None else frames
            self.samples = self.frames * transform.frame_samples
        else:
            self.frames = codec.frame_count(sound.shape[1])
            self.samples = sound.shape[1]
        if path is None:
            length = codec.path_length(self.frames)
            path = (
                np.tile(codec.basis.mean, (length, 1))
                if sound is None
                else codec.encode(sound)
            )
        self.song_path: Floats = path
        self._sound = sound
        self._seed = seed
        self._blocks: OrderedDict[int, _Block] = OrderedDict()
        self._lock = Lock()

    def coefficients(
        self,
        path: Floats,
        start: int,
        stop: int,
        *,
        source: Source = "song",
        detail: float = 1.0,
    ) -> Floats:
        """Frames start to stop of a path, (C, stop - start, K) float32.

        Parameters
        ----------
        path : (T, L) float32
            Raw latents, as long as `song_path`.
        source : "song", "noise" or "tones"
            Without a song, noise stands for it.
        detail : float
            From 1, the song alone as source, to 0, noise alone; between them the two
            are mixed at constant power.
        """
        share = self._song_share(source, detail)
        envelope = self._envelope(path, start, stop)
        scale = self.codec.statistics.scale
        if source == "tones":
            return self._toned(envelope, start, scale)
        if share == 0.0:
            return _excited(envelope, self._noise(start, stop), scale)
        song = self._song(start, stop)
        changed = _changed(song, envelope, scale)
        if share == 1.0:
            return changed
        excitation = self._noise(start, stop)
        noisy = _excited(Envelope(None, envelope.log_scale), excitation, scale)
        mean = 0.0 if envelope.mean is None else scale * envelope.mean
        return mean + share * (changed - mean) + math.sqrt(1 - share**2) * noisy

    def sound(
        self,
        path: Floats,
        start: int,
        stop: int,
        *,
        source: Source = "song",
        detail: float = 1.0,
    ) -> Floats:
        """The samples of frames start to stop, (C, (stop - start) · frame_samples).

        The same, to rounding, however a song is cut into bands. Arguments are those of
        `coefficients`; past the end of the song there is silence.
        """
        transform = self.codec.config.transform
        length = transform.frame_samples
        share = self._song_share(source, detail)
        sound = np.zeros(
            (self.codec.config.channels, (stop - start) * length), np.float32
        )
        if self._sound is not None and share > 0:
            recorded = self._sound[:, start * length : stop * length]
            sound[:, : recorded.shape[1]] = share * recorded
            if share == 1.0 and np.array_equal(path, self.song_path):
                return sound
        first, last = dct.neighbours(start, stop, self.frames)
        change = self.coefficients(path, first, last, source=source, detail=detail)
        if share > 0:
            change = change - share * self._song(first, last).coefficients
        sound += dct.inverse_band(change, start, stop, self.frames, transform)
        sound[:, max(0, self.samples - start * length) :] = 0.0
        return sound

    def _song_share(self, source: Source, detail: float) -> float:
        """Amplitude of the song in the source, 0 to 1."""
        if source != "song" or self._sound is None or detail <= 0:
            return 0.0
        return 1.0 if detail >= 1 else math.sin(math.pi / 2 * detail)

    def _envelope(self, path: Floats, start: int, stop: int) -> Envelope:
        return self.codec.envelope(path, frames=self.frames, start=start, stop=stop)

    def _song(self, start: int, stop: int) -> _Block:
        """The song on frames start to stop, put together from blocks."""
        first = start // BLOCK_FRAMES
        blocks = [self._block(n) for n in range(first, -(-stop // BLOCK_FRAMES))]
        cut = slice(start - first * BLOCK_FRAMES, stop - first * BLOCK_FRAMES)
        return _Block(
            _joined([block.coefficients for block in blocks], cut),
            Envelope(
                *(
                    None if heads[0] is None else _joined(list(heads), cut)
                    for heads in zip(*(block.envelope for block in blocks), strict=True)
                )
            ),
        )

    def _block(self, number: int) -> _Block:
        with self._lock:
            if number in self._blocks:
                self._blocks.move_to_end(number)
                return self._blocks[number]
        assert self._sound is not None
        start = number * BLOCK_FRAMES
        stop = min(self.frames, start + BLOCK_FRAMES)
        transform = self.codec.config.transform
        block = _Block(
            dct.forward_band(self._sound, start, stop, transform),
            self._envelope(self.song_path, start, stop),
        )
        with self._lock:
            self._blocks[number] = block
            while len(self._blocks) > BLOCKS_KEPT:
                self._blocks.popitem(last=False)
        return block

    def _noise(self, start: int, stop: int) -> Floats:
        """(C, stop - start, K) of unit variance, the same for the same frame."""
        config = self.codec.config
        shape = (config.channels, config.transform.kept)
        frames = [
            self._rng(frame).standard_normal(shape, np.float32)
            for frame in range(start, stop)
        ]
        noise = np.stack(frames, axis=1)
        if len(noise) == 2:
            correlation = self.codec.statistics.correlation
            independent = np.sqrt(1 - correlation**2)
            noise[1] = correlation * noise[0] + independent * noise[1]
        return noise

    def _toned(self, envelope: Envelope, start: int, scale: Floats) -> Floats:
        """(C, n, K): tones as loud as the envelope says."""
        mean, log_scale = envelope
        if log_scale is not None:
            power = np.square(scale * np.exp(log_scale))
        else:
            assert mean is not None
            power = np.broadcast_to(np.square(scale), mean.shape)
        tones = self._tones.coefficients(power, start)
        return tones if mean is None else tones + scale * mean

    @cached_property
    def _tones(self) -> Tones:
        statistics = self.codec.statistics
        transform = self.codec.config.transform
        return Tones(transform, statistics.correlation, seed=self._seed)

    def _rng(self, frame: int) -> np.random.Generator:
        counter = [0] * (PHILOX_WORDS - 1) + [frame]
        return np.random.Generator(np.random.Philox(key=self._seed, counter=counter))


def _excited(envelope: Envelope, excitation: Floats, scale: Floats) -> Floats:
    """S · (mean + e^log_scale · ε)."""
    drawn = excitation
    if envelope.log_scale is not None:
        drawn = excitation * np.exp(envelope.log_scale)
    if envelope.mean is not None:
        drawn = drawn + envelope.mean
    return scale * drawn


def _changed(song: _Block, envelope: Envelope, scale: Floats) -> Floats:
    """The song with the change from its own path's envelope to another one on it."""
    changed = song.coefficients
    own = song.envelope
    if own.mean is not None and envelope.mean is not None:
        changed = changed - scale * own.mean
    if own.log_scale is not None and envelope.log_scale is not None:
        limit = LARGEST_GAIN_DB / 20 * math.log(10)
        gain = np.clip(envelope.log_scale - own.log_scale, -limit, limit)
        changed = changed * np.exp(gain, out=gain)
    if envelope.mean is not None:
        changed = changed + scale * envelope.mean
    return changed


def _joined(parts: list[Floats], cut: slice) -> Floats:
    whole = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
    return whole[:, cut]
