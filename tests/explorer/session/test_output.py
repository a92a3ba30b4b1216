from explorer.engine import protocol
from explorer.session.playback import Reading
from explorer.session.session import Session
from tests.explorer.fake_engine import FakeEngine


def opened() -> tuple[Session, FakeEngine]:
    session = Session()
    engine = FakeEngine(session, latent_size=8, kept=8)
    engine.start()
    return session, engine


def reading(*, reduction_db: float = 0.0, clipped: int = 0) -> Reading:
    return Reading(
        position=0,
        peak_left=0.0,
        peak_right=0.0,
        underruns=0,
        reduction_db=reduction_db,
        clipped=clipped,
    )


def test_a_fresh_engine_hears_how_the_sound_is_set() -> None:
    session, engine = opened()
    session.output.set_muted(True)
    session.output.set_limiter(False)
    session.output.choose_device("Interface", 20.0)
    session.reception.lose_engine("crashed", restarting=True)
    engine.heard.clear()
    engine.start()
    assert protocol.SetMute(muted=True) in engine.heard
    assert protocol.SetLimiter(enabled=False) in engine.heard
    assert protocol.SetDevice(name="Interface", latency_ms=20.0) in engine.heard


def test_the_default_device_is_left_alone_at_the_start() -> None:
    _, engine = opened()
    assert not engine.of_kind(protocol.SetDevice)


def test_saying_a_thing_twice_says_it_once() -> None:
    session, engine = opened()
    engine.heard.clear()
    session.output.set_muted(True)
    session.output.set_muted(True)
    assert engine.heard == [protocol.SetMute(muted=True)]


def test_the_buffer_stays_within_what_a_device_can_be_asked_for() -> None:
    session, _ = opened()
    session.output.choose_device(None, 5000.0)
    assert session.output.wanted_latency_ms == protocol.LONGEST_LATENCY_MS


def clipping(session: Session) -> bool:
    return session.output.clipping


def device(session: Session) -> str | None:
    return session.engine.device


def test_clipping_stands_until_it_is_noticed_and_comes_again() -> None:
    session, _ = opened()
    told: list[bool] = []
    session.output.clipping_changed.connect(lambda: told.append(clipping(session)))
    session.reception.take_reading(reading(clipped=3, reduction_db=-4.0))
    session.reception.take_reading(reading(clipped=4, reduction_db=-4.0))
    assert clipping(session)
    assert session.output.reduction_db == -4.0
    session.output.clear_clipping()
    assert not clipping(session)
    session.reception.take_reading(reading(clipped=5))
    assert clipping(session)
    assert told == [True, False, True]


def test_the_devices_are_those_the_engine_lists_and_sound_comes_back() -> None:
    session, _ = opened()
    session.reception.take(protocol.SoundLost(reason="The device was unplugged."))
    assert device(session) is None
    session.reception.take(
        protocol.DevicesListed(
            devices=("Built-in", "Interface"), device="Built-in", latency_ms=50.0
        )
    )
    assert session.output.devices == ("Built-in", "Interface")
    assert device(session) == "Built-in"
    assert session.messages.newest is None


def test_stop_goes_back_to_the_start() -> None:
    session, engine = opened()
    session.transport.play()
    session.transport.seek(12.0)
    engine.run()
    session.transport.stop()
    engine.run()
    assert not session.playback.playing
    assert session.transport.position_s == 0.0
    assert engine.position == 0
