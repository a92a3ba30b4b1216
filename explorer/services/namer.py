"""Finds names for sliders for the session, in a process of its own."""

from PySide6.QtCore import QObject

from explorer.services.vae_child import Record, VaeChild
from explorer.session.naming import FindNames, Request, StopFinding
from explorer.session.session import Session


class Namer(QObject):
    """Serves the requests of `session.naming`; a newer one ends an older one."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._naming = session.naming
        self._child: VaeChild | None = None
        session.naming.requested.connect(self._serve)

    def close(self) -> None:
        """Give up what is under way."""
        child, self._child = self._child, None
        if child is not None:
            child.give_up()

    def _serve(self, request: Request) -> None:
        self.close()
        match request:
            case FindNames():
                songs = [str(one) for one in request.songs]
                arguments = ("name", "--json", str(request.model), *songs)
                self._child = VaeChild(self, arguments)
                self._child.told.connect(self._hear)
                self._child.ended.connect(self._finish)
                self._child.start()
            case StopFinding():
                pass

    def _hear(self, record: Record) -> None:
        if record.get("kind") == "preparation":
            share = int(record["done"]) / max(1, int(record["total"]))
            self._naming.advance(share, f"Finding names: {record['stage']}…")

    def _finish(self, fault: str) -> None:
        self.close()
        self._naming.finish(fault)
