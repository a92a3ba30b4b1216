from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.models import TINY, TINY_TRANSFORM, untrained
from tests.sounds import song
from vae import dct
from vae.codec import Codec
from vae.sound.sounds import LoopedSound, as_sound
from vae.synthesis.course import Course, Stretch, course_of, original, reconstruction
from vae.synthesis.edits import Edit, SpanEdit, Voicing
from vae.synthesis.matching import as_loud, spots_lufs
from vae.synthesis.recording import Recording
from vae.synthesis.synthesis import Synthesis

LENGTH = TINY_TRANSFORM.frame_samples
LOUD = np.full(TINY.latent_size, 1.0, np.float32)
NOWHERE = np.zeros(TINY.latent_size, np.float32)


@pytest.fixture(scope="module")
def synthesis() -> Synthesis:
    return Synthesis(Codec(untrained()), sound=song(seconds=0.6))


def course(synthesis: Synthesis, *spans: SpanEdit, voicing: Voicing) -> Course:
    edit = Edit(offset=NOWHERE, spans=spans, voicing=voicing)
    return course_of(edit, synthesis.song_path, synthesis.codec.basis)


def heard(synthesis: Synthesis, course: Course) -> NDArray[np.float32]:
    return synthesis.sound(course, 0, synthesis.frames)


def span(start: int, stop: int, fade: int = 0) -> SpanEdit:
    return SpanEdit(
        start=start * LENGTH, stop=stop * LENGTH, fade=fade * LENGTH, offset=2 * LOUD
    )


def test_a_span_changes_what_lies_in_it_and_nothing_else(synthesis: Synthesis) -> None:
    edited = heard(synthesis, course(synthesis, span(20, 60), voicing=Voicing()))
    plain = heard(synthesis, original(synthesis.song_path))
    inside = slice(20 * LENGTH, 60 * LENGTH)
    assert np.abs(edited - plain)[:, inside].max() > 1e-3
    outside = np.abs(edited - plain)
    reach = LENGTH // 2 + 64  # over which gains glide, and what frames share
    outside[:, (20 * LENGTH - reach) : (60 * LENGTH + reach)] = 0
    assert outside.max() < 1e-6
    whole = Course(
        path=synthesis.codec.basis.offset_path(synthesis.song_path, 2 * LOUD)
    )
    middle = slice(30 * LENGTH, 50 * LENGTH)
    assert np.allclose(heard(synthesis, whole)[:, middle], edited[:, middle], atol=1e-5)


def test_a_fade_rises_evenly_and_its_frames_are_cut_where_it_is() -> None:
    path = np.zeros((1, 1), np.float32)
    stretch = Stretch(start=200, stop=1000, fade=200, path=path)
    weights = stretch.weights(0, 12, 100)
    assert weights.tolist() == pytest.approx(
        [0, 0, 0.25, 0.75, 1, 1, 1, 1, 0.75, 0.25, 0, 0]
    )
    sudden = Stretch(start=250, stop=1000, fade=0, path=path)
    assert sudden.weights(1, 4, 100).tolist() == pytest.approx([0, 0.5, 1])
    short = Stretch(start=0, stop=400, fade=10_000, path=path)  # half of it at most
    assert short.weights(0, 4, 100).tolist() == pytest.approx([0.25, 0.75, 0.75, 0.25])


def test_a_later_span_lies_on_top_of_an_earlier_one(synthesis: Synthesis) -> None:
    back = SpanEdit(start=0, stop=synthesis.samples, offset=NOWHERE)
    covered = course(synthesis, span(20, 60), back, voicing=Voicing())
    plain = heard(synthesis, original(synthesis.song_path))
    assert np.abs(heard(synthesis, covered) - plain).max() < 1e-5


def test_another_file_is_filtered_round_and_round(synthesis: Synthesis) -> None:
    sound = song(seconds=0.25, seed=5)
    looped = LoopedSound(as_sound(sound), synthesis.samples)
    other = Recording(synthesis.codec, looped)
    voicing = Voicing(source=Path("other.wav"))
    crossed = course_of(
        Edit(offset=NOWHERE, voicing=voicing),
        synthesis.song_path,
        synthesis.codec.basis,
        other,
    )
    above = np.fft.rfft(heard(synthesis, crossed)[0, : synthesis.samples])
    lent = np.fft.rfft(looped.window(0, synthesis.samples)[0])
    top = slice(len(above) // 2, None)  # what no model touches is the other file's
    assert np.abs(above - lent)[top].max() < 1e-2 * np.abs(lent).max()
    closed = course_of(
        Edit(offset=NOWHERE, voicing=voicing),
        synthesis.song_path,
        synthesis.codec.basis,
    )
    plain = heard(synthesis, original(synthesis.song_path))
    assert np.array_equal(
        heard(synthesis, closed), plain
    )  # the song, until it is there


def test_highs_follow_the_edit_where_asked(synthesis: Synthesis) -> None:
    path = synthesis.codec.basis.offset_path(synthesis.song_path, 0.05 * LOUD)

    def highs(voicing: Voicing) -> NDArray[np.float32]:
        """Of each frame but the last, which is cut, above the kept band."""
        sound = heard(synthesis, Course(path=path, voicing=voicing))
        image = dct.forward(sound, TINY_TRANSFORM, kept=LENGTH)
        above = image[:, :-2, TINY_TRANSFORM.kept :]
        return np.asarray(np.linalg.norm(above, axis=-1), np.float32)

    def levels(path: NDArray[np.float32]) -> NDArray[np.float32]:
        frames = synthesis.frames
        envelope = synthesis.codec.envelope(path, frames=frames, start=0, stop=frames)
        assert envelope.log_scale is not None
        return envelope.log_scale[:, :-2, TINY_TRANSFORM.kept // 2 :]

    louder = np.log(highs(Voicing(highs_follow=True)) / highs(Voicing()))
    gain = (levels(path) - levels(synthesis.song_path)).clip(-3.45, 3.45)
    assert np.abs(gain).mean() > 0.05
    followed = gain.mean(axis=-1)
    assert np.corrcoef(louder.ravel(), followed.ravel())[0, 1] > 0.9
    assert louder.mean() == pytest.approx(followed.mean(), abs=0.02)
    assert np.allclose(
        highs(Voicing(detail=0.5)), highs(Voicing()) * 0.5**0.5, rtol=0.01
    )


def test_what_is_compared_is_as_loud_as_the_edit(synthesis: Synthesis) -> None:
    path = synthesis.codec.basis.offset_path(synthesis.song_path, 0.05 * LOUD)
    edit = Course(path=path)
    wanted = spots_lufs(synthesis, edit)
    for other in (original(synthesis.song_path), reconstruction(synthesis.song_path)):
        assert spots_lufs(synthesis, other) != pytest.approx(wanted, abs=0.1)
        matched = as_loud(synthesis, other, edit)
        assert spots_lufs(synthesis, matched) == pytest.approx(wanted, abs=0.1)


def test_silence_is_matched_to_nothing() -> None:
    silent = Synthesis(Codec(untrained()), sound=np.zeros((2, 9000), np.float32))
    own = original(silent.song_path)
    assert as_loud(silent, own, own).gain == 1.0
