"""What the buttons of the weekly sync carry."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from views.core.carried import Carried


@dataclass(frozen=True, slots=True)
class SyncOf(Carried):
    """A channel's sync, or its report up to and with a local day."""

    sign: ClassVar[str] = "|"
    channel: str
    day: date


@dataclass(frozen=True, slots=True)
class SectionOf(Carried):
    """A section in full: of the sync of a day, or of the report up to it."""

    sign: ClassVar[str] = "|"
    channel: str
    day: date
    kind: Literal["sync", "report"]
    section: str
