"""`dctvae`: compress, train, encode, decode and measure from the command line."""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from vae.errors import DctvaeError
from vae.interruption import ends_at_once

INTERRUPTED = 130  # the status a shell gives a program that Ctrl+C ended


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 with one line on stderr when not.

    Where Ctrl+C ended it, 130; a command may say in the interrupt what that means.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    if isinstance(sys.stdout, TextIOWrapper):  # names of files need not be text
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with ends_at_once():
            from vae.commands.command_line import read_command_line

            arguments = read_command_line(given)
        arguments.run(arguments)
    except DctvaeError as error:
        print(f"dctvae: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt as interrupt:
        print(f"dctvae: {str(interrupt) or 'stopped'}", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        what = error.filename or "what is printed"
        print(f"dctvae: {what}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
