"""`gemba jobs list`: what is scheduled, in words."""

from collections.abc import Iterator

from bot.program import open_database
from bot.settings import Settings
from domain.ports import UnitOfWork
from domain.records.ledger import Schedule
from domain.rules.slots import Daily, Every, Monthly, rule
from domain.use_cases.places import zone

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Row = tuple[str, str, str, str, str, str]


def schedules_in_words(settings: Settings) -> Iterator[Row]:
    """A row a schedule: job, subject, rule in words, last run, its outcome, next run (both in local time)."""
    database = open_database(settings)
    for team_id in database.teams():
        with database.reading(team_id) as work:
            for schedule in work.schedules.find(order="job"):
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
    last = next(iter(work.schedule_runs.find(schedule_id=schedule.id, order="-id", limit=1)), None)
    return (
        schedule.job,
        name_of(work, schedule.subject),
        f"{rule_in_words(schedule.rule)} ({schedule.timezone})",
        f"{last.at.astimezone(local):%Y-%m-%d %H:%M}" if last else "never",
        f"{last.outcome.replace('_', ' ')} {last.note}".strip() if last else "",
        f"{schedule.next_due.astimezone(local):%Y-%m-%d %H:%M}",
    )


def name_of(work: UnitOfWork, subject: str) -> str:
    """Whom or which channel a schedule is for."""
    if not subject:
        return "workspace"
    channel = work.channels.one(channel_id=subject)
    member = None if channel else work.members.one(user_id=subject)
    return f"#{channel.name}" if channel and channel.name else member.name if member else subject
