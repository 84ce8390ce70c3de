"""The process inventory (T1) with the assignment of its steps (T2)."""

from dataclasses import dataclass

from domain.enumerations import ProcessLevel
from domain.records.base import Record


@dataclass(frozen=True, slots=True)
class Step:
    """One key step, in the order of the process. `time_limit` keeps what was promised, as written."""

    name: str
    name_zh: str = ""
    position: str = ""
    assistants: str = ""
    time_limit: str = ""
    deliverable: str = ""
    criteria: str = ""


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
    problems: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
