"""Due days: by severity if nobody says, in working days (high 3, medium 10, low 20 unless set); never in the past."""

from datetime import date

from domain.calendars.working_days import calendar_of
from domain.core import FormErrors, Severity, words
from domain.people.record import Workspace


def due_days(severity: Severity, workspace: Workspace) -> int:
    match severity:
        case Severity.HIGH:
            return workspace.due_days_high
        case Severity.MEDIUM:
            return workspace.due_days_medium
        case Severity.LOW:
            return workspace.due_days_low


def default_due(severity: Severity, today: date, workspace: Workspace) -> date:
    """The local due day: the filing day does not count ('within 3 working days' starts on the next one)."""
    return calendar_of(workspace.country).after(today, due_days(severity, workspace))


def not_past(due: date | None, today: date) -> None:
    """A new due day is today or later. Raises FormErrors for the field `due`."""
    if due is not None and due < today:
        raise FormErrors({"due": words("This day is over. Choose today or a later day.")})
