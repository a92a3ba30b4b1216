"""Documents: JSON files that carry the name of their format, and its version."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vae.errors import DctvaeError
from vae.files import write_bytes

HEAD_BYTES = 200  # in which a document says what it is


@dataclass(frozen=True, kw_only=True)
class DocumentFormat:
    """A kind of document, and what is said where a file is none.

    A path in it that is no text is kept by its bytes, as Python writes them.

    Attributes
    ----------
    name : str
        As it stands in the file.
    version : int
        The newest that is read, and the one that is written.
    noun : str
        What such a file is, "a project".
    error : type of DctvaeError
        Raised with a sentence.
    largest_bytes : int
        More was never one.
    """

    name: str
    version: int
    noun: str
    error: type[DctvaeError]
    largest_bytes: int = 50_000_000

    def write(self, path: Path, content: dict[str, Any]) -> None:
        """Write a document, complete or not at all; `content` is all but its head."""
        whole = {**self.head, **content}
        text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
        try:
            write_bytes(path, text.encode("utf-8", "surrogateescape"))
        except OSError as error:
            raise self.error(
                f"{path.name} cannot be written: {error.strerror}."
            ) from error

    def begins(self, path: Path) -> bool:
        """True where a file begins as such a document does; it may be damaged."""
        try:
            with path.open("rb") as file:
                head = file.read(HEAD_BYTES)
        except OSError:
            return False
        return f'"format": "{self.name}"'.encode() in head

    def read(self, path: Path) -> dict[str, Any]:
        """The content of a file; nothing but its head is checked."""
        try:
            if path.stat().st_size > self.largest_bytes:
                raise self.error(f"{path.name} is not {self.noun}.")
            content = json.loads(path.read_bytes().decode("utf-8", "surrogateescape"))
        except OSError as error:
            raise self.error(
                f"{path.name} cannot be opened: {error.strerror}."
            ) from error
        except (ValueError, RecursionError) as error:
            raise self.error(f"{path.name} is not {self.noun}.") from error
        return self.checked(content, path.name)

    @property
    def head(self) -> dict[str, Any]:
        """What a document begins with."""
        return {"format": self.name, "version": self.version}

    def checked(self, content: Any, what: str) -> dict[str, Any]:
        """The content, where its head is that of such a document."""
        if not isinstance(content, dict) or content.get("format") != self.name:
            raise self.error(f"{what} is not {self.noun}.")
        self.check_version(content.get("version"), what)
        return content

    def check_version(self, version: object, what: str) -> None:
        """Refuse a version that is none, or too new."""
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise self.damaged(what)
        if version > self.version:
            raise self.error(
                f"{what} is of format version {version}, made by a newer program than "
                f"this one, which reads versions up to {self.version}."
            )

    def damaged(self, what: str) -> DctvaeError:
        """The error to raise where what follows the head makes no sense."""
        return self.error(f"{what} is damaged and cannot be read.")
