from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from numpy.typing import NDArray

from tests.models import TINY, untrained
from tests.sounds import song as song_sound
from tests.sounds import write_song
from vae.codec import Codec
from vae.errors import AudioError
from vae.sound.formats import SUFFIXES, SoundFormat
from vae.sound.song_file import SongFile, open_song
from vae.synthesis.course import Course, course_of, original
from vae.synthesis.edits import Edit, Voicing, no_edit
from vae.synthesis.export import Written, export_song
from vae.synthesis.synthesis import Synthesis

SECONDS = 0.7


@dataclass(frozen=True)
class Desk:
    song: SongFile
    synthesis: Synthesis
    out: Path

    def course(self, sigma: float = 0.0, voicing: Voicing | None = None) -> Course:
        offset = np.full(TINY.latent_size, sigma, np.float32)
        edit = Edit(offset=offset, voicing=voicing or Voicing())
        return course_of(edit, self.synthesis.song_path, self.synthesis.codec.basis)

    def write(
        self,
        course: Course,
        form: SoundFormat = "wav_float",
        start: int = 0,
        stop: int | None = None,
    ) -> tuple[NDArray[np.float64], Written]:
        path = self.out.with_suffix(SUFFIXES[form])
        written = export_song(
            self.song,
            self.synthesis,
            course,
            path,
            form=form,
            start=start,
            stop=stop,
        )
        return soundfile.read(path, always_2d=True)[0], written


def desk(path: Path) -> Desk:
    song = open_song(path)
    synthesis = Synthesis(Codec(untrained()), sound=song.sound)
    return Desk(song, synthesis, path.with_name("out.wav"))


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate", [8_000, 35_467, 44_100, 48_000, 96_000])
def test_where_nothing_is_edited_the_recording_is_written(
    tmp_path: Path, rate: int, channels: int
) -> None:
    path = write_song(
        tmp_path / "in.wav", seconds=SECONDS, sample_rate=rate, channels=channels
    )
    one = desk(path)
    recorded, _ = soundfile.read(path, always_2d=True)
    written, facts = one.write(one.course())
    assert (facts.sample_rate, facts.channels) == (rate, channels)
    assert facts.duration_s == pytest.approx(SECONDS, abs=1e-3)
    assert np.array_equal(written, recorded)
    nearly, _ = one.write(one.course(1e-7))  # by way of the whole synthesis
    assert nearly.shape == recorded.shape
    assert 20 * np.log10(np.abs(nearly - recorded).max()) < -90


@pytest.mark.parametrize("form", list(SUFFIXES))
def test_every_format_holds_a_recording_of_16_bits_exactly(
    tmp_path: Path, form: SoundFormat
) -> None:
    loud = song_sound(seconds=SECONDS)
    loud *= np.float32(1 / np.abs(loud).max())  # full scale, in both directions
    soundfile.write(tmp_path / "in.wav", loud.T, 44_100, subtype="PCM_16")
    one = desk(tmp_path / "in.wav")
    recorded, _ = soundfile.read(tmp_path / "in.wav")
    assert np.array_equal(one.write(one.course(), form)[0], recorded)


def test_at_another_rate_the_change_is_the_one_that_is_heard(tmp_path: Path) -> None:
    sound = song_sound(seconds=SECONDS).T
    changes = []
    for rate in (44_100, 88_200):
        path = tmp_path / f"{rate}.wav"
        there = soxr.resample(sound, 44_100, rate, quality="VHQ")
        soundfile.write(path, there, rate, subtype="FLOAT")
        one = desk(path)
        offset = np.zeros(TINY.latent_size, np.float32)
        offset[0] = 0.02
        moved = one.synthesis.codec.basis.offset_path(one.synthesis.song_path, offset)
        written, _ = one.write(Course(path=moved))
        changes.append(written - one.write(one.course())[0])
    slow, fast = changes[0], changes[1][::2]
    middle = slice(2_000, 28_000)
    error = np.square(slow - fast)[middle].mean() / np.square(slow)[middle].mean()
    assert np.abs(slow).max() > 1e-3
    assert error < 0.05


