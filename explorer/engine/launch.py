"""How the window starts the engine; this module knows neither torch nor PortAudio."""

import multiprocessing
import signal
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from explorer.engine.protocol import Command, Event
from vae.interruption import held_back


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
    with held_back():
        process.start()
    theirs.close()
    return process, ours


def _run(connection: "Connection[Event, Command]") -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the window's affair
    from explorer.engine.process import main

    main(connection)
