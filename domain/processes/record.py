"""The process inventory (T1) with the assignment of its steps (T2)."""

from dataclasses import dataclass
from enum import StrEnum

from domain.core.record import NO_LINE, Line, Record


class ProcessLevel(StrEnum):
    CORE = "core"
    SUPPORT = "support"
    MANAGEMENT = "management"


@dataclass(frozen=True, slots=True)
class Step:
    """One key step, in the order of the process. `time_limit` keeps what was promised, as written."""

    name: str
    name_zh: str = ""
    department_id: int | None = None
    position: Line = NO_LINE
    assistants: Line = NO_LINE
    time_limit: Line = NO_LINE
    deliverable: Line = NO_LINE
    criteria: Line = NO_LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Process(Record):
    name: str
    name_zh: str = ""
    level: ProcessLevel = ProcessLevel.CORE
    department_id: int | None = None
    version: str = "V1.0"
    owner: str = ""
    channel: str = ""
    steps: tuple[Step, ...] = ()
    problems: tuple[Line, ...] = ()
    suggestions: tuple[Line, ...] = ()
