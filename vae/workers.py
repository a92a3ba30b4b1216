"""Many hands for one task each: threads, or processes that end when this one does."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread
from types import FrameType
from typing import Protocol, TypeVar

from vae.interruption import held_back

T = TypeVar("T")
R = TypeVar("R")


class Each(Protocol):
    """Does something with each task; gives what comes of them, in their order."""

    def __call__(
        self, function: Callable[[T], R], tasks: Iterable[T], /
    ) -> Iterator[R]:
        """Begin with all of them at once."""


@contextmanager
def threads(count: int | None = None) -> Iterator[Each]:
    """Threads, one a core unless told otherwise.

    Left early, they finish what they are at, and begin nothing more.
    """
    pool = ThreadPoolExecutor(count)
    try:
        yield pool.map
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def processes(count: int | None = None) -> Iterator[Each]:
    """Processes, one a core unless told otherwise.

    Ctrl+C is this process's affair. Left early, or when this process comes to a sudden
    end, they give up what they are at: its `finally` blocks are still run.

    Raises
    ------
    BrokenProcessPool
        While it is asked for what came of a task: one of them was ended from outside.
    """
    context = get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(
        count, mp_context=context, initializer=_serve, initargs=(theirs,)
    )

    def each(function: Callable[[T], R], tasks: Iterable[T], /) -> Iterator[R]:
        with held_back():  # the processes are started here
            return _results([pool.submit(_done, function, task) for task in tasks])

    try:
        yield each
        pool.shutdown()
    finally:
        ours.close()
        pool.shutdown()
        theirs.close()


def _results(begun: "list[Future[R]]") -> Iterator[R]:
    """In their order; unlike those of `map`, none is cancelled when they are left.

    A pool whose processes end stumbles over cancelled ones.
    """
    for one in begun:
        yield one.result()


def _serve(line: "Connection[None, None]") -> None:
    """Get ready; `line` is closed when nobody waits for the work any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    Thread(target=_end_with, args=(line,), daemon=True).start()


def _end_with(line: "Connection[None, None]") -> None:
    try:
        line.recv()
    except (EOFError, OSError):
        os.kill(os.getpid(), signal.SIGTERM)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(1)


def _done(function: Callable[[T], R], task: T) -> R:
    try:
        return function(task)
    except SystemExit:
        os._exit(1)  # all is tidied up; else the executor takes it for an answer
