"""The edges at which a process can die: before and after each commit, before and after each call to Slack."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

LOOK = "after a look"
"""Here nothing may be raised: the pool would lose its connection."""


class Crash(BaseException):
    """The process is gone: nothing of ours catches it, as nothing survives a SIGKILL."""


class Edges:
    """Counts the edges that are passed, and lets something happen at one of them. `looks`: the end of a look is one.

    At an edge of a commit that is still to come the database is locked: what happens there must not write.
    """

    def __init__(self, *, looks: bool = False) -> None:
        self._looks = looks
        self.passed: list[str] = []
        self._planned: dict[int, Callable[[str], None]] = {}
        self._open = True
        self._looking: set[int] = set()  # connections that only look

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
            with self.unwatched():
                planned(name)

    @contextmanager
    def unwatched(self) -> Iterator[None]:
        """Edges that are not the bot's."""
        before, self._open = self._open, False
        try:
            yield
        finally:
            self._open = before

    @contextmanager
    def watching(self, engine: Engine) -> Iterator[None]:
        """Reach the edges of each commit of this engine that writes, and of looks."""
        dialect, commit = engine.dialect, engine.dialect.do_commit

        def commit_between_edges(connection: Any) -> None:
            if id(connection.dbapi_connection) in self._looking:
                commit(connection)
                return
            self.reach("before a commit")
            commit(connection)
            self.reach("after a commit")

        event.listen(engine, "begin", self._begin)
        event.listen(engine, "checkin", self._end)
        dialect.do_commit = commit_between_edges  # type: ignore[method-assign]
        try:
            yield
        finally:
            dialect.do_commit = commit  # type: ignore[method-assign]
            event.remove(engine, "begin", self._begin)
            event.remove(engine, "checkin", self._end)

    def _begin(self, connection: Connection) -> None:
        looks = bool(connection.get_execution_options().get("reading", False))
        (self._looking.add if looks else self._looking.discard)(id(connection.connection.dbapi_connection))

    def _end(self, connection: Any, _record: Any) -> None:
        """A connection goes back to the pool."""
        if id(connection) in self._looking:
            self._looking.discard(id(connection))
            if self._looks:
                self.reach(LOOK)
