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


def test_each_end_is_put_at_the_playhead_and_the_other_stays_where_it_can(
    session: Session, engine: FakeEngine
) -> None:
    engine.start()
    transport, seen = session.transport, []
    transport.set_loop_region(10.0, 20.0)
    for verb, here_s in (
        (transport.loop_from_here, 15.0),
        (transport.loop_to_here, 18.0),
        (transport.loop_from_here, 40.0),  # its end lies before: the song's end
        (transport.loop_to_here, 30.0),  # its start lies after: the song's start
    ):
        transport.seek(here_s)
        verb()
        seen.append(transport.region_s)
    assert seen == [(15.0, 20.0), (15.0, 18.0), (40.0, 128.0), (0.0, 30.0)]
