"""Which alert of those that were told is which time off target, after values came late or were corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from domain.kpis.alerts.machine import Episode
from domain.kpis.record import AlertSeverity, Frequency

NEWS = {
    Frequency.REAL_TIME: timedelta(days=35),
    Frequency.DAILY: timedelta(days=35),
    Frequency.WEEKLY: timedelta(days=35),
    Frequency.MONTHLY: timedelta(days=100),
    Frequency.QUARTERLY: timedelta(days=200),
}
"""A time off target that was over before anybody knew of it is told when it ended no longer than this before the newest
value: an import of old values is quiet."""


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


@dataclass(frozen=True, slots=True)
class Matching:
    """`same`: alerts and what they are now; `gone`: alerts whose values were corrected; `new`: to be told."""

    same: Sequence[tuple[int, Episode]] = field(default=())
    gone: Sequence[int] = field(default=())
    new: Sequence[Episode] = field(default=())


def match(episodes: Sequence[Episode], told: Sequence[PostedAlert]) -> Matching:
    """Keep an alert for the time off target that it shares a value with; what is going on keeps the open one."""
    left = [alert for alert in told if not alert.dismissed]
    settled = [alert for alert in told if alert.dismissed]
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


def is_news(episode: Episode, frequency: Frequency, newest: date) -> bool:
    """Whether to tell a time off target that nobody has heard of. `newest`: the newest value's period."""
    return episode.until is None or newest - episode.until <= NEWS[frequency]


def _meet(episode: Episode, alert: PostedAlert) -> bool:
    starts_before_end = episode.until is None or alert.since < episode.until
    return starts_before_end and (alert.until is None or episode.since < alert.until)


def _answers(alert: PostedAlert, episode: Episode) -> bool:
    """Whether somebody has said of this very time off target, as bad as it is, that it is not a problem."""
    meet = alert.until is None or episode.since <= alert.until
    as_bad = alert.severity is AlertSeverity.BREACH or episode.severity is AlertSeverity.WARNING
    return meet and as_bad and (episode.until is None or alert.since < episode.until)
