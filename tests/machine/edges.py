"""The edges at which a process can die: before and after each commit, before and after each call to Slack."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event


class Crash(BaseException):
    """The process is gone: nothing of ours catches it, as nothing survives a SIGKILL."""


class Edges:
    """Counts the edges that are passed, and lets something happen at one of them.

    At an edge of a commit that is still to come the database is locked: what happens there must not write.
    """

    def __init__(self) -> None:
        self.passed: list[str] = []
        self._planned: dict[int, Callable[[str], None]] = {}
        self._open = True
        self._only_looks = False

    def plan(self, ahead: int, what: Callable[[str], None]) -> None:
        """Let `what` happen at the edge that is so many ahead; 0 is the next one."""
        self._planned[len(self.passed) + ahead] = what

    def forget(self) -> None:
        """Nothing that was planned happens."""
        self._planned.clear()

    def reach(self, name: str) -> None:
        """An edge is reached. What happens at one passes none itself."""
        if not self._open:
            return
        self.passed.append(name)
        planned = self._planned.pop(len(self.passed) - 1, None)
        if planned is not None:
            self._open = False
            try:
                planned(name)
            finally:
                self._open = True

    @contextmanager
    def watching(self, engine: Engine) -> Iterator[None]:
        """Reach the edges of each commit of this engine that writes."""
        dialect, commit = engine.dialect, engine.dialect.do_commit

        def commit_between_edges(connection: Any) -> None:
            if self._only_looks:
                commit(connection)
                return
            self.reach("before a commit")
            commit(connection)
            self.reach("after a commit")

        event.listen(engine, "begin", self._begin)
        dialect.do_commit = commit_between_edges  # type: ignore[method-assign]
        try:
            yield
        finally:
            dialect.do_commit = commit  # type: ignore[method-assign]
            event.remove(engine, "begin", self._begin)

    def _begin(self, connection: Connection) -> None:
        self._only_looks = bool(connection.get_execution_options().get("reading", False))
