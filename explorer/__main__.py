"""The command `dctvae-explorer`."""

import sys

from vae.interruption import ends_at_once


def main(arguments: list[str] | None = None) -> int:
    """Open the window; gives the exit status."""
    with ends_at_once():  # until the window hears Ctrl+C itself
        from explorer.command_line import start

        return start(arguments)


if __name__ == "__main__":
    sys.exit(main())
