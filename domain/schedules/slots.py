"""When a schedule is due: rules in local wall time, safe across changes of the clock.

A rule is text, so that it can stand in a row: `daily 09:00`, `weekly 0 09:00` (0 = Monday), `every 5` (minutes),
`monthly 09:00 CN` (the first working day there).
A wall time that does not exist moves forward by the gap, one that occurs twice counts once, the first time
(RFC 5545, 3.3.10).
"""

from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendars.working_days import calendar_of

LONGEST_EVERY = 24 * 60
"""Minutes; what comes less often than once a day has a rule of its own."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One period: `key` names it for good, `due` is its instant in UTC."""

    key: str
    due: datetime


class Rule(ABC):
    def latest(self, now: datetime, zone: ZoneInfo) -> Slot:
        """The newest slot that is due at `now`."""
        return [slot for slot in self._near(now, zone) if slot.due <= now][-1]

    def following(self, now: datetime, zone: ZoneInfo) -> Slot:
        """The first slot that is due after `now`."""
        return next(slot for slot in self._near(now, zone) if slot.due > now)

    @abstractmethod
    def _near(self, now: datetime, zone: ZoneInfo) -> list[Slot]:
        """Slots around `now`, in their order: at least one that is due, and one that is not."""


@dataclass(frozen=True)
class Daily(Rule):
    at: time
    weekday: int | None = None  # 0 = Monday; None: every day

    def _near(self, now: datetime, zone: ZoneInfo) -> list[Slot]:
        today, reach = now.astimezone(zone).date(), 2 if self.weekday is None else 8
        days = [today + timedelta(days=ahead) for ahead in range(-reach, reach + 1)]
        return [_slot(day, self.at, zone) for day in days if self.weekday in (None, day.weekday())]


@dataclass(frozen=True)
class Monthly(Rule):
    """The first working day of each month, by the calendar of a country; Monday to Friday where it is empty."""

    at: time
    country: str = ""

    def _near(self, now: datetime, zone: ZoneInfo) -> list[Slot]:
        """Those of the month before, this one, and the two after it."""
        today = now.astimezone(zone).date()
        months = [today.year * 12 + today.month - 1 + ahead for ahead in (-1, 0, 1, 2)]
        ends = [date(month // 12, month % 12 + 1, 1) - timedelta(days=1) for month in months]
        return [_slot(calendar_of(self.country).after(end, 1), self.at, zone) for end in ends]


@dataclass(frozen=True)
class Every(Rule):
    minutes: int

    def _near(self, now: datetime, zone: ZoneInfo) -> list[Slot]:  # noqa: ARG002  same shape as Daily
        step = self.minutes * 60
        dues = [datetime.fromtimestamp((int(now.timestamp()) // step + ahead) * step, UTC) for ahead in (0, 1)]
        return [Slot(due.strftime("%Y-%m-%dT%H:%MZ"), due) for due in dues]


def rule(text: str) -> Daily | Monthly | Every:
    """Read a rule. Raises ValueError, with what to write, when it is none."""
    with suppress(ValueError):  # no number, or no time
        match text.split():
            case ["daily", at]:
                return Daily(time.fromisoformat(at))
            case ["weekly", day, at] if 0 <= int(day) <= 6:
                return Daily(time.fromisoformat(at), int(day))
            case ["monthly", at]:
                return Monthly(time.fromisoformat(at))
            case ["monthly", at, country]:
                return Monthly(time.fromisoformat(at), country)
            case ["every", minutes] if 1 <= int(minutes) <= LONGEST_EVERY:
                return Every(int(minutes))
    examples = "'daily 06:00', 'weekly 0 06:00' (0 is Monday, 6 Sunday), 'monthly 06:00' or 'every 30' (minutes)"
    raise ValueError(f"{text!r} is not a schedule rule: write {examples}")


def _slot(day: date, at: time, zone: ZoneInfo) -> Slot:
    return Slot(day.isoformat(), local_instant(day, at, zone))


def local_instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a local wall time."""
    return datetime.combine(day, at, zone).astimezone(UTC)
