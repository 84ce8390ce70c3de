"""`gemba jobs list`: what is scheduled, in words."""

from collections.abc import Iterator

from bot.database import NotThere, open_as_it_is
from bot.scheduling.subjects import name_of
from bot.settings import Settings
from domain.core import UnitOfWork
from domain.people.routing import zone
from domain.schedules.record import Schedule, ScheduleRun
from domain.schedules.slots import Daily, Every, Monthly, rule

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Row = tuple[str, str, str, str, str, str]


def schedules_in_words(settings: Settings) -> Iterator[Row]:
    """A row a schedule: job, subject, rule in words, last run, its outcome, next run (both in local time)."""
    try:
        database = open_as_it_is(settings)
    except NotThere:
        return
    for team_id in database.teams():
        with database.reading(team_id) as work:
            for schedule in work.of(Schedule).find(order="job"):
                yield _row(work, schedule)


def rule_in_words(text: str) -> str:
    match rule(text):
        case Every(minutes):
            return "every minute" if minutes == 1 else f"every {minutes} minutes"
        case Monthly(at):
            return f"first working day of the month at {at:%H:%M}"
        case Daily(at, None):
            return f"every day at {at:%H:%M}"
        case Daily(at, weekday):
            return f"every {WEEKDAYS[weekday or 0]} at {at:%H:%M}"


def _row(work: UnitOfWork, schedule: Schedule) -> Row:
    local = zone(schedule.timezone)
    return (
        schedule.job,
        name_of(work, schedule.subject),
        f"{rule_in_words(schedule.rule)} ({schedule.timezone})",
        f"{schedule.last_run.astimezone(local):%Y-%m-%d %H:%M}" if schedule.last_run else "never",
        f"{schedule.last_outcome.replace('_', ' ')} {_note(work, schedule)}".strip(),
        f"{schedule.next_due.astimezone(local):%Y-%m-%d %H:%M}",
    )


def _note(work: UnitOfWork, schedule: Schedule) -> str:
    """What its last run told, where it left a row: one that looked and found nothing leaves none."""
    rows = work.of(ScheduleRun).find(schedule_id=schedule.id, order="-id", limit=1)
    return "".join(run.note for run in rows if run.at == schedule.last_run)
