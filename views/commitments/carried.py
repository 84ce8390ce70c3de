"""What the buttons on commitments carry."""

from dataclasses import dataclass
from typing import ClassVar

from views.core.carried import Carried, Id


@dataclass(frozen=True, slots=True)
class Moved(Carried):
    """The action's own name: what was pressed, on a record of which kind."""

    action: str
    kind: str
    record: Id


@dataclass(frozen=True, slots=True)
class Snoozed(Carried):
    """Until when, and where the line stands: in a digest, in a list."""

    sign: ClassVar[str] = "|"
    until: str
    origin: str = ""
