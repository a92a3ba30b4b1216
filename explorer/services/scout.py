"""Looks at songs and rehearses plans for the session, in processes of their own."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from explorer.services.vae_child import VaeChild
from explorer.session.session import Session
from explorer.session.training.forecast import Rehearsal
from explorer.session.training.requests import (
    LookAtSongs,
    Rehearse,
    Request,
    StopLooking,
    StopRehearsing,
)
from explorer.session.training.songs import Found, Refused
from vae.training.options import OPTIONS

Record = Mapping[str, Any]


class Scout(QObject):
    """Serves the requests that come before a run; a newer one ends an older one."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._training = session.training
        self._look: VaeChild | None = None
        self._trial: VaeChild | None = None
        self._rehearsal: Rehearsal | None = None
        self._asked = tempfile.TemporaryDirectory(prefix="rehearsal-")
        self._refused: list[Refused] = []
        self._found: Found | None = None
        session.training.requested.connect(self._serve)

    def close(self) -> None:
        """Give up what is under way, and hear no more."""
        self._training.requested.disconnect(self._serve, missing_ok=True)
        self._stop_looking()
        self._stop_rehearsing()
        self._asked.cleanup()

    def _serve(self, request: Request) -> None:
        match request:
            case LookAtSongs():
                self._start_looking(request)
            case StopLooking():
                self._stop_looking()
            case Rehearse():
                self._start_rehearsing(request)
            case StopRehearsing():
                self._stop_rehearsing()
            case _:
                pass  # of runs, for others

    # ------------------------------------------------------------ songs

    def _start_looking(self, request: LookAtSongs) -> None:
        self._stop_looking()
        self._refused, self._found = [], None
        folders = [str(one) for one in request.folders]
        self._look = VaeChild(self, ("survey", "--json", *folders))
        self._look.told.connect(self._hear)
        self._look.ended.connect(self._finish_looking)
        self._look.start()

    def _stop_looking(self) -> None:
        look, self._look = self._look, None
        if look is not None:
            look.give_up()

    def _hear(self, record: Record) -> None:
        match record.get("kind"):
            case "preparation":
                total = max(1, int(record["total"]))
                self._training.songs.advance(int(record["done"]) / total)
            case "refused":
                one = Refused(path=Path(record["path"]), reason=str(record["reason"]))
                self._refused.append(one)
            case "survey":
                self._found = Found(
                    songs=int(record["songs"]),
                    seconds=float(record["seconds"]),
                    refused=tuple(self._refused),
                )

    def _finish_looking(self, fault: str) -> None:
        self._stop_looking()
        songs = self._training.songs
        if self._found is not None and not fault:
            songs.take(self._found)
        else:
            songs.fail(fault or "Looking at the songs ended without a word.")

    # ------------------------------------------------------------ plans

    def _start_rehearsing(self, request: Rehearse) -> None:
        self._stop_rehearsing()
        self._rehearsal = None
        folder = Path(self._asked.name)
        options = request.plan.options(())
        (folder / OPTIONS).write_text(options.to_json())
        self._trial = VaeChild(self, ("rehearse", "--json", "--like", str(folder)))
        self._trial.told.connect(self._hear_trial)
        self._trial.ended.connect(self._finish_rehearsing)
        self._trial.start()

    def _stop_rehearsing(self) -> None:
        trial, self._trial = self._trial, None
        if trial is not None:
            trial.give_up()

    def _hear_trial(self, record: Record) -> None:
        if record.get("kind") == "rehearsal":
            self._rehearsal = Rehearsal(
                device=str(record["device"]),
                samples_per_s=float(record["samples_per_s"]),
                validated_per_s=float(record["validated_per_s"]),
                memory_bytes=int(record["memory"]),
                memory_there_bytes=int(record["memory_there"]),
            )

    def _finish_rehearsing(self, fault: str) -> None:
        self._stop_rehearsing()
        forecast = self._training.forecast
        if self._rehearsal is not None and not fault:
            forecast.take(self._rehearsal)
        else:
            forecast.fail(fault or "Trying the plan ended without a word.")
