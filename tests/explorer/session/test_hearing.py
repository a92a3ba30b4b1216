import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from explorer.engine import protocol
from explorer.engine.protocol import SetListening, Voicing
from explorer.session.blind_test import Tally
from explorer.session.session import Session
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.session.test_session import OTHER, SONG, opened, said
from vae.files import atomic_path

RAIN = Path("/music/rain.wav")


def heard(engine: FakeEngine) -> list[str]:
    return [one.listening for one in engine.heard if isinstance(one, SetListening)]


# ---------------------------------------------------------------- hearing


def test_one_key_goes_to_the_original_and_back() -> None:
    session, engine = opened()
    session.hearing.toggle("original")
    session.hearing.toggle("original")
    session.hearing.toggle("reconstruction")
    session.hearing.choose("reconstruction")
    assert heard(engine) == ["original", "edit", "reconstruction"]


def test_whoever_moves_a_slider_hears_the_edit_again() -> None:
    session, engine = opened()
    session.hearing.toggle("original")
    session.move_axis(1, 0.5)
    assert heard(engine) == ["original", "edit"]


def test_who_must_not_know_what_is_heard_hears_on() -> None:
    session, engine = opened()
    session.hearing.set_blind(True)
    session.hearing.choose("original")
    session.move_axis(1, 0.5)
    assert heard(engine) == ["original"]


def test_another_engine_is_told_what_is_heard() -> None:
    session, engine = opened()
    session.hearing.choose("original")
    session.reception.lose_engine("crashed", restarting=True)
    engine.heard.clear()
    engine.start()
    assert heard(engine) == ["original"]


def test_a_blind_test_counts_and_tells_the_chance() -> None:
    session, engine = opened()
    test = session.blind_test
    test.begin("original", "edit")
    assert blind(session)
    for _ in range(12):
        test.play("X")
        x = heard(engine)[-1]
        test.answer("A" if x == "original" else "B")
        assert test.last
    assert test.tally == Tally(12, 12)
    assert test.tally.chance == pytest.approx(1 / 4096)
    test.play("A")
    test.end()
    assert not blind(session)
    assert session.hearing.heard == "edit"


def blind(session: Session) -> bool:
    return session.hearing.blind


def test_who_guesses_is_right_half_of_the_time() -> None:
    session, _ = opened()
    session.blind_test.begin("original", "edit")
    for _ in range(400):
        session.blind_test.answer("A")
    assert 160 < session.blind_test.tally.right < 240
    assert session.blind_test.tally.chance > 0.01


@pytest.mark.parametrize(
    ("right", "total", "chance"),
    [(0, 0, 1.0), (0, 3, 1.0), (1, 1, 0.5), (9, 10, 11 / 1024), (5, 10, 638 / 1024)],
)
def test_the_chance_is_the_binomial_one(right: int, total: int, chance: float) -> None:
    assert Tally(right, total).chance == pytest.approx(chance)


# ---------------------------------------------------------------- sources


def voicings(engine: FakeEngine) -> list[Voicing]:
    return [one.voicing for one in engine.heard if isinstance(one, protocol.SetPoint)]


def test_another_file_is_opened_for_the_engine_and_named_as_the_source() -> None:
    session, engine = opened()
    session.sources.choose(RAIN)
    assert not ready(session)
    engine.run()
    assert ready(session)
    assert session.sources.title == "rain"
    assert voicings(engine)[-1].source == RAIN
    assert session.places.songs == RAIN.parent
    session.undo()
    assert session.point.source == "song"
    session.redo()
    engine.run()
    assert len(engine.of_kind(protocol.OpenSource)) == 1, "it is still open"


def ready(session: Session) -> bool:
    return session.sources.other is not None and session.sources.other.ready


def test_one_other_file_takes_the_place_of_another() -> None:
    session, engine = opened()
    session.sources.choose(RAIN)
    engine.run()
    session.sources.choose(OTHER)
    engine.run()
    assert engine.of_kind(protocol.CloseSource) == [protocol.CloseSource(path=RAIN)]
    session.undo()
    engine.run()
    assert session.sources.other is not None
    assert session.sources.other.path == RAIN


def test_a_file_that_cannot_be_the_source_is_told() -> None:
    session, engine = opened()
    engine.refused[RAIN] = "rain.wav has no sound."
    session.sources.choose(RAIN)
    engine.run()
    assert said(session) == "rain.wav has no sound."
    assert session.sources.other is None
    assert session.tasks.running == ()
    assert session.point.source == "song", "what was before it still stands"


def test_after_a_file_that_cannot_be_the_source_the_one_before_is_heard_again() -> None:
    session, engine = opened()
    session.sources.choose(OTHER)
    engine.run()
    engine.refused[RAIN] = "rain.wav has no sound."
    session.sources.choose(RAIN)
    engine.run()
    assert session.point.source == OTHER
    assert ready(session)
    assert session.sources.title == OTHER.stem


def test_a_source_that_is_gone_when_its_point_returns_is_named_as_missing() -> None:
    session, engine = opened()
    session.sources.choose(RAIN)
    engine.run()
    session.move_axis(0, 1.0)
    engine.refused[RAIN] = "rain.wav is no longer there."
    session.reception.lose_engine("crashed", restarting=True)
    engine.start()
    assert session.point.source == RAIN, "it may come back"
    assert session.sources.title == "Song, without rain"


