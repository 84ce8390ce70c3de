"""When an issue is due if nobody says: by severity, in working days (METHOD §4: high 3, medium 10, low 20)."""

from datetime import date

from domain.enumerations import Severity
from domain.records.people import Workspace
from domain.rules.working_days import calendar_of


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
