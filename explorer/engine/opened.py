"""What the window is told of a model and of a song once they are open.

Letters: L latent size, N training songs, T latent vectors of a song's path.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from explorer.engine.protocol import ModelOpened, SongOpened
from vae.checkpoint import Checkpoint
from vae.codec import Codec
from vae.sound.layout import SAMPLE_RATE
from vae.sound.song_file import SongFile

Floats = NDArray[np.float32]


def model_opened(request: int, path: Path, checkpoint: Checkpoint) -> ModelOpened:
    """All that is told of a model."""
    basis = checkpoint.basis
    return ModelOpened(
        request=request,
        path=path,
        title=checkpoint.title or path.stem,
        model_hash=checkpoint.model_hash,
        latent_size=checkpoint.config.latent_size,
        variance_share=basis.variance_share,
        song_mean=basis.song_mean,
        song_spread=basis.song_spread,
        band_hz=checkpoint.config.transform.band_hz,
        song_titles=tuple(song.title for song in checkpoint.songs),
        song_points=_song_points(checkpoint),
        traits=checkpoint.traits,
        directions=checkpoint.directions,
        config=checkpoint.config,
    )


def song_opened(
    request: int, song: SongFile, codec: Codec, latents: Floats
) -> SongOpened:
    """All that is told of a song, whose path is (T, L) raw latents."""
    samples = song.sound.samples
    frames = codec.frame_count(samples)
    return SongOpened(
        request=request,
        path=song.path,
        title=song.title,
        samples=samples,
        sample_rate=SAMPLE_RATE,
        frames=frames,
        frame_samples=codec.config.transform.frame_samples,
        latent_path=codec.basis.to_sigmas(latents),
        latent_times=codec.latent_times(frames),
        overview_peak=song.overview.peak,
        overview_rms=song.overview.rms,
        file_rate=song.sample_rate,
        file_channels=song.channels,
        duration_s=samples / SAMPLE_RATE,
        tags=tuple(song.tags.items()),
        content_hash=song.content_hash,
        remark=song.remark,
    )


def _song_points(checkpoint: Checkpoint) -> Floats:
    """(N, L) in σ, the mean of each training song's path."""
    basis = checkpoint.basis
    points = np.zeros((len(checkpoint.songs), basis.latent_size), np.float32)
    for point, song in zip(points, checkpoint.songs, strict=True):
        point[:] = basis.to_sigmas(song.path).mean(axis=0)
    return points
