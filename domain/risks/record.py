"""A risk of a solution (T8)."""

from dataclasses import dataclass

from domain.core.bilingual import Bilingual
from domain.core.record import NumberedRecord
from domain.core.severity import Severity
from domain.risks.rules import risk_level


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(NumberedRecord):
    """A risk of a project (T8) and what is done about it."""

    letter = "R"
    project_id: int
    what: Bilingual
    likelihood: Severity
    impact: Severity
    responses: tuple[Bilingual, ...] = ()
    owner: str = ""

    @property
    def level(self) -> Severity:
        return risk_level(self.likelihood, self.impact)
