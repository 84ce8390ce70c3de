"""The wording of the enumerations, as the field uses it."""

from enum import Enum

from domain.core import Severity
from domain.issues.record import Category, Dimension, IssueStatus
from domain.kpis.forms import Holds
from domain.kpis.record import AlertClosing, AlertLevel, AlertSeverity, Derived, Frequency, KpiState, Signals
from domain.people.record import Notice, OverdueMode, Role
from domain.pilots.record import MetricStatus
from domain.processes.record import ProcessLevel
from domain.suggestions.record import SuggestionMode, SuggestionState


def label(message: str) -> str:
    """Mark a literal for the catalogues."""
    return message


_WORDING: tuple[tuple[Enum, str], ...] = (
    (Severity.HIGH, label("High")),
    (Severity.MEDIUM, label("Medium")),
    (Severity.LOW, label("Low")),
    (Category.REDUNDANT_STEP, label("Redundant step")),
    (Category.UNCLEAR_RESPONSIBILITY, label("Unclear responsibility")),
    (Category.INFORMATION_GAP, label("Information gap")),
    (Category.LACK_OF_RESOURCES, label("Lack of resources")),
    (Category.MISSING_TOOL, label("Missing tool")),
    (Category.OTHER, label("Other")),
    (Dimension.EFFICIENCY, label("Efficiency")),
    (Dimension.COST, label("Cost")),
    (Dimension.QUALITY, label("Quality")),
    (Dimension.RISK, label("Risk")),
    (IssueStatus.OPEN, label("Open")),
    (IssueStatus.ANALYSING, label("Analysing")),
    (IssueStatus.PLANNED, label("Planned")),
    (IssueStatus.IMPLEMENTING, label("Implementing")),
    (IssueStatus.VERIFYING, label("Verifying")),
    (IssueStatus.CLOSED, label("Closed")),
    (IssueStatus.REJECTED, label("Rejected")),
    (IssueStatus.DUPLICATE, label("Duplicate")),
    (ProcessLevel.CORE, label("Core process")),
    (ProcessLevel.SUPPORT, label("Support process")),
    (ProcessLevel.MANAGEMENT, label("Management process")),
    (Frequency.REAL_TIME, label("Real time")),
    (Frequency.DAILY, label("Daily")),
    (Frequency.WEEKLY, label("Weekly")),
    (Frequency.MONTHLY, label("Monthly")),
    (Frequency.QUARTERLY, label("Quarterly")),
    (Holds.NEXT, label("From the next period on")),
    (Holds.DAY, label("From a day on")),
    (Holds.ALL, label("For all values, old ones too")),
    (KpiState.OK, label("On target")),
    (KpiState.BREACHED, label("Off target")),
    (KpiState.NO_DATA, label("No data yet")),
    (KpiState.PENDING, label("Beyond a line, not yet told")),
    (KpiState.WARNED, label("Warned")),
    (KpiState.RECOVERING, label("Recovering")),
    (KpiState.STALE, label("Value missing")),
    (AlertSeverity.WARNING, label("Warning")),
    (AlertSeverity.BREACH, label("Off target")),
    (AlertClosing.RECOVERED, label("Back on target")),
    (AlertClosing.CORRECTED, label("Data corrected")),
    (AlertClosing.DISMISSED, label("Not a problem")),
    (AlertClosing.ARCHIVED, label("KPI archived")),
    (Signals.DEFAULT, label("Two rules, few false alarms (recommended)")),
    (Signals.NHS, label("Four rules, as the NHS uses them")),
    (AlertLevel.OWNER, label("owner of the KPI")),
    (AlertLevel.PROCESS_OWNER, label("process owner")),
    (AlertLevel.HEAD, label("department head")),
    (AlertLevel.SPONSOR, label("sponsor")),
    (Signals.OFF, label("Off")),
    (Derived.ISSUE_CYCLE_TIME, label("Issues: days from filing to closing")),
    (Derived.OVERDUE_RATE, label("Issues: share that is overdue")),
    (Derived.CLOSED_IN_TIME, label("Issues: share closed in time")),
    (Derived.REOPEN_RATE, label("Issues: share opened again")),
    (Derived.PILOT_SATISFACTION, label("Pilots: satisfaction of who takes part")),
    (Derived.RESPONSE_TIME, label("Suggestions: days to the first decision")),
    (MetricStatus.MET, label("Met")),
    (MetricStatus.NEARLY_MET, label("Nearly met")),
    (MetricStatus.NOT_FULLY_MET, label("Not fully met")),
    (MetricStatus.NOT_MET, label("Not met")),
    (MetricStatus.NO_DATA, label("No data")),
    (SuggestionMode.NAMED, label("With my name")),
    (SuggestionMode.CONFIDENTIAL, label("Confidential")),
    (SuggestionMode.ANONYMOUS, label("Anonymous")),
    (SuggestionState.COLLECTED, label("Collected")),
    (SuggestionState.CLASSIFIED, label("Classified")),
    (SuggestionState.PRIORITISED, label("Prioritised")),
    (SuggestionState.PLANNED, label("In the optimization plan")),
    (SuggestionState.IMPLEMENTING, label("Being put into practice")),
    (SuggestionState.VERIFIED, label("Effect verified")),
    (SuggestionState.DECLINED, label("Declined")),
    (Role.LEAD, label("Improvement lead")),
    (Role.TRIAGER, label("Triager")),
    (Role.SPONSOR, label("Sponsor")),
    (Notice.ISSUES, label("Issues")),
    (Notice.OPTIMIZATIONS, label("Optimizations")),
    (Notice.SYNC, label("Weekly sync")),
    (Notice.KPIS, label("KPI alerts")),
    (Notice.PILOTS, label("Pilots")),
    (OverdueMode.DAILY, label("Once a day")),
    (OverdueMode.ESCALATION, label("Only when it is escalated")),
    (OverdueMode.OFF, label("Never")),
)
_LABELS = {(type(member), member): message for member, message in _WORDING}
"""By kind too: `planned` is a state of issues, of suggestions and of pilots, and each calls it by its own words."""


SEVERITY_SIGN = {Severity.HIGH: "🔴", Severity.MEDIUM: "🟠", Severity.LOW: "🟡"}


def label_of(member: Enum) -> str:
    return _LABELS[type(member), member]
