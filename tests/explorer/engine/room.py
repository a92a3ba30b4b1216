"""A desk at work, with all around it, and ways to ask it and to listen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from explorer.engine.desk import Desk, Request
from explorer.engine.player import Player
from explorer.engine.protocol import (
    CloseSource,
    Failed,
    OpenModel,
    OpenSong,
)
from explorer.engine.renderer import Renderer
from tests.explorer.engine.doubles import Events, Floats, listen, player, wait_until
from tests.models import tiny_checkpoint
from tests.sounds import write_song

SECONDS = 2.0  # of the song


@dataclass(frozen=True)
class Room:
    """A desk at work, and all around it."""

    desk: Desk
    renderer: Renderer
    player: Player
    events: Events
    model: Path
    song: Path

    def answer(self, request: Request) -> Failed | None:
        """Wait until a request is answered; gives the failure if it is one."""
        assert not isinstance(request, CloseSource)  # it is not answered
        self.desk.ask(request)
        return self.wait_for_answer(request.request)

    def wait_for_answer(self, number: int) -> Failed | None:
        wait_until(lambda: number not in self.desk._open)
        failures = [one for one in self.events.of(Failed) if one.request == number]
        return failures[-1] if failures else None

    def open_both(self) -> None:
        assert self.answer(OpenModel(request=1, path=self.model)) is None
        assert self.answer(OpenSong(request=2, path=self.song)) is None


@contextmanager
def at_work(folder: Path) -> Iterator[Room]:
    """A desk with a tiny model and a short song in a folder."""
    events = Events()
    with player() as (one, _):
        renderer = Renderer(one, events.append)
        desk = Desk(renderer, events.append)
        model = tiny_checkpoint(folder)
        song = write_song(folder / "notes.wav", seconds=SECONDS)
        try:
            yield Room(desk, renderer, one, events, model, song)
        finally:
            desk.close(20.0)
            renderer.close(20.0)


def heard_from(room: Room, position: int, count: int) -> Floats:
    """(2, count) of what is played from a position on, the ramp cut off."""
    start = position - 1_000
    room.player.pause()
    room.renderer.seek(start)

    def there() -> bool:
        listen(room.player, 220)
        return room.player.silent and room.player.position == start

    def rendered() -> bool:
        tape = room.renderer._tape
        return tape is not None and tape.covers(start, count + 3_000, loop=None)

    wait_until(there)
    wait_until(rendered)
    room.player.play()
    return listen(room.player, 1_000 + count)[:, 1_000:]
