"""A risk of a solution (T8)."""

from dataclasses import dataclass

from domain.core.bilingual import Bilingual
from domain.core.record import Record
from domain.core.severity import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Record):
    """A risk of a project (T8) and what is done about it. Its level is `domain.risks.rules`."""

    project_id: int
    what: Bilingual
    likelihood: Severity
    impact: Severity
    responses: tuple[Bilingual, ...] = ()
    owner: str = ""
