"""The sudden end of an engine, and how the one after it goes on."""

from typing import TYPE_CHECKING

from explorer.engine.protocol import ModelOpened
from explorer.session.model import Model

if TYPE_CHECKING:
    from explorer.session.session import Session


class EngineLoss:
    """Tells how an engine ended and what ended with it, and what was kept.

    Attributes
    ----------
    outlived : bool
        True where a song has outlived an engine, and the next one has not opened it.
    """

    def __init__(self, session: "Session") -> None:
        self.outlived = False
        self._session = session
        self._resume = False  # it was playing
        self._end = ""  # how the last engine ended
        self._lost = ""  # what ended with it

    def take(self, reason: str, *, restarting: bool) -> None:
        """The engine has died; `reason` says how, as the end of a sentence."""
        session, self._end = self._session, reason
        session.tools.jumps.forget()
        tasks = session.tasks.abandon()
        session.loading.give_up(tasks)
        session.exports.handout.lose()
        lost = (session.exports.lose(tasks), session.recorder.lose())
        self._lost = "".join(f" {one}" for one in lost if one)
        self.outlived = self.outlived or session.song is not None
        self._resume = self._resume or session.playback.playing
        session.playback.set_playing(False)
        if restarting:
            session.engine.set_phase("restarting")
            kept = " with your point, song and position" if self.outlived else ""
            then = f"It is being started again{kept}."
        else:
            session.engine.set_phase("stopped")
            then = "It has failed too often to be started again by itself."
        session.messages.error("engine", f"The engine {reason}. {then}{self._lost}")

    def compare(self, before: Model | None, now: ModelOpened) -> None:
        """Tell where the file of the model holds another one than the lost engine had.

        What was done is kept where the sliders are as many, but they mean something
        else.
        """
        same_file = before is not None and before.path == now.path
        if not (self.outlived and same_file) or before is None:
            return
        if before.model_hash != now.model_hash:
            self._session.messages.warning(
                "model",
                f"{now.path.name} is not the model it was: what was done with that one "
                "is heard with this one.",
            )

    def make_good(self, *, kept: bool) -> None:
        """The next engine has opened a song: go on where the one before ended.

        Parameters
        ----------
        kept : bool
            It is the same song.
        """
        session = self._session
        what = "point, song and position are" if kept else "gain and loop are"
        session.messages.warning(
            "engine",
            f"The engine {self._end}. It has been started again, and your {what} kept."
            f"{self._lost}",
        )
        if self._resume:
            session.transport.play()
        self.outlived = self._resume = False
