from pathlib import Path

from explorer.engine import protocol
from explorer.session.session import Session
from tests.explorer.fake_engine import SAMPLE_RATE, FakeEngine


def told(engine: FakeEngine) -> tuple[bool, int | None, int | None]:
    newest = engine.of_kind(protocol.SetLoop)[-1]
    assert isinstance(newest, protocol.SetLoop)
    return newest.enabled, newest.start, newest.stop


def test_a_region_is_looped_whichever_end_was_dragged_first(
    session: Session, engine: FakeEngine
) -> None:
    engine.start()
    session.transport.set_loop_region(20.0, 10.0)
    assert session.playback.loop
    assert told(engine) == (True, 10 * SAMPLE_RATE, 20 * SAMPLE_RATE)
    session.transport.set_loop(False)
    assert told(engine) == (False, 10 * SAMPLE_RATE, 20 * SAMPLE_RATE)
    session.transport.clear_loop_region()
    assert told(engine) == (False, None, None)


def test_a_region_lies_within_the_song_and_is_not_too_short(
    session: Session, engine: FakeEngine
) -> None:
    engine.start()
    session.transport.set_loop_region(5.0, 5.01)
    assert session.playback.region is None
    assert not session.playback.loop
    session.transport.set_loop_region(-5.0, 1000.0)
    assert session.playback.region == (0, 128 * SAMPLE_RATE)


def test_a_region_outlives_the_engine_and_a_model_but_not_the_song(
    session: Session, engine: FakeEngine
) -> None:
    engine.start()
    session.transport.set_loop_region(10.0, 20.0)
    region = session.playback.region
    session.reception.lose_engine("crashed", restarting=True)
    engine.start()
    assert told(engine) == (True, 10 * SAMPLE_RATE, 20 * SAMPLE_RATE)
    session.open_model(Path("/models/piano.safetensors"))
    engine.run()
    assert session.playback.region == region
    session.open_song(Path("/music/run.flac"))
    engine.run()
    assert session.playback.region is None
    assert told(engine)[0] is False
