"""A song as it is opened: its sound within reach, and all that its file says of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from vae.errors import AudioError
from vae.files import content_hash
from vae.sound.audio import SHORTEST_S
from vae.sound.decoding import Decoder
from vae.sound.header import Header, read_header, title_of
from vae.sound.layout import CHANNELS, SAMPLE_RATE
from vae.sound.overview import Overseer, Overview
from vae.sound.sounds import StoredSound

SHORT_S = 1.0  # less than a file claims, before it is remarked upon
TORN_S = 0.02  # the same, of FLAC: damaged frames are left out without a word
CLAIMS = ("flac", "wav", "w64", "aiff")  # formats that say exactly how long they are
LONGEST_CLAIM_S = 48 * 3600.0


class Stamp(NamedTuple):
    """What changes where a file is written anew."""

    size: int  # bytes
    modified_ns: int


@dataclass(frozen=True, kw_only=True, eq=False)
class SongFile:
    """An open song.

    Attributes
    ----------
    path : Path
    sound : StoredSound
        (2, S) at 44.1 kHz.
    sample_rate, channels : int
        The file's own; 44.1 kHz where it changes midway.
    samples : int
        At the file's own rate.
    peak : float
        The largest magnitude at the file's own rate, full scale 1.
    tags : mapping of str to str
        Names in lower case.
    overview : Overview
    content_hash : str
        SHA-256 of the file, hexadecimal.
    stamp : Stamp
        Of the file as it was opened.
    remark : str
        What is wrong with the file, one sentence; "" where nothing is.
    """

    path: Path
    sound: StoredSound
    sample_rate: int
    channels: int
    samples: int
    peak: float
    tags: Mapping[str, str]
    overview: Overview
    content_hash: str
    stamp: Stamp
    remark: str

    @property
    def title(self) -> str:
        """What the tags call the song, or the file's own name where they do not."""
        return title_of(self.path, self.tags)

    @property
    def heard_peak(self) -> float:
        """The largest magnitude of `sound`, as it is played."""
        return float(self.overview.peak.max(initial=0.0))

    @property
    def unchanged(self) -> bool:
        """True where the file still holds what was opened.

        Raises
        ------
        AudioError
            It is no longer there.
        """
        same = _stamp(self.path) == self.stamp
        return same or _hash(self.path) == self.content_hash

    @property
    def written_channels(self) -> int:
        """1 or 2: more are mixed."""
        return min(CHANNELS, max(1, self.channels))


def open_song(path: Path, progress: Callable[[float], None] | None = None) -> SongFile:
    """Read a song of any length in little memory.

    Parameters
    ----------
    path : Path
    progress : callable, optional
        As `read_sound` takes it.

    Raises
    ------
    AudioError
        The file is missing, holds no sound, or less than a quarter of a second; or the
        disk has no room for it.
    """
    decoder, sound, overseer = Decoder(path, progress), StoredSound(), Overseer()
    stamp = _stamp(path)
    for block in decoder.blocks():
        sound.append(block)
        overseer.see(block)
    if not sound.samples:
        raise AudioError(f"{path.name} holds no sound, or none that can be read")
    if sound.samples < SHORTEST_S * SAMPLE_RATE:
        raise AudioError(
            f"{path.name} holds {sound.samples / SAMPLE_RATE:.2f} s of sound; "
            f"at least {SHORTEST_S} s are needed"
        )
    header = read_header(path)
    return SongFile(
        path=path,
        sound=sound,
        sample_rate=decoder.sample_rate if decoder.uniform else SAMPLE_RATE,
        channels=decoder.channels,
        samples=decoder.samples if decoder.uniform else sound.samples,
        peak=decoder.peak,
        tags=header.tags,
        overview=overseer.overview(),
        content_hash=_hash(path),
        stamp=stamp,
        remark=_remark(decoder, sound.samples / SAMPLE_RATE, header),
    )


def _remark(decoder: Decoder, held_s: float, header: Header) -> str:
    name, claimed_s = decoder.path.name, header.duration_s
    if decoder.damaged:
        parts = "a part" if decoder.damaged == 1 else f"{decoder.damaged} parts"
        return f"{name} is damaged: {parts} of it could not be read and are left out."
    short = header.form in CLAIMS and held_s + SHORT_S < claimed_s < LONGEST_CLAIM_S
    if short:
        return f"{name} breaks off: it holds {held_s:.1f} of its {claimed_s:.1f} s."
    torn = header.form == "flac" and held_s + TORN_S < claimed_s < LONGEST_CLAIM_S
    if torn:
        left_out_s = claimed_s - held_s
        return (
            f"{name} is damaged: {left_out_s:.2f} of its {claimed_s:.1f} s could not "
            "be read and are left out."
        )
    if decoder.broken:
        return f"{name} breaks off after {held_s:.1f} s."
    if not decoder.uniform:
        return f"{name} changes its rate or its channels midway."
    return ""


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise AudioError(f"{path} does not exist") from error
    except OSError as error:
        raise AudioError(f"{path.name} cannot be opened: {error.strerror}") from error
    return Stamp(found.st_size, found.st_mtime_ns)


def _hash(path: Path) -> str:
    try:
        return content_hash(path)
    except OSError as error:
        raise AudioError(f"{path.name} cannot be opened: {error.strerror}") from error