def test_another_engine_opens_the_other_file_again() -> None:
    session, engine = opened()
    session.sources.choose(RAIN)
    engine.run()
    session.reception.lose_engine("crashed", restarting=True)
    engine.heard.clear()
    engine.start()
    assert len(engine.of_kind(protocol.OpenSource)) == 1
    assert voicings(engine)[-1].source == RAIN


def test_detail_and_highs_are_steps_of_the_history() -> None:
    session, engine = opened()
    session.sources.set_detail(0.4)
    session.sources.set_highs_follow(True)
    assert voicings(engine)[-1] == Voicing(detail=0.4, highs_follow=True)
    session.sources.set_detail(7.0)
    assert session.point.voicing.detail == 1.0
    session.undo()
    assert session.history.undo_label == "Highs follow"
    session.undo()
    session.undo()
    assert session.point.untouched


# ---------------------------------------------------------------- recording, export


def test_what_is_heard_is_recorded_until_it_is_stopped(tmp_path: Path) -> None:
    session, engine = opened()
    path = tmp_path / "take.wav"
    session.recorder.start(path)
    assert session.recorder.on
    assert session.recorder.length_s > 0.0
    session.recorder.toggle()
    assert recording(session) == (False, True)
    engine.run()
    assert recording(session) == (False, False)
    assert said(session) == f"Saved take.wav, 0:07 long, in {tmp_path}."


def recording(session: Session) -> tuple[bool, bool]:
    return session.recorder.on, session.recorder.finishing


def test_a_recording_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    session, engine = opened()
    path = tmp_path / "take.wav"
    path.touch()
    session.recorder.start(path)
    (command,) = engine.of_kind(protocol.StartRecording)
    assert isinstance(command, protocol.StartRecording)
    assert command.path == tmp_path / "take 2.wav"


def test_a_recording_of_another_window_is_not_written_over(tmp_path: Path) -> None:
    session, engine = opened()
    with atomic_path(tmp_path / "take.wav"):
        session.recorder.start(tmp_path / "take.wav")
    (command,) = engine.of_kind(protocol.StartRecording)
    assert isinstance(command, protocol.StartRecording)
    assert command.path == tmp_path / "take 2.wav"


def test_a_recording_that_fails_or_is_lost_is_over(tmp_path: Path) -> None:
    session, engine = opened()
    path = tmp_path / "take.wav"
    engine.refused[path] = "The disk is full."
    session.recorder.start(path)
    engine.run()
    assert said(session) == "The disk is full."
    assert not session.recorder.on
    engine.refused.clear()
    session.recorder.start(path)
    session.reception.lose_engine("crashed", restarting=True)
    assert not session.recorder.on


def test_a_recording_that_ended_by_itself_is_kept_and_says_why(tmp_path: Path) -> None:
    session, engine = opened()
    session.recorder.start(tmp_path / "take.wav")
    (command,) = engine.of_kind(protocol.StartRecording)
    assert isinstance(command, protocol.StartRecording)
    session.reception.take(
        protocol.Recorded(
            request=command.request,
            path=command.path,
            duration_s=61.0,
            remark="The disk is too slow for the sound",
        )
    )
    assert said(session) == (
        "The disk is too slow for the sound. take.wav holds the 1:01 recorded until "
        "then."
    )
    assert not session.recorder.on


def test_what_was_recorded_before_the_engine_crashed_is_kept(tmp_path: Path) -> None:
    session, _ = opened()
    path = tmp_path / "take.wav"
    session.recorder.start(path)
    left = tmp_path / f".take.{ended_process()}-x.wav"
    soundfile.write(left, np.zeros((2 * 44_100, 2)), 44_100, "PCM_24")
    session.reception.lose_engine("crashed", restarting=True)
    assert "take.wav holds the 0:02 recorded until then." in (said(session) or "")
    assert [one.name for one in tmp_path.iterdir()] == ["take.wav"]


def test_an_export_that_ended_with_its_engine_is_told_and_cleared_away(
    tmp_path: Path,
) -> None:
    session, engine = opened()
    engine.silent = True
    session.exports.write(tmp_path / "out.flac")
    (tmp_path / f".out.{ended_process()}-x.flac").touch()
    session.reception.lose_engine("crashed", restarting=True)
    assert "out.flac was not written: export again." in (said(session) or "")
    assert not list(tmp_path.iterdir())
    engine.silent = False
    engine.start()
    assert "out.flac was not written: export again." in (said(session) or "")


def ended_process() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def test_a_stretch_is_exported_in_a_format() -> None:
    session, engine = opened()
    session.exports.write(SONG.with_name("out.flac"), "flac16", (100, 900))
    (command,) = engine.of_kind(protocol.Export)
    assert isinstance(command, protocol.Export)
    assert (command.format, command.start, command.stop) == ("flac16", 100, 900)


def test_a_song_that_is_another_file_than_it_was_is_told() -> None:
    session, engine = opened(song_path=SONG)
    entry = session.songs.entries[0]
    assert entry.content_hash == ""
    assert session.song is not None
    assert len(session.song.overview_peak) == 2_000
    assert np.all(np.diff(session.song.overview_rms) >= 0)
    assert engine.of_kind(protocol.OpenSong)
