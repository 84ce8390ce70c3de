"""What a message is made from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from domain.core.message import Message
from domain.core.ports import UnitOfWork
from views.core.blocks import Rendered
from views.core.language import Language

M = TypeVar("M", bound=Message)


@dataclass(frozen=True, slots=True)
class Making:
    """The records as they are now, and who reads."""

    work: UnitOfWork
    t: Language
    now: datetime

    @property
    def today(self) -> date:
        """The reader's local date."""
        return self.now.astimezone(self.t.zone).date()


Maker = Callable[[M, Making], Rendered | None]
