"""What people did and what they were told: the other side of what the database and Slack have to show."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from threading import Lock

from domain.issues.record import IssueStatus


@dataclass
class Ledger:
    """A thing is accepted when the person saw it confirmed; what was only tried may be there, but never twice."""

    issues: dict[str, bool] = field(default_factory=dict)  # title → accepted
    suggestions: dict[str, bool] = field(default_factory=dict)  # text → accepted
    values: dict[tuple[str, date], tuple[Decimal, bool]] = field(default_factory=dict)  # (KPI, day) → value, accepted
    statuses: dict[str, IssueStatus | None] = field(default_factory=dict)  # title → as confirmed; None: unknown
    unanswered: int = 0
    troubled: list[str] = field(default_factory=list)
    """Sentences that people read when something went wrong, and other surprises."""
    _lock: Lock = field(default_factory=Lock)

    def not_answered(self) -> None:
        with self._lock:
            self.unanswered += 1

    def trouble(self, what: str) -> None:
        with self._lock:
            self.troubled.append(what)

    @property
    def accepted(self) -> dict[str, int]:
        """How many things of each kind were confirmed."""
        return {
            "issues": sum(self.issues.values()),
            "moves": sum(status is not None for status in self.statuses.values()),
            "suggestions": sum(self.suggestions.values()),
            "values": sum(accepted for _, accepted in self.values.values()),
        }
