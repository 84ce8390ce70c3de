"""Charts of KPIs: the range that values usually lie in, and what lies outside of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from domain.core import Before, Command, Since, UnitOfWork, UserError
from domain.kpis.alerts.machine import WINDOW, RulesOfTime, readable_rules
from domain.kpis.charts.usual_range import MOST_POINTS
from domain.kpis.charts.xmr import Chart, Episode, Point, chart
from domain.kpis.messages import KpiPicture
from domain.kpis.record import Kpi, KpiBaseline, KpiReading, KpiRevision, KpiVersion, Signals
from domain.measures.targets import Direction, Target, readable
from domain.people.record import Member


@dataclass(frozen=True, slots=True)
class KpiChart:
    """A series of a KPI with its chart. `based`: the newest time that a person had it worked out anew.

    `goals`: the target of each point's time, where `with_goals` has looked them up and they can be read.
    """

    kpi: Kpi
    segment: str
    chart: Chart
    based: KpiBaseline | None = None
    goals: tuple[Target, ...] = ()

    @property
    def latest(self) -> Point | None:
        return self.chart.points[-1] if self.chart.points else None

    @property
    def goal(self) -> Target | None:
        """The target as it is now; None where another program made it unreadable."""
        return readable(self.kpi.target)

    def goal_at(self, position: int = -1) -> Target | None:
        """What the value at a position is judged by, the newest one if none is given."""
        looked_up = self.goals[position:][:1]
        return looked_up[0] if looked_up else self.goal

    def is_better(self, episode: Episode) -> bool | None:
        """Whether a change is for the better by the direction of the target of its time; None where it has none."""
        goal = self.goal_at(episode.seen)
        if goal is None or goal.direction in (Direction.EXACTLY, Direction.BETWEEN):
            return None
        return episode.up is not goal.lower_is_better


def chart_of(
    work: UnitOfWork, kpi: Kpi, segment: str = "", *, until: date | None = None, newest: Sequence[Point] | None = None
) -> KpiChart:
    """The chart of one series, up to the period `until`; where its signals are off, it shows no changes.

    `newest`: its newest values (`WINDOW` of them) in order of period, where they have been read already.
    """
    baselines = work.of(KpiBaseline).find(kpi_id=kpi.id, segment=segment, order="since")
    bases = [base for base in baselines if until is None or base.since <= until]
    newest = _newest(work, kpi, segment, until) if newest is None else newest
    points = [*_first(work, kpi, segment, bases[-1].since if bases else date.min, newest), *newest]
    rules = Signals.DEFAULT if kpi.signals is Signals.OFF else kpi.signals
    drawn = chart(points, rules, [base.since for base in bases])
    if kpi.signals is Signals.OFF:
        drawn = Chart(drawn.points, drawn.spans)
    return KpiChart(kpi, segment, drawn, bases[-1] if bases else None)


def with_goals(work: UnitOfWork, of: KpiChart) -> KpiChart:
    """The chart with the target that each of its values is judged by."""
    versions = work.of(KpiVersion).find(kpi_id=of.kpi.id)
    rules = readable_rules(of.kpi, versions) if versions else None
    return with_goals_of(of, rules) if rules else of


def with_goals_of(of: KpiChart, rules: RulesOfTime) -> KpiChart:
    """The same, where the rules have been looked up already."""
    return replace(of, goals=tuple(rules.at(point.period).goal for point in of.chart.points))


def post_picture(work: UnitOfWork, member: Member, kpi_id: int, segment: str, channel: str) -> None:
    """Post the chart where it was asked for. Raises UserError where it stands there already, or is empty."""
    kpi = work.of(Kpi).get(kpi_id)
    drawn = chart_of(work, kpi, segment)
    latest = drawn.latest
    if latest is None:
        raise UserError("There is no value to draw yet. Give one with {command}.", command=Command("gemba kpi record"))
    once = f"kpi-picture:{kpi.id}:{channel}:{latest.period}:{latest.value}:{_edition(work, drawn)}:{segment}"
    if not work.outbox.say(KpiPicture(kpi.id, segment, latest.period, member.user_id), to=channel, once=once):
        raise UserError("This chart was posted here already, and nothing on it has changed since.")


def _edition(work: UnitOfWork, of: KpiChart) -> str:
    """Another one as soon as a value is corrected, the target changed or the range set anew."""
    revisions = work.of(KpiRevision).find(kpi_id=of.kpi.id, segment=of.segment, order="-id", limit=1)
    versions = work.of(KpiVersion).find(kpi_id=of.kpi.id, order="-id", limit=1)
    bases = [of.based] if of.based else []
    return "-".join(str(newest[0].id) if newest else "0" for newest in (revisions, versions, bases))


def _newest(work: UnitOfWork, kpi: Kpi, segment: str, until: date | None) -> list[Point]:
    series: dict[str, Any] = {"kpi_id": kpi.id, "segment": segment}
    conditions = series if until is None else {**series, "period": Before(until + timedelta(days=1))}
    rows = work.of(KpiReading).pick("period", "value", **conditions, order="-period", limit=WINDOW)
    return [Point(*row) for row in reversed(rows)]


def _first(work: UnitOfWork, kpi: Kpi, segment: str, based: date, newest: Sequence[Point]) -> list[Point]:
    """The values that the range is worked out from, where they are older than the newest."""
    if len(newest) < WINDOW or based >= newest[0].period:
        return []
    series = {"kpi_id": kpi.id, "segment": segment, "period": Since(based)}
    rows = work.of(KpiReading).pick("period", "value", **series, order="period", limit=MOST_POINTS)
    return [Point(*row) for row in rows if row[0] < newest[0].period]
