"""Which handler answers what. Each capability declares its own routes; `handlers.registry` puts them together."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from handlers.core.replies import Reply
from handlers.core.request import Request

Handler = Callable[[Request], Reply]


class Kind(StrEnum):
    COMMAND = "command"
    ACTION = "action"
    SUBMISSION = "submission"
    SHORTCUT = "shortcut"
    OPTIONS = "options"
    EVENT = "event"


class Routes:
    """A table of handlers by kind and name; commands also by their first word."""

    def __init__(self) -> None:
        self._handlers: dict[tuple[Kind, str], Handler] = {}

    def command(self, name: str) -> Callable[[Handler], Handler]:
        """`issue` answers `/issue …`; `issue list` answers `/issue list …` with the rest as its text."""
        return self._add(Kind.COMMAND, name)

    def action(self, name: str) -> Callable[[Handler], Handler]:
        """An element's action id. `issue.done` also answers `issue.done:12`: ids are unique in a block."""
        return self._add(Kind.ACTION, name)

    def submission(self, name: str) -> Callable[[Handler], Handler]:
        return self._add(Kind.SUBMISSION, name)

    def shortcut(self, name: str) -> Callable[[Handler], Handler]:
        return self._add(Kind.SHORTCUT, name)

    def options(self, name: str) -> Callable[[Handler], Handler]:
        return self._add(Kind.OPTIONS, name)

    def event(self, name: str) -> Callable[[Handler], Handler]:
        return self._add(Kind.EVENT, name)

    def include(self, others: Iterable["Routes"]) -> "Routes":
        for other in others:
            for (kind, name), handler in other._handlers.items():
                self._add(kind, name)(handler)
        return self

    def find(self, kind: Kind, name: str) -> Handler | None:
        return self._handlers.get((kind, name.partition(":")[0]))

    def subcommands(self, command: str) -> list[str]:
        """The words that may follow a command."""
        named = (name for kind, name in self._handlers if kind is Kind.COMMAND)
        return [name.partition(" ")[2] for name in named if name.startswith(f"{command} ")]

    def names(self, kind: Kind) -> set[str]:
        return {name for of, name in self._handlers if of is kind}

    def _add(self, kind: Kind, name: str) -> Callable[[Handler], Handler]:
        def remember(handler: Handler) -> Handler:
            if (kind, name) in self._handlers:
                raise ValueError(f"two handlers for {kind} {name!r}")
            self._handlers[kind, name] = handler
            return handler

        return remember
