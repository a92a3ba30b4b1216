import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from explorer.engine.landings import MOST_WAITING, Landings
from explorer.engine.protocol import Failed, JumpLanded, LandJump
from tests.explorer.engine.doubles import Floats, wait_until
from tests.explorer.engine.room import SECONDS, Room, at_work
from tests.models import TINY
from vae.sound.layout import SAMPLE_RATE
from vae.synthesis.edits import Edit, Voicing
from vae.synthesis.jump import Jump, Jumps

L = TINY.latent_size
ENDS = np.full(L, 5, np.float32)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[Room, Landings]]:
    with at_work(tmp_path) as room:
        landings = Landings(room.renderer, room.events.append)
        yield room, landings
        landings.close(20.0)


def jump(request: int, *, offset: Floats | None = None) -> LandJump:
    far = np.random.default_rng(request).standard_normal(L, dtype=np.float32)
    there = far if offset is None else offset
    return LandJump(request=request, offset=there, least=-ENDS, most=ENDS)


def landed(room: Room, number: int) -> JumpLanded:
    def answers() -> list[JumpLanded]:
        return [one for one in room.events.of(JumpLanded) if one.request == number]

    wait_until(lambda: bool(answers()))
    return answers()[0]


def test_a_jump_lands_near_to_where_it_goes_and_nothing_is_heard_of_it(
    office: tuple[Room, Landings],
) -> None:
    room, landings = office
    room.open_both()
    before = room.renderer.scene
    landings.ask(jump(7))
    offset = landed(room, 7).offset
    assert offset.shape == (L,)
    assert np.abs(offset).max() <= 5.0
    assert np.linalg.norm(offset - jump(7).offset) < 5.0
    assert room.renderer.scene is before


def test_without_a_model_or_with_another_ones_latents_it_fails(
    office: tuple[Room, Landings],
) -> None:
    room, landings = office
    landings.ask(jump(7))
    wait_until(lambda: bool(room.events.of(Failed)))
    room.open_both()
    landings.ask(jump(8, offset=np.zeros(L + 1, np.float32)))
    wait_until(lambda: len(room.events.of(Failed)) == 2)
    assert [one.request for one in room.events.of(Failed)] == [7, 8]
    assert not any(one.cancelled for one in room.events.of(Failed))


def test_the_newest_jump_lands_first_and_every_one_is_answered(
    office: tuple[Room, Landings], monkeypatch: pytest.MonkeyPatch
) -> None:
    room, landings = office
    room.open_both()
    held, begun = threading.Event(), threading.Event()

    def slowly(self: Jumps, one: Jump) -> Floats:
        begun.set()
        held.wait(20.0)
        return one.offset

    monkeypatch.setattr(Jumps, "landed", slowly)
    landings.ask(jump(1))
    assert begun.wait(20.0)
    numbers = range(2, 4 + MOST_WAITING)
    for number in numbers:
        landings.ask(jump(number))
    held.set()
    wait_until(lambda: len(room.events.of(JumpLanded)) == 1 + MOST_WAITING)
    order = [one.request for one in room.events.of(JumpLanded)]
    assert order == [1, *reversed(numbers[2:])]
    given_up = room.events.of(Failed)
    assert [one.request for one in given_up] == [2, 3]
    assert all(one.cancelled for one in given_up)


def test_a_jump_is_heard_at_the_playhead_on_its_stretch_with_its_source(
    office: tuple[Room, Landings], monkeypatch: pytest.MonkeyPatch
) -> None:
    room, landings = office
    room.open_both()
    asked: list[Jump] = []

    def noted(self: Jumps, one: Jump) -> Floats:
        asked.append(one)
        return one.offset

    monkeypatch.setattr(Jumps, "landed", noted)
    room.renderer.seek(SAMPLE_RATE)
    noise = Voicing(source="noise")
    room.renderer.set_edit(
        Edit(offset=np.zeros(L, np.float32), voicing=noise), 1, time.monotonic_ns()
    )
    begun = jump(3)
    landings.ask(
        LandJump(
            request=3,
            offset=begun.offset,
            least=-ENDS,
            most=ENDS,
            like=begun.offset,
            voicing=noise,
            start=2_560,
            stop=round(SECONDS * SAMPLE_RATE),
        )
    )
    landed(room, 3)
    (one,) = asked
    length = TINY.transform.frame_samples
    assert one.frame == SAMPLE_RATE // length
    assert one.start == 2_560 // length
    assert one.stop == -(-round(SECONDS * SAMPLE_RATE) // length)
    assert one.voicing == noise
    assert one.like is begun.offset


def test_it_gets_to_know_the_piece_before_any_jump(
    office: tuple[Room, Landings], monkeypatch: pytest.MonkeyPatch
) -> None:
    room, _ = office
    known: list[Jumps] = []

    def noted(self: Jumps) -> None:
        known.append(self)

    monkeypatch.setattr(Jumps, "get_ready", noted)
    room.open_both()
    wait_until(lambda: room.renderer.resting and bool(known))
    assert len(known) <= 2  # the model's own noise, and the song