def test_a_stretch_is_a_part_of_the_whole(tmp_path: Path) -> None:
    one = desk(write_song(tmp_path / "in.wav", seconds=SECONDS, sample_rate=48_000))
    whole, _ = one.write(one.course(1e-4))
    part, facts = one.write(one.course(1e-4), start=11_025, stop=22_050)
    assert facts.samples == 12_000
    assert np.allclose(part, whole[12_000:24_000], atol=1e-5)
    with pytest.raises(AudioError, match="empty"):
        one.write(one.course(), start=5, stop=5)


def test_more_channels_become_the_stereo_mix_that_is_heard(tmp_path: Path) -> None:
    one = desk(write_song(tmp_path / "in.wav", seconds=SECONDS, channels=6))
    written, facts = one.write(one.course())
    assert facts.channels == 2
    heard = one.song.sound.window(0, one.song.sound.samples)
    assert np.array_equal(written.T, heard)


def test_tags_are_carried_over(tmp_path: Path) -> None:
    with soundfile.SoundFile(tmp_path / "in.flac", "w", 44_100, 2) as file:
        file.title, file.artist, file.album = "Été", "Someone", "Songs"
        file.write(song_sound(seconds=SECONDS).T)
    one = desk(tmp_path / "in.flac")
    for form in ("wav24", "flac16"):
        one.write(one.course(), form)
        again = open_song(one.out.with_suffix(SUFFIXES[form]))
        assert again.title == "Été – Someone"
        assert again.tags["album"] == "Songs"


def test_a_loud_edit_is_limited_and_a_loud_recording_is_left(tmp_path: Path) -> None:
    over = 2 * song_sound(seconds=SECONDS)
    soundfile.write(tmp_path / "in.wav", over.T, 44_100, subtype="FLOAT")
    one = desk(tmp_path / "in.wav")
    assert np.array_equal(one.write(one.course())[0].T, over)
    edited, _ = one.write(one.course(2.0))
    assert np.abs(edited).max() <= np.abs(over).max() * (1 + 1e-4)
    assert np.abs(one.write(one.course(), "wav24")[0]).max() <= 1.0


def test_a_song_that_has_gone_or_changed_says_so(tmp_path: Path) -> None:
    path = write_song(tmp_path / "in.wav", seconds=SECONDS, sample_rate=48_000)
    one = desk(path)
    path.touch()
    one.write(one.course(), stop=10_000)
    one.out.unlink()
    for seconds, seed in [(SECONDS / 2, 0), (SECONDS, 1)]:  # shorter, and as long
        write_song(path, seconds=seconds, seed=seed, sample_rate=48_000)
        with pytest.raises(AudioError, match="changed since"):
            one.write(one.course(), stop=10_000)
    path.unlink()
    with pytest.raises(AudioError, match="does not exist"):
        one.write(one.course())
    assert not one.out.exists()


def test_the_song_itself_is_never_written_over(tmp_path: Path) -> None:
    one = desk(write_song(tmp_path / "in.wav", seconds=SECONDS))
    before = one.song.path.read_bytes()
    linked = tmp_path / "link.wav"
    linked.symlink_to(one.song.path)
    for path in (one.song.path, linked):
        with pytest.raises(AudioError, match="is the song itself"):
            export_song(one.song, one.synthesis, one.course(2.0), path)
    assert one.song.path.read_bytes() == before


def test_no_edit_is_the_song(tmp_path: Path) -> None:
    one = desk(write_song(tmp_path / "in.wav", seconds=SECONDS))
    path = one.synthesis.song_path
    edit = no_edit(TINY.latent_size)
    course = course_of(edit, path, one.synthesis.codec.basis)
    assert not edit.moved
    assert one.synthesis.untouched(course)
    assert one.synthesis.untouched(original(path))
