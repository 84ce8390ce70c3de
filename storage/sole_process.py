"""One bot a SQLite file: two would take turns at its only write lock, and at the same messages."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.engine import sqlite_file


class AlreadyRunning(Exception):
    """Another bot holds this file."""

    def __init__(self, file: Path) -> None:
        super().__init__(str(file))
        self.file = file


@contextmanager
def sole_process(url: str) -> Iterator[None]:
    """Hold the SQLite file of `url` while the block runs; the system lets go of it when the process dies.

    Other commands may use the file meanwhile. PostgreSQL takes any number of bots. Raises AlreadyRunning.
    """
    file = sqlite_file(url)
    if file is None:
        yield
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.with_name(f"{file.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(file) from None
        yield
