"""What every record has. Fields become columns of the same name (`storage.tables`)."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of one workspace. `id` is 0 until it is stored; the workspace is the unit of work's and never a field."""

    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedRecord(Record):
    """One that people call by its number, behind the letter of its kind: `I-12`."""

    letter: ClassVar[str]
    number: int

    @property
    def reference(self) -> str:
        return f"{self.letter}-{self.number}"
