import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from explorer.engine import stage as stage_module
from explorer.engine.job import Job
from explorer.engine.protocol import (
    CloseSource,
    Export,
    Exported,
    ModelOpened,
    OpenModel,
    OpenSong,
    OpenSource,
    PictureReady,
    SongOpened,
    SourceOpened,
)
from tests.explorer.engine.doubles import Floats, wait_until
from tests.explorer.engine.room import SECONDS, Room, heard_from
from tests.models import TINY, tiny_checkpoint
from tests.sounds import write_song
from vae.errors import AudioError, Cancelled
from vae.sound.audio import read_sound
from vae.sound.layout import SAMPLE_RATE
from vae.sound.song_file import SongFile, open_song
from vae.synthesis.edits import Edit, Voicing


def test_the_training_songs_come_with_the_model(room: Room) -> None:
    assert room.answer(OpenModel(request=1, path=room.model)) is None
    opened = room.events.of(ModelOpened)[0]
    assert opened.song_titles == ("song 0", "song 1", "song 2")
    assert opened.song_points.shape == (3, TINY.latent_size)
    assert np.allclose(opened.song_points.mean(axis=0), opened.song_mean, atol=1e-2)
    assert np.allclose(opened.song_points.std(axis=0), opened.song_spread, atol=1e-2)


