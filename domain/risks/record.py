"""A risk of a solution (T8)."""

from dataclasses import dataclass

from domain.core.record import Line, Record
from domain.core.severity import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Record):
    """A risk of a project (T8) and what is done about it. Its level is `domain.risks.rules`."""

    project_id: int
    what: Line
    likelihood: Severity
    impact: Severity
    responses: tuple[Line, ...] = ()
    owner: str = ""
