"""KPIs from Gemba's own records: worked out once a period has ended, for a process, for departments, or for all.

A KPI with a process counts what belongs to it, else one with departments what belongs to their processes, else all.
A moment belongs to the day that it is in the workspace's time zone.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from domain.calendars.working_days import calendar_of
from domain.core import Activity, Since, UnitOfWork
from domain.issues.record import FINISHED, Issue, IssueStatus
from domain.kpis.record import Derived, Kpi, KpiReading
from domain.kpis.sources.figures import mean_days, mean_rating, percent
from domain.kpis.values.actions import Value, upsert_values
from domain.kpis.values.periods import period_start, previous_end
from domain.people.routing import today_of, zone
from domain.pilots.record import Feedback, Pilot
from domain.processes.record import Process
from domain.schedules.slots import local_instant
from domain.suggestions.record import Suggestion, SuggestionState

BACK = 12
"""So many ended periods are looked at: a new KPI begins with a past, and what an outage left out is made good."""
VIA = "derived"


def derive_values(work: UnitOfWork, *, now: datetime) -> int:
    """Work out what has ended and has no value yet. Returns how many values."""
    kpis = work.of(Kpi).find(archived_at=None)
    return sum(derive(work, kpi, now=now) for kpi in kpis if kpi.derived is not None)


def derive(work: UnitOfWork, kpi: Kpi, *, now: datetime) -> int:
    """The values of one KPI. A period in which nothing happened that could be counted gets none."""
    today, calendar = today_of(None, work.workspace, now), calendar_of(work.workspace.country)
    ends = [previous_end(today, kpi.frequency, calendar)]
    while len(ends) < BACK:
        ends.append(previous_end(ends[-1], kpi.frequency, calendar))
    have_values = {reading.period for reading in work.of(KpiReading).find(kpi_id=kpi.id, period=Since(ends[-1]))}
    worked_out = [(end, figure_for(work, kpi, end)) for end in reversed(ends) if end not in have_values]
    values = [Value("", end, value) for end, value in worked_out if value is not None]
    if values:
        upsert_values(work, kpi, values, by="", via=VIA, now=now)
    return len(values)


def figure_for(work: UnitOfWork, kpi: Kpi, end: date) -> Decimal | None:
    """A KPI's figure for the period that ends on `end`."""
    local = zone(work.workspace.timezone)
    first = period_start(end, kpi.frequency)
    since, until = local_instant(first, time(), local), local_instant(end + timedelta(days=1), time(), local)
    period = _Period(work, _processes_of(work, kpi), first, end, since, until)
    return FIGURES[kpi.derived](period) if kpi.derived else None


def _processes_of(work: UnitOfWork, kpi: Kpi) -> Collection[int] | None:
    """Those that count; None: whatever it is about, or about none."""
    if kpi.process_id is not None:
        return (kpi.process_id,)
    return {process.id for process in work.of(Process).find(department_id=kpi.departments)} if kpi.departments else None


@dataclass(frozen=True, slots=True)
class _Period:
    """A period, as local days (both inclusive) and as moments (`until` is not in it)."""

    work: UnitOfWork
    processes: Collection[int] | None
    first: date
    end: date
    since: datetime
    until: datetime

    def has(self, moment: datetime | None) -> bool:
        return moment is not None and self.since <= moment < self.until

    def day(self, moment: datetime) -> date:
        return moment.astimezone(zone(self.work.workspace.timezone)).date()

    def about(self, process_id: int | None) -> bool:
        """Whether what is about a process counts."""
        return self.processes is None or process_id in self.processes

    def closed(self) -> list[Issue]:
        """Issues that were closed in it and still are; those rejected, and duplicates, were no work."""
        issues = self.work.of(Issue).find(finished_at=Since(self.since), status=IssueStatus.CLOSED)
        return [issue for issue in issues if self.has(issue.finished_at) and self.about(issue.process_id)]


def _cycle_time(of: _Period) -> Decimal | None:
    """Mean of the days from filing to closing, of the issues closed in the period."""
    return mean_days([issue.finished_at - issue.filed_at for issue in of.closed() if issue.finished_at])


def _overdue_rate(of: _Period) -> Decimal | None:
    """Of the issues open when the period ended: the share whose due day (as it is now) was over."""
    later = of.work.of(Issue).find(finished_at=Since(of.until))
    were_open = [
        issue
        for issue in (*of.work.of(Issue).find(finished_at=None), *later)
        if issue.filed_at < of.until and of.about(issue.process_id)
    ]
    return percent(sum(issue.due is not None and issue.due < of.end for issue in were_open), len(were_open))


def _closed_in_time(of: _Period) -> Decimal | None:
    """Of the issues closed in the period: the share closed by their due day, which counts whole."""
    closed = [(of.day(issue.finished_at), issue.due) for issue in of.closed() if issue.due and issue.finished_at]
    return percent(sum(day <= due for day, due in closed), len(closed))


def _reopen_rate(of: _Period) -> Decimal | None:
    """How often an issue was opened again in the period, in percent of how often one was closed in it."""
    seen = [
        activity
        for activity in of.work.of(Activity).find(subject="issues", at=Since(of.since))
        if of.has(activity.at) and "status" in activity.after and "status" in activity.before
    ]
    ids = tuple({activity.subject_id for activity in seen})
    ours = {issue.id for issue in of.work.of(Issue).find(id=ids) if of.about(issue.process_id)} if ids else set()
    moves = [(one.before["status"], one.after["status"]) for one in seen if one.subject_id in ours]
    reopened = sum(was in FINISHED and now not in FINISHED for was, now in moves)
    return percent(reopened, sum(now == IssueStatus.CLOSED for _, now in moves))


def _pilot_satisfaction(of: _Period) -> Decimal | None:
    """Mean rating (1 to 5) of the feedback for weeks that begin in the period; none below the minimum of answers."""
    pilots = {pilot.id for pilot in of.work.of(Pilot).find() if of.about(pilot.process_id)}
    answers = of.work.of(Feedback).find(week=Since(of.first))
    ratings = [answer.rating for answer in answers if answer.week <= of.end and answer.pilot_id in pilots]
    return mean_rating(ratings, of.work.workspace.feedback_minimum)


def _response_time(of: _Period) -> Decimal | None:
    """Mean of the days from a suggestion to the first decision on it, of those first decided in the period.

    Of all boxes: a suggestion belongs to no process.
    """
    moved = of.work.of(Activity).find(subject="suggestions", at=Since(of.since))
    ids = tuple({activity.subject_id for activity in moved if of.has(activity.at) and _decides(activity)})
    if not ids:
        return None
    first: dict[int, datetime] = {}
    for activity in of.work.of(Activity).find(subject="suggestions", subject_id=ids):
        if _decides(activity):
            first.setdefault(activity.subject_id, activity.at)
    suggestions = of.work.of(Suggestion).find(id=ids)
    return mean_days([of.day(first[one.id]) - one.on for one in suggestions if of.has(first[one.id])])


def _decides(activity: Activity) -> bool:
    return activity.before.get("state") == SuggestionState.COLLECTED and "state" in activity.after


FIGURES: dict[Derived, Callable[[_Period], Decimal | None]] = {
    Derived.ISSUE_CYCLE_TIME: _cycle_time,
    Derived.OVERDUE_RATE: _overdue_rate,
    Derived.CLOSED_IN_TIME: _closed_in_time,
    Derived.REOPEN_RATE: _reopen_rate,
    Derived.PILOT_SATISFACTION: _pilot_satisfaction,
    Derived.RESPONSE_TIME: _response_time,
}
