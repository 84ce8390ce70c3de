"""Naming a record of any kind."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """A record by the name of its kind and its id, as messages, buttons and links carry it: `issue:12`."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @property
    def card(self) -> str:
        """The key of the message that its card stands in, unless its kind says otherwise."""
        return f"{self}:card"
