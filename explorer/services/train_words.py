"""How a training ended, in words a person can act upon."""

import signal

KILLED = (
    "The system stopped it, most likely because memory ran out. It can go on from its "
    "last whole epoch once other programs are closed; if it ends so again, begin "
    "another with half the batch."
)
OUT_OF_MEMORY = (
    "Memory ran out. Begin another with half the batch, or with fewer programs open."
)
DISK_FULL = (
    "The disk is full. Free some space, or keep runs in another folder; it can go on "
    "from its last whole epoch."
)
CRASHED = (
    "It crashed ({what}). It can go on from its last whole epoch; its folder has the "
    "details, in output.txt."
)
KILLS = (-9, 137)  # by SIGKILL, and as a shell tells of it
PREFIX = "dctvae:"
SIGNS = (
    (
        OUT_OF_MEMORY,
        (
            "out of memory",
            "memoryerror",
            "not enough memory",
            "memory does not suffice",
        ),
    ),
    (DISK_FULL, ("no space left", "disk is full")),
)


def ending_words(code: int, output: str) -> str:
    """What an exit code and the last output say; "" for a good end.

    Parameters
    ----------
    code : int
        Less than zero for the signal that ended the process.
    output : str
        What it wrote on its way, the last line last.
    """
    if code == 0:
        return ""
    if code in KILLS:
        return KILLED
    for words, signs in SIGNS:
        if any(one in output.lower() for one in signs):
            return words
    if code < 0:
        return CRASHED.format(what=_name(-code))
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    what = lines[-1] if lines else f"exit status {code}"
    return last_words(output) or CRASHED.format(what=what)


def last_words(output: str) -> str:
    """The one line a `dctvae` command gives of its failure, as a sentence, or ""."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    if not lines or not lines[-1].startswith(PREFIX):
        return ""
    words = lines[-1].removeprefix(PREFIX).strip()
    first = words.split(" ")[0]
    if not any(mark in first for mark in "./\\"):  # the name of a file stays as it is
        words = words[:1].upper() + words[1:]
    return words if words.endswith((".", "!", "?")) else words + "."


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
