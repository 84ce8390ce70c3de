"""The process inventory (T1) with the assignment of its steps (T2)."""

from dataclasses import dataclass
from enum import StrEnum

from domain.core import NO_TEXT, Bilingual, Record


class ProcessLevel(StrEnum):
    CORE = "core"
    SUPPORT = "support"
    MANAGEMENT = "management"


@dataclass(frozen=True, slots=True)
class Step:
    """One key step, in the order of the process. `time_limit` keeps what was promised, as written."""

    name: Bilingual
    department_id: int | None = None
    position: Bilingual = NO_TEXT
    assistants: Bilingual = NO_TEXT
    time_limit: Bilingual = NO_TEXT
    deliverable: Bilingual = NO_TEXT
    criteria: Bilingual = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Process(Record):
    name: Bilingual
    level: ProcessLevel = ProcessLevel.CORE
    department_id: int | None = None
    version: str = "V1.0"
    owner: str = ""
    channel: str = ""
    steps: tuple[Step, ...] = ()
    problems: tuple[Bilingual, ...] = ()
    suggestions: tuple[Bilingual, ...] = ()
