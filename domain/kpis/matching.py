"""Which alert or change that was posted is which time off target, or change, by the values as they are now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, NamedTuple, TypeVar

from domain.kpis.alerts.machine import Episode
from domain.kpis.record import AlertSeverity, Frequency

T = TypeVar("T")
NEWS = {
    Frequency.REAL_TIME: timedelta(days=35),
    Frequency.DAILY: timedelta(days=35),
    Frequency.WEEKLY: timedelta(days=35),
    Frequency.MONTHLY: timedelta(days=100),
    Frequency.QUARTERLY: timedelta(days=200),
}
"""What was over before anybody knew of it is told when it ended no longer than this before the newest value: an import
of old values is quiet."""


class PostedAlert(NamedTuple):
    """An alert by the periods of its values. `until`: when it closed; None while it is open.

    `dismissed`: a person said that it is not a problem; it holds for the values up to and with `until`.
    `silent`: nobody has heard of it.
    """

    alert_id: int
    since: date
    severity: AlertSeverity
    until: date | None = None
    dismissed: bool = False
    silent: bool = False

    @property
    def is_open(self) -> bool:
        return self.until is None


class Shift(NamedTuple):
    """A change by periods: the first value of its pattern, and the last that belongs to it."""

    since: date
    last: date


@dataclass(frozen=True, slots=True)
class Matching(Generic[T]):
    """`same`: what was posted, by its id, and what it is now; `gone`: it was nothing; `new`: nobody has heard of it."""

    same: Sequence[tuple[int, T]]
    gone: Sequence[int]
    new: Sequence[T]


def match(episodes: Sequence[Episode], posted: Sequence[PostedAlert]) -> Matching[Episode]:
    """Keep an alert for the time off target that it shares a value with; what is going on keeps the open one."""
    left = [alert for alert in posted if not alert.dismissed]
    settled = [alert for alert in posted if alert.dismissed]
    same, new = [], []
    for episode in reversed(episodes):
        shared = [alert for alert in left if _meet(episode, alert)]
        if shared:
            kept = max(shared, key=lambda alert: (alert.is_open, not alert.silent, -alert.alert_id))
            left.remove(kept)
            same.append((kept.alert_id, episode))
        elif not any(_answers(alert, episode) for alert in settled):
            new.append(episode)
    return Matching(same[::-1], [alert.alert_id for alert in left], new[::-1])


def match_shifts(shifts: Sequence[Shift], posted: Sequence[tuple[int, Shift]]) -> Matching[Shift]:
    """Keep what was posted for the change that it shares a period with, the first posted where there are more."""
    left = dict(sorted(posted))
    same, new = [], []
    for shift in shifts:
        kept = next((id_ for id_, was in left.items() if shift.since <= was.last and was.since <= shift.last), None)
        if kept is None:
            new.append(shift)
        else:
            same.append((kept, shift))
            del left[kept]
    return Matching(same, list(left), new)


def is_news(episode: Episode, frequency: Frequency, newest: date) -> bool:
    """Whether to tell a time off target that nobody has heard of. `newest`: the newest value's period."""
    return episode.until is None or newest - episode.until <= NEWS[frequency]


def is_recent(shift: Shift, frequency: Frequency, today: date) -> bool:
    """Whether a change that nobody has heard of is told: it goes on, or did until lately."""
    return today - shift.last <= NEWS[frequency]


def _meet(episode: Episode, alert: PostedAlert) -> bool:
    starts_before_end = episode.until is None or alert.since < episode.until
    return starts_before_end and (alert.until is None or episode.since < alert.until)


def _answers(alert: PostedAlert, episode: Episode) -> bool:
    """Whether somebody has said of this very time off target, as bad as it is, that it is not a problem."""
    meet = alert.until is None or episode.since <= alert.until
    as_bad = alert.severity is AlertSeverity.BREACH or episode.severity is AlertSeverity.WARNING
    return meet and as_bad and (episode.until is None or alert.since < episode.until)
