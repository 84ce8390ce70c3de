"""What a KPI's values mean, in order of their periods: when an alert opens, gets worse, and is over.

One pure function over all values says it, so a late or corrected value leads to the same end as one that came in time.
Missing values are no values: they count for nothing here, and close nothing.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from domain.core import UserError
from domain.kpis.record import AlertSeverity, Kpi, KpiState, KpiVersion
from domain.measures.targets import Target, target, warning_line

WINDOW = 400
"""Values that are looked at; an alert that is older than all of them goes on."""


class Rules(NamedTuple):
    """By what a value is judged: the lines, values in a row to open and to close, percent inside to count as good."""

    goal: Target
    warning: Target | None = None
    periods: int = 1
    good_periods: int = 1
    band: Decimal = Decimal(0)

    def beyond(self, value: Decimal) -> AlertSeverity | None:
        """Which line the value is beyond."""
        if not self.goal.reached_by(value):
            return AlertSeverity.BREACH
        return AlertSeverity.WARNING if self.warning is not None and not self.warning.reached_by(value) else None

    def well_inside(self, value: Decimal) -> bool:
        """Whether the value counts towards recovery: beyond no line, and inside the target by the band."""
        if self.beyond(value) is not None:
            return False
        goal = self.goal
        if goal.upper is not None:
            margin = (goal.upper - goal.value) * self.band / 100
            return goal.value + margin <= value <= goal.upper - margin
        margin = abs(goal.value) * self.band / 100
        return goal.reached_by(value + margin) and goal.reached_by(value - margin) if margin else True


class Judged(NamedTuple):
    """A value with the rules of its time."""

    period: date
    value: Decimal
    rules: Rules


@dataclass(frozen=True, slots=True)
class Episode:
    """One time off target, by periods: `since` the value with which it opened, `until` the one with which it ended.

    `worse`: with which value a warning became a breach.
    """

    since: date
    severity: AlertSeverity
    worse: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    state: KpiState
    episodes: Sequence[Episode] = ()

    @property
    def open(self) -> Episode | None:
        newest = self.episodes[-1] if self.episodes else None
        return newest if newest and newest.until is None else None


def judge(values: Sequence[Judged], already: Episode | None = None) -> Judgement:
    """Judge `values`, in order of their periods. `already`: an alert that was open before the first of them."""
    watch = _Watch([already] if already else [])
    for value in values:
        watch.see(value)
    return Judgement(watch.state, watch.episodes)


def when_late(state: KpiState) -> KpiState:
    """The state of a series whose newest value is late. What is told stays as it is: only a value resolves it."""
    alerting = (KpiState.BREACHED, KpiState.WARNED, KpiState.RECOVERING)
    return state if state in alerting else KpiState.STALE


def rules_at(versions: Sequence[KpiVersion], kpi: Kpi, period: date) -> Rules:
    """The rules of a period: of the versions that hold for it the one written last; the KPI's own where none does."""
    holding = [version for version in versions if version.since <= period]
    return rules_of(max(holding, key=lambda version: version.id) if holding else kpi)


def rules_of(given: Kpi | KpiVersion) -> Rules:
    """Raises UserError where its target or warning cannot be read (another program wrote it)."""
    return _rules(given.target, given.warning, given.periods, given.good_periods, given.band)


class RulesOfTime:
    """The rules of each period of one KPI, worked out once for each version."""

    def __init__(self, kpi: Kpi, versions: Sequence[KpiVersion]) -> None:
        self._starts = sorted({version.since for version in versions})
        self._rules = [rules_of(kpi), *(rules_at(versions, kpi, start) for start in self._starts)]

    def at(self, period: date) -> Rules:
        return self._rules[bisect_right(self._starts, period)]


def readable_rules(kpi: Kpi, versions: Sequence[KpiVersion]) -> RulesOfTime | None:
    """The same; None where another program made a target or warning unreadable."""
    try:
        return RulesOfTime(kpi, versions)
    except UserError:
        return None


@lru_cache(maxsize=4096)
def _rules(goal: str, warning: str, periods: int, good_periods: int, band: Decimal) -> Rules:
    wanted = target(goal)
    return Rules(wanted, warning_line(warning, wanted) if warning else None, periods, good_periods, band)


class _Watch:
    """Sees one value after the other."""

    def __init__(self, episodes: list[Episode]) -> None:
        self.episodes = episodes
        self.state = KpiState.BREACHED if episodes else KpiState.NO_DATA
        self._beyond = self._breaches = self._good = 0  # values in a row

    def see(self, judged: Judged) -> None:
        if not judged.value.is_finite():  # a program wrote nonsense
            return
        line = judged.rules.beyond(judged.value)
        self._beyond = self._beyond + 1 if line else 0
        self._breaches = self._breaches + 1 if line is AlertSeverity.BREACH else 0
        if self.episodes and self.episodes[-1].until is None:
            self._go_on(judged, line)
        elif severity := self._reached(judged.rules):
            self.episodes.append(Episode(judged.period, severity))
            self._good = 0
            self._stand()
        else:
            self.state = KpiState.PENDING if line else KpiState.OK

    def _go_on(self, judged: Judged, line: AlertSeverity | None) -> None:
        episode = self.episodes[-1]
        if episode.severity is AlertSeverity.WARNING and self._reached(judged.rules) is AlertSeverity.BREACH:
            self.episodes[-1] = replace(episode, severity=AlertSeverity.BREACH, worse=judged.period)
        self._good = self._good + 1 if line is None and judged.rules.well_inside(judged.value) else 0
        if self._good >= judged.rules.good_periods:
            self.episodes[-1] = replace(self.episodes[-1], until=judged.period)
            self.state = KpiState.OK
        else:
            self._stand()

    def _reached(self, rules: Rules) -> AlertSeverity | None:
        """For which alert there are enough values in a row."""
        if self._breaches >= rules.periods:
            return AlertSeverity.BREACH
        return AlertSeverity.WARNING if rules.warning is not None and self._beyond >= rules.periods else None

    def _stand(self) -> None:
        if self._good:
            self.state = KpiState.RECOVERING
        else:
            breach = self.episodes[-1].severity is AlertSeverity.BREACH
            self.state = KpiState.BREACHED if breach else KpiState.WARNED
