"""Writing the song as it is edited to a sound file."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.engine.protocol import Export, SoundFormat
from explorer.session.handout import Handout
from explorer.session.tasks import Task
from vae.files import clear_abandoned

if TYPE_CHECKING:
    from explorer.session.session import Session


class Exports:
    """Has the engine write files, each a task that can be followed and given up.

    Attributes
    ----------
    handout : Handout
        The song as edited, to be dragged out of the window.
    """

    def __init__(self, session: "Session") -> None:
        self.handout = Handout(session)
        self._session = session

    def write(
        self,
        path: Path,
        form: SoundFormat | None = None,
        region: tuple[int, int] | None = None,
    ) -> None:
        """Write the song, or a stretch of it in samples; nothing before one is open.

        Parameters
        ----------
        path : Path
        form : SoundFormat, optional
            24 bits unless given.
        region : tuple of int, optional
            Samples, start to stop.
        """
        if self._session.ready:
            self._session.places.exports = path.parent
            self.begin(path, form, region)

    def begin(
        self, path: Path, form: SoundFormat | None, region: tuple[int, int] | None
    ) -> int:
        """Have the engine write, as in `write`; gives the number of the request."""
        session = self._session
        session.audition.end()
        task = session.tasks.start("export", path, f"Writing {path.name}…")
        start, stop = region or (0, None)
        session.orders.send(
            Export(request=task.request, path=path, format=form, start=start, stop=stop)
        )
        return task.request

    def lose(self, tasks: Iterable[Task]) -> str:
        """The engine is gone with its tasks: clear up; gives what was not written."""
        return self.give_up(
            task.path for task in tasks if task.kind == "export" and task.path
        )

    @staticmethod
    def give_up(paths: Iterable[Path]) -> str:
        """Clear away files half written; gives which they were."""
        lost = list(paths)
        for path in lost:
            clear_abandoned(path)
        if not lost:
            return ""
        were = "was" if len(lost) == 1 else "were"
        names = ", ".join(path.name for path in lost)
        return f"{names} {were} not written: export again."
