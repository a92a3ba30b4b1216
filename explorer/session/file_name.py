"""Names for new files."""

from pathlib import Path

from vae.files import being_written, is_there

FORBIDDEN = frozenset('/\\:*?"<>|')  # somewhere
MOST_BYTES = 200  # file systems take 255, some a little less
MOST_LETTERS = 36  # of a name that gets a number: they tell what is being written


def file_name(title: str, ending: str) -> str:
    """What a song or project is called, as a name that every system takes.

    Titles come from tags and from other people's files: they may be of any length, and
    hold what no name may.
    """
    letters = ("-" if one in FORBIDDEN else one for one in title)
    name = "".join(one for one in letters if one.isprintable() or _byte(one))
    while len(name.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        name = name[:-1]
    return f"{name.strip(' .') or 'x'}{ending}"


def fresh_path(path: Path, *, ending: str = "") -> Path:
    """The path, with a number where a file of that name is there or begun.

    A name that is too long for one is cut, before the ending of its stem.
    """
    number, fresh = 2, path
    title = path.stem.removesuffix(ending)[: MOST_LETTERS - len(ending)]
    while is_there(fresh) or being_written(fresh):
        fresh = path.with_stem(f"{title}{ending} {number}")
        number += 1
    return fresh


def _byte(letter: str) -> bool:
    """True where it stands for a byte of a name that is no text."""
    return "\udc80" <= letter <= "\udcff"
