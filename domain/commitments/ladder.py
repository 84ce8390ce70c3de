"""How late something is, and who has to hear of it: the owner, the department's head, the sponsor."""

from datetime import date
from enum import StrEnum

from domain.calendars.working_days import WorkingCalendar
from domain.people.record import Workspace


class EscalationLevel(StrEnum):
    """Who is told of overdue work, beyond its owner."""

    OWNER = "owner"
    HEAD = "head"
    SPONSOR = "sponsor"


class Lateness(StrEnum):
    LATER = "later"
    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"


def lateness(due: date, today: date, calendar: WorkingCalendar, soon_days: int = 2) -> Lateness:
    """`soon` begins `soon_days` working days before the due day."""
    if due < today:
        return Lateness.OVERDUE
    if due == today:
        return Lateness.TODAY
    return Lateness.SOON if calendar.between(today, due) <= soon_days else Lateness.LATER


def days_overdue(due: date, today: date, calendar: WorkingCalendar) -> int:
    """Working days since the due day; a due day on Friday is one day overdue on Monday."""
    return calendar.between(due, today)


def level(overdue: int, workspace: Workspace) -> EscalationLevel:
    if overdue >= workspace.sponsor_days:
        return EscalationLevel.SPONSOR
    return EscalationLevel.HEAD if overdue >= workspace.escalate_days else EscalationLevel.OWNER
