"""Backups: the work of a program that still runs, for when it comes to a sudden end.

    {"format": "dctvae-explorer backup", "version": 1,
     "when": "2026-11-25T15:20:01",     local time
     "project": "/…/Mine.dctvae",       null: it was never saved
     "content": {…}}                    as in a project file

The lock beside it is held while its program lives.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from explorer.session.project_content import ProjectContent
from explorer.session.project_file import (
    ProjectError,
    parsed_project,
    project_document,
    read_project,
)
from explorer.session.project_search import Found, find_files
from vae.files import write_bytes

FORMAT = "dctvae-explorer backup"
VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Backup:
    """What a backup says."""

    content: ProjectContent
    project: Path | None
    when: datetime

    @property
    def found(self) -> Found:
        """Its work, with its files where they are, and what the project's file says."""
        found = find_files(self.content, self.project)
        return Found(
            file=found.file,
            path=self.project,
            missing=found.missing,
            saved=_saved(self.project),
        )


def write_backup(path: Path, backup: Backup) -> None:
    """Write a backup, complete or not at all.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    project = backup.project
    folder = project.parent if project is not None else path.parent
    content = {
        "format": FORMAT,
        "version": VERSION,
        "when": backup.when.isoformat(timespec="seconds"),
        "project": None if project is None else str(project),
        "content": project_document(backup.content, folder),
    }
    text = json.dumps(content, ensure_ascii=False)
    write_bytes(path, text.encode("utf-8", "surrogateescape"))


def read_backup(path: Path) -> Backup | None:
    """The backup of a file; None where it is none that this program reads."""
    try:
        content = json.loads(path.read_bytes().decode("utf-8", "surrogateescape"))
        if content["format"] != FORMAT or content["version"] != VERSION:
            return None
        project = content["project"]
        return Backup(
            content=parsed_project(content["content"], path.name),
            project=None if project is None else Path(project),
            when=datetime.fromisoformat(content["when"]),
        )
    except (OSError, KeyError, TypeError, ValueError, RecursionError, ProjectError):
        return None


def _saved(project: Path | None) -> ProjectContent | None:
    if project is None:
        return None
    try:
        return read_project(project)
    except ProjectError:
        return ProjectContent()  # it is gone: all of the work would be lost
