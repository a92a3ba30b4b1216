"""Project files: everything a person has done, as a document of its own.

{"format": "dctvae-explorer project", "version": 1,
 …}                                      see `project_json`
"""

from pathlib import Path
from typing import Any

from explorer.session.document import DocumentFormat
from explorer.session.project_content import ProjectContent
from explorer.session.project_json import project_json, read_project_json
from vae.errors import DctvaeError

SUFFIX = ".dctvae"
FAULTS = (AttributeError, KeyError, OverflowError, TypeError, ValueError)


class ProjectError(DctvaeError):
    """A project that cannot be read or written, in a sentence."""


FORMAT = DocumentFormat(
    name="dctvae-explorer project", version=1, noun="a project", error=ProjectError
)


def write_project(path: Path, project: ProjectContent) -> None:
    """Write a project file, complete or not at all.

    Raises
    ------
    ProjectError
        The file cannot be written.
    """
    FORMAT.write(path, project_json(project, path.parent))


def read_project(path: Path) -> ProjectContent:
    """Read a project file.

    Raises
    ------
    ProjectError
        The file is missing, no project, damaged, or of a newer version.
    """
    return _parsed(FORMAT.read(path), path.name)


def project_document(project: ProjectContent, folder: Path) -> dict[str, Any]:
    """What a project file in this folder would hold, to be kept in another file."""
    return {**FORMAT.head, **project_json(project, folder)}


def parsed_project(content: Any, what: str) -> ProjectContent:
    """The project of a document kept in another file; an error speaks of `what`.

    Raises
    ------
    ProjectError
        It is none, damaged, or of a newer version.
    """
    return _parsed(FORMAT.checked(content, what), what)


def _parsed(content: dict[str, Any], what: str) -> ProjectContent:
    try:
        return read_project_json(content)
    except FAULTS as error:
        raise FORMAT.damaged(what) from error
