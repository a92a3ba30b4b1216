"""How the window starts the engine; this module knows neither torch nor PortAudio."""

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from explorer.engine.protocol import Command, Event


def start_engine() -> "tuple[BaseProcess, Connection[Command, Event]]":
    """A new engine, and the window's end of the pipe to it.

    The first event is `EngineStarted`. The engine ends after `Shutdown`, and when the
    pipe is closed or the window is gone.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_run, args=(theirs,), name="dctvae-explorer engine", daemon=True
    )
    with _no_interrupts():
        process.start()
    theirs.close()
    return process, ours


def _run(connection: "Connection[Event, Command]") -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the window's affair
    from explorer.engine.process import main

    main(connection)


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back; a process started inside is born deaf to it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
