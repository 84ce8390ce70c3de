"""KPI values that another database answers: kept as a whole, or the data owner is told, once, why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.calendars.working_days import calendar_of
from domain.core import UnitOfWork, UserError, Words, words
from domain.kpis.messages import KpiSourceFailed
from domain.kpis.record import Kpi
from domain.kpis.values.actions import Value, upsert_values
from domain.kpis.values.periods import period_of, previous_end, segment_of
from domain.people.record import Workspace
from domain.schedules.actions import schedule
from domain.schedules.record import Schedule, ScheduleRun
from domain.text.numbers import exact
from domain.text.periods import iso_day

KPI_SOURCES = "kpi-sources"
"""The job whose schedules, but for the workspace's own, are each for a database."""
SUBJECT = "sql:"
FAILED = "failed: "
"""How the note of a run begins that brought nothing."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a source answered: one number, or rows of (period, value) or (period, segment, value); or why it did not.

    `current`: a number without a period is for the present one, else for the last one that has ended.
    """

    source: str
    kpi_key: str
    rows: tuple[tuple[object, ...], ...] = ()
    current: bool = False
    fault: Words | None = None


Fetch = Callable[[str], Fetched]
"""Asks the database that a schedule is for, by its subject; no unit of work may be open."""


class Unusable(Exception):
    """An answer that cannot be kept, and why; `row` of it, from 1, where the reason lies in one."""

    def __init__(self, reason: Words, row: int = 0) -> None:
        super().__init__(reason.message)
        self.reason, self.row = reason, row

    def __str__(self) -> str:
        """In English, for the notes of runs."""
        said = self.reason.message.format(**self.reason.values)
        return f"row {self.row}: {said}" if self.row else said


def not_configured(subject: str) -> Fetched:
    return Fetched(subject.removeprefix(SUBJECT), "", fault=words("This source is not configured any more."))


def schedule_sources(work: UnitOfWork, rules: Mapping[str, str], workspace: Workspace, *, now: datetime) -> None:
    """One for each source of KPI values (subject → rule); those that are not configured any more rest."""
    for existing in work.of(Schedule).find(job=KPI_SOURCES):
        gone = existing.subject != "" and existing.subject not in rules
        if gone != existing.paused:
            work.of(Schedule).change(existing, by="", at=now, paused=gone)
    for subject, text in rules.items():
        schedule(work, KPI_SOURCES, subject, text, workspace.timezone, now=now)


def record_fetched(work: UnitOfWork, fetched: Fetched, subject: str, day: date, slot: str, *, now: datetime) -> str:
    """Bring what was fetched. Returns a note: how much came, or why nothing did."""
    before = last_note(work, subject)
    kpi = work.of(Kpi).one(key=fetched.kpi_key)
    try:
        if fetched.fault:
            raise Unusable(fetched.fault)
        if kpi is None:
            raise Unusable(words("There is no KPI with the key “{key}”.", key=fetched.kpi_key))
        values = _values(work, kpi, fetched, day)
        brought = upsert_values(work, kpi, values, by="", via=f"sql:{fetched.source}", now=now)
    except (Unusable, UserError) as error:
        cause = error if isinstance(error, Unusable) else Unusable(error.words)
        note = f"{FAILED}{cause}"
        if note != before and kpi is not None:
            _tell(work, kpi, fetched.source, cause, slot)
        return note
    changed = brought.new + brought.corrected
    return f"{brought.new} new, {brought.corrected} corrected" if changed or before.startswith(FAILED) else ""


def last_note(work: UnitOfWork, subject: str) -> str:
    """What the last run of a source's schedule brought."""
    existing = work.of(Schedule).one(job=KPI_SOURCES, subject=subject)
    runs = work.of(ScheduleRun).find(schedule_id=existing.id, order="-id", limit=1) if existing else []
    return runs[0].note if runs else ""


def _values(work: UnitOfWork, kpi: Kpi, fetched: Fetched, day: date) -> list[Value]:
    values = []
    for number, row in enumerate(fetched.rows, 1):
        try:
            value = _value(work, kpi, row, fetched, day)
        except UserError as problem:
            raise Unusable(problem.words, number) from None
        if value is not None:
            values.append(value)
    return values


def _value(work: UnitOfWork, kpi: Kpi, row: tuple[object, ...], fetched: Fetched, day: date) -> Value | None:
    """A row without a value (NULL) says nothing: when it stays so, the data owner is asked."""
    if row[-1] is None:
        return None
    match row:
        case (number,) if len(fetched.rows) == 1:
            ended = previous_end(day, kpi.frequency, calendar_of(work.workspace.country))
            return Value(segment_of(kpi, ""), period_of(kpi, day if fetched.current else ended, day), exact(number))
        case (period, number):
            return Value(segment_of(kpi, ""), period_of(kpi, _day(period), day), exact(number))
        case (period, segment, number):
            return Value(segment_of(kpi, str(segment or "")), period_of(kpi, _day(period), day), exact(number))
    raise Unusable(words("The answer must be one number, or rows of (period, value) or (period, segment, value)."))


def _day(period: object) -> date:
    text = str(period)
    return iso_day(text[:10] if text[10:11] in ("T", " ") else text)


def _tell(work: UnitOfWork, kpi: Kpi, source: str, cause: Unusable, slot: str) -> None:
    to = kpi.data_owner or kpi.owner
    if to:
        message = KpiSourceFailed(kpi.id, source, cause.reason, cause.row)
        work.outbox.say(message, to=to, once=f"kpi-source:{source}:{slot}")
