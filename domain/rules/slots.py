"""When a schedule is due: rules in local wall time, safe across changes of the clock.

A rule is text, so that it can stand in a row: `daily 09:00`, `weekly 0 09:00` (0 = Monday), `every 5` (minutes).
A wall time that does not exist moves forward by the gap, one that occurs twice counts once, the first time
(RFC 5545; FINDINGS §2.3).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Slot:
    """One period: `key` names it for good, `due` is its instant in UTC."""

    key: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Daily:
    at: time
    weekday: int | None = None  # 0 = Monday; None: every day

    def latest(self, now: datetime, zone: ZoneInfo) -> Slot:
        """The newest slot that is due at `now`."""
        day = now.astimezone(zone).date() + timedelta(days=1)
        while not self._on(day) or local_instant(day, self.at, zone) > now:
            day -= timedelta(days=1)
        return Slot(day.isoformat(), local_instant(day, self.at, zone))

    def following(self, now: datetime, zone: ZoneInfo) -> Slot:
        """The first slot that is due after `now`."""
        day = now.astimezone(zone).date() - timedelta(days=1)
        while not self._on(day) or local_instant(day, self.at, zone) <= now:
            day += timedelta(days=1)
        return Slot(day.isoformat(), local_instant(day, self.at, zone))

    def _on(self, day: date) -> bool:
        return self.weekday is None or day.weekday() == self.weekday


@dataclass(frozen=True, slots=True)
class Every:
    minutes: int

    def latest(self, now: datetime, zone: ZoneInfo) -> Slot:  # noqa: ARG002  same shape as Daily
        step = self.minutes * 60
        return self._slot(int(now.timestamp()) // step * step)

    def following(self, now: datetime, zone: ZoneInfo) -> Slot:  # noqa: ARG002
        step = self.minutes * 60
        return self._slot((int(now.timestamp()) // step + 1) * step)

    def _slot(self, seconds: int) -> Slot:
        due = datetime.fromtimestamp(seconds, UTC)
        return Slot(due.strftime("%Y-%m-%dT%H:%MZ"), due)


def rule(text: str) -> Daily | Every:
    """Read a rule. Raises ValueError when it is none."""
    match text.split():
        case ["daily", at]:
            return Daily(time.fromisoformat(at))
        case ["weekly", day, at]:
            return Daily(time.fromisoformat(at), int(day))
        case ["every", minutes]:
            return Every(int(minutes))
    raise ValueError(f"not a schedule rule: {text!r}")


def local_instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a local wall time."""
    wall = datetime.combine(day, at, zone)
    return wall.astimezone(UTC)