def test_a_model_and_a_song_are_opened_and_heard(room: Room) -> None:
    room.open_both()
    model, song = room.events.of(ModelOpened)[0], room.events.of(SongOpened)[0]
    assert (model.request, model.path, model.title) == (1, room.model, "tiny")
    assert model.latent_size == TINY.latent_size == len(model.variance_share)
    assert model.band_hz == TINY.transform.band_hz
    samples = round(SECONDS * SAMPLE_RATE)
    assert (song.request, song.path, song.title) == (2, room.song, "notes")
    assert (song.samples, song.sample_rate) == (samples, SAMPLE_RATE)
    assert song.frames == -(-samples // song.frame_samples)
    assert song.latent_path.shape == (len(song.latent_times), TINY.latent_size)
    wait_until(lambda: len(room.events.of(PictureReady)) == 2)
    recording = read_sound(room.song)
    assert np.array_equal(heard_from(room, 20_000, 5_000), recording[:, 20_000:25_000])


def test_before_a_song_there_is_noise(room: Room) -> None:
    assert room.answer(OpenModel(request=1, path=room.model)) is None
    heard = heard_from(room, 4_000, 2_000)
    assert 1e-4 < np.abs(heard).max() <= 1.0


def test_a_song_that_cannot_be_opened_leaves_the_one_before(
    room: Room, tmp_path: Path
) -> None:
    room.open_both()
    broken = tmp_path / "broken.wav"
    broken.write_text("no sound at all")
    failure = room.answer(OpenSong(request=3, path=broken))
    assert failure is not None
    assert "broken.wav" in failure.message
    assert not failure.cancelled
    assert len(room.events.of(SongOpened)) == 1
    recording = read_sound(room.song)
    assert np.array_equal(heard_from(room, 20_000, 3_000), recording[:, 20_000:23_000])


def test_a_model_that_cannot_be_opened_leaves_the_one_before(
    room: Room, tmp_path: Path
) -> None:
    room.open_both()
    failure = room.answer(OpenModel(request=3, path=tmp_path / "none.safetensors"))
    assert failure is not None
    assert "none.safetensors" in failure.message
    assert len(room.events.of(ModelOpened)) == 1
    assert room.answer(OpenSong(request=4, path=room.song)) is None


def test_a_new_model_encodes_the_song_anew(room: Room, tmp_path: Path) -> None:
    room.open_both()
    other = tmp_path / "other"
    other.mkdir()
    smaller = tiny_checkpoint(other, latent_size=5, frames_per_latent=16)
    assert room.answer(OpenModel(request=3, path=smaller)) is None
    assert room.events.of(ModelOpened)[-1].latent_size == 5
    song = room.events.of(SongOpened)[-1]
    assert song.request == 3
    assert song.latent_path.shape[1] == 5
    assert room.renderer.scene is not None
    assert room.renderer.scene.edit.offset.tolist() == [0.0] * 5


def test_a_song_needs_a_model(room: Room) -> None:
    failure = room.answer(OpenSong(request=1, path=room.song))
    assert failure is not None
    assert "model" in failure.message
    failure = room.answer(Export(request=2, path=room.song.with_name("out.wav")))
    assert failure is not None
    assert "song" in failure.message


def test_what_the_program_brings_is_opened_where_none_is_named(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_demo_song() -> Path:
        raise AudioError("this installation has no demo song")

    monkeypatch.setattr(stage_module, "shipped_model", lambda: room.model)
    monkeypatch.setattr(stage_module, "demo_song", lambda: room.song)
    assert room.answer(OpenModel(request=1)) is None
    assert room.answer(OpenSong(request=2)) is None
    assert room.events.of(ModelOpened)[0].path == room.model
    assert room.events.of(SongOpened)[0].path == room.song
    monkeypatch.setattr(stage_module, "demo_song", no_demo_song)
    failure = room.answer(OpenSong(request=3))
    assert failure is not None
    assert failure.message == "this installation has no demo song"


@pytest.mark.parametrize("suffix", [".wav", ".flac"])
def test_the_export_is_what_is_heard(room: Room, tmp_path: Path, suffix: str) -> None:
    room.open_both()
    room.player.set_limiter(False)
    rng = np.random.default_rng(0)
    moved = 0.002 * rng.standard_normal(TINY.latent_size, np.float32)
    room.renderer.set_edit(Edit(offset=moved), 1, time.monotonic_ns())
    path = tmp_path / f"out{suffix}"
    assert room.answer(Export(request=3, path=path)) is None
    done = room.events.of(Exported)[0]
    assert (done.request, done.path, done.duration_s) == (3, path, SECONDS)
    written, rate = soundfile.read(path, dtype="float32", always_2d=True)
    assert rate == SAMPLE_RATE
    assert len(written) == round(SECONDS * SAMPLE_RATE)
    heard = heard_from(room, 20_000, 5_000)
    assert np.allclose(written.T[:, 20_000:25_000], heard, atol=1e-5)
    assert not np.allclose(heard, read_sound(room.song)[:, 20_000:25_000], atol=1e-3)


def test_an_export_given_up_leaves_no_file(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.open_both()
    checked: list[int] = []

    def give_up_midway(job: Job) -> None:
        checked.append(job.request)
        if checked.count(3) == 10:
            raise Cancelled

    monkeypatch.setattr(Job, "check", give_up_midway)
    path = tmp_path / "out.wav"
    failure = room.answer(Export(request=3, path=path))
    assert failure is not None
    assert failure.cancelled
    assert not [one for one in tmp_path.iterdir() if "out" in one.name]


def test_an_export_that_cannot_be_written_says_why(room: Room, tmp_path: Path) -> None:
    room.open_both()
    failure = room.answer(Export(request=3, path=tmp_path / "out.mp3"))
    assert failure is not None
    assert ".wav or .flac" in failure.message


def test_a_song_comes_with_all_that_is_known_of_its_file(room: Room) -> None:
    room.open_both()
    opened = room.events.of(SongOpened)[0]
    assert (opened.file_rate, opened.file_channels) == (SAMPLE_RATE, 2)
    assert opened.duration_s == pytest.approx(SECONDS)
    assert opened.overview_peak.max() == pytest.approx(0.7, abs=0.01)
    assert (opened.overview_rms <= opened.overview_peak).all()
    assert len(opened.content_hash) == 64
    assert opened.remark == ""


def rendered(room: Room) -> Floats:
    """Some frames of what is wanted now."""
    scene = room.renderer.scene
    assert scene is not None
    return scene.sound(80, 100)


def test_another_file_lends_its_sound_until_it_is_closed(
    room: Room, tmp_path: Path
) -> None:
    other = write_song(tmp_path / "other.wav", seconds=0.5, seed=9)
    room.open_both()
    edit = Edit(offset=np.zeros(64, np.float32), voicing=Voicing(source=other))
    room.renderer.set_edit(edit, 1, time.monotonic_ns())
    own = rendered(room)
    assert room.answer(OpenSource(request=3, path=other)) is None
    assert room.events.of(SourceOpened)[0].duration_s == pytest.approx(0.5)
    assert not np.allclose(rendered(room), own, atol=1e-2)
    assert room.answer(OpenSong(request=4, path=room.song)) is None
    room.renderer.set_edit(edit, 2, time.monotonic_ns())
    scene = room.renderer.scene
    assert scene is not None
    assert scene.other is not None  # it fits the new song too
    room.desk.ask(CloseSource(path=other))
    wait_until(lambda: room.renderer.scene is not scene)
    assert np.allclose(rendered(room), own, atol=1e-5)


def test_an_export_at_the_recording_is_the_recording_and_a_loud_one_does_not_clip(
    room: Room, tmp_path: Path
) -> None:
    room.open_both()
    path = tmp_path / "out.wav"
    request = Export(request=3, path=path, format="wav16", start=10_000, stop=50_000)
    assert room.answer(request) is None
    recorded, _ = soundfile.read(room.song, dtype="int16")
    written, _ = soundfile.read(path, dtype="int16")
    assert np.array_equal(written, recorded[10_000:50_000])
    loud = np.zeros(64, np.float32)
    loud[:8] = 0.5
    room.renderer.set_edit(Edit(offset=loud), 1, time.monotonic_ns())
    assert room.answer(Export(request=4, path=path)) is None
    written, _ = soundfile.read(path)
    assert 0.7 < np.abs(written).max() <= 10 ** (-1 / 20) + 1e-6


def test_an_export_is_of_what_was_heard_when_it_was_asked_for(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.open_both()
    next_song = write_song(tmp_path / "next.wav", seconds=0.5, seed=9)
    reading, go_on = threading.Event(), threading.Event()

    def open_slowly(path: Path, progress: Callable[[float], None]) -> SongFile:
        reading.set()
        assert go_on.wait(20.0)
        return open_song(path, progress)

    monkeypatch.setattr(stage_module, "open_song", open_slowly)
    room.desk.ask(OpenSong(request=3, path=next_song))
    assert reading.wait(20.0)
    path = tmp_path / "out.wav"
    room.desk.ask(Export(request=4, path=path, format="wav16"))
    moved = np.full(TINY.latent_size, 0.1, np.float32)
    room.renderer.set_edit(Edit(offset=moved), 1, time.monotonic_ns())
    go_on.set()
    assert room.wait_for_answer(4) is None
    assert room.events.of(SongOpened)[-1].path == next_song
    recorded, _ = soundfile.read(room.song, dtype="int16")
    written, _ = soundfile.read(path, dtype="int16")
    assert np.array_equal(written, recorded)


def test_an_export_waits_for_its_source(room: Room, tmp_path: Path) -> None:
    other = write_song(tmp_path / "other.wav", seconds=SECONDS, seed=9)
    room.open_both()
    edit = Edit(offset=np.zeros(64, np.float32), voicing=Voicing(source=other))
    room.renderer.set_edit(edit, 1, time.monotonic_ns())
    room.desk.ask(OpenSource(request=3, path=other))
    path = tmp_path / "out.wav"
    assert room.answer(Export(request=4, path=path, format="wav16")) is None
    written, _ = soundfile.read(path, always_2d=True)
    scene = room.renderer.scene
    assert scene is not None
    assert scene.other is not None
    length = scene.piece.transform.frame_samples
    heard, part = rendered(room), slice(80 * length, 100 * length)
    assert np.corrcoef(written.T[0, part], heard[0])[0, 1] > 0.99
    own = read_sound(room.song)[0, part]
    assert np.corrcoef(own, heard[0])[0, 1] < 0.5
