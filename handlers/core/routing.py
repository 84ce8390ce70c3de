"""Which handler answers what. Each capability declares its own routes; `handlers.registry` puts them together."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum
from functools import cached_property

from domain.text.command_words import SPELLINGS
from handlers.core.replies import Reply
from handlers.core.request import Request
from views.home.help import Command, Usage

Handler = Callable[[Request], Reply]


class Kind(StrEnum):
    COMMAND = "command"
    ACTION = "action"
    SUBMISSION = "submission"
    SHORTCUT = "shortcut"
    OPTIONS = "options"
    EVENT = "event"


class Routes:
    """A table of handlers by kind and name; commands also by their first word.

    `discreet`: the log does not name what was asked of these.
    """

    def __init__(self, *, discreet: bool = False) -> None:
        self._discreet = discreet
        self._unnamed: set[tuple[Kind, str]] = set()
        self._handlers: dict[tuple[Kind, str], Handler] = {}
        self._commands: dict[str, Command] = {}
        self._usages: list[tuple[str, Usage]] = []
        self._spellings: dict[str, tuple[str, ...]] = {}

    def slash(self, name: str, description: str, *usages: Usage) -> None:
        """Announce a slash command, for the manifest and the help."""
        self._commands[name] = Command(name, description, ())
        self.help(name, *usages)

    def help(self, name: str, *usages: Usage) -> None:
        """Further lines in the help of a slash command."""
        self._usages += [(name, usage) for usage in usages]

    def command(self, name: str, *spellings: str) -> Callable[[Handler], Handler]:
        """`issue` answers `/issue …`; `issue list` answers `/issue list …` with the rest as its text.

        `spellings` of its last word are understood, too, the Chinese one first; verbs have theirs already.
        """
        if spellings:
            self._spellings[name.rpartition(" ")[2]] = spellings
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
            self._unnamed |= other._unnamed
            self._commands |= other._commands
            self._usages += other._usages
            self._spellings |= other._spellings
        return self

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """The slash commands with all lines of their help."""
        usages = {name: tuple(usage for of, usage in self._usages if of == name) for name in self._commands}
        return tuple(replace(command, usages=usages[name]) for name, command in self._commands.items())

    def slash_command(self, name: str) -> Command:
        """The command of this name; one that nobody announced has no help."""
        return next((command for command in self.commands if command.name == name), Command(name, "", ()))

    @cached_property
    def spellings(self) -> dict[str, tuple[str, ...]]:
        """How each word of a command can be written besides itself."""
        return SPELLINGS | self._spellings

    def find(self, kind: Kind, name: str) -> Handler | None:
        return self._handlers.get((kind, name.partition(":")[0]))

    def name_for_log(self, kind: Kind, name: str) -> str:
        """The name; nothing where the log shall not tell what was asked."""
        return "" if (kind, name.partition(":")[0]) in self._unnamed else name

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
            if self._discreet:
                self._unnamed.add((kind, name))
            return handler

        return remember
