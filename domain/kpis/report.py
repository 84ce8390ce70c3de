"""The monthly report of a channel's KPIs (流程效果月度监控报告): how each stood at the end of a month."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.core import Since, UnitOfWork
from domain.kpis.alerts.machine import Judged, Rules, judge, readable_rules, when_late
from domain.kpis.charts.queries import KpiChart, chart_of, with_goals_of
from domain.kpis.charts.xmr import Point
from domain.kpis.messages import KpiReport, KpiReportMore
from domain.kpis.record import Frequency, Kpi, KpiReading, KpiState, KpiVersion
from domain.kpis.values.periods import period_end
from domain.people.record import Notice, TeamChannel
from domain.people.routing import processes_of_channel, today_of

SHOWN, PART, PARTS = 15, 18, 5
"""Rows of the message, of each message in its thread, and how many of these there are at most."""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A series with its values up to the end of the month, judged by the rules of their time.

    `before`: the newest value of the months before. Of the `given` values of the month `off` were beyond a line.
    """

    of: KpiChart
    rules: Rules
    state: KpiState
    before: Point | None
    given: int
    off: int

    @property
    def latest(self) -> Point | None:
        return self.of.latest

    @property
    def is_off(self) -> bool:
        return self.state in (KpiState.BREACHED, KpiState.WARNED)


@dataclass(frozen=True, slots=True)
class Report:
    """One line a series, the one that needs somebody most first. `month` is its first day."""

    channel_id: str
    month: date
    lines: Sequence[ReportLine]

    @property
    def rest(self) -> int:
        return max(0, len(self.lines) - SHOWN)

    @property
    def is_empty(self) -> bool:
        """There was no value in this month at all."""
        return not any(line.given for line in self.lines)

    def part(self, number: int) -> Sequence[ReportLine]:
        """What stands in one message of the thread."""
        start = SHOWN + number * PART
        return self.lines[start : start + PART]


def send_report(work: UnitOfWork, channel: TeamChannel, day: date) -> str:
    """Post the report of the month before `day`, what it cuts in its thread. Returns a note for the run."""
    kpis = kpis_of_channel(work, channel.channel_id) if Notice.KPIS in channel.notices else []
    if not kpis:
        return ""
    _post(work, channel.channel_id, month_before(day), kpis)
    return f"{len(kpis)} KPIs"


def refresh_reports(work: UnitOfWork, kpi: Kpi, periods: Iterable[date], *, now: datetime) -> None:
    """Values of the month that was reported last came later, or were corrected: its report shows them."""
    month = month_before(today_of(None, work.workspace, now))
    if not any(period.replace(day=1) == month for period in periods):
        return
    for channel in work.of(TeamChannel).find():
        if work.outbox.posted(report_key(channel.channel_id, month)) is None:
            continue
        kpis = kpis_of_channel(work, channel.channel_id)
        if kpi.id in {one.id for one in kpis}:
            _post(work, channel.channel_id, month, kpis)


def report_of(work: UnitOfWork, channel_id: str, month: date) -> Report:
    kpis = kpis_of_channel(work, channel_id)
    versions: dict[int, list[KpiVersion]] = defaultdict(list)
    for version in work.of(KpiVersion).find(kpi_id=tuple(kpi.id for kpi in kpis)) if kpis else []:
        versions[version.kpi_id].append(version)
    lines = [
        line for kpi in kpis for segment in kpi.series if (line := _line(work, kpi, segment, versions[kpi.id], month))
    ]
    return Report(channel_id, month, sorted(lines, key=lambda line: -line.state.need))


def kpis_of_channel(work: UnitOfWork, channel_id: str) -> list[Kpi]:
    """Those that are told there, and those of its processes; by name."""
    own = work.of(Kpi).find(channel=channel_id, archived_at=None)
    processes = processes_of_channel(work, channel_id)
    theirs = work.of(Kpi).find(process_id=processes, archived_at=None) if processes else []
    return sorted({kpi.id: kpi for kpi in (*own, *theirs)}.values(), key=lambda kpi: (kpi.name, kpi.id))


def report_key(channel_id: str, month: date) -> str:
    return f"kpi-report:{channel_id}:{month}"


def month_before(day: date) -> date:
    """The first day of the month before the one that `day` lies in."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _post(work: UnitOfWork, place: str, month: date, kpis: Sequence[Kpi]) -> None:
    """The report, and in its thread what it cuts; what is out already is brought up to date."""
    key, rest = report_key(place, month), sum(len(kpi.series) for kpi in kpis) - SHOWN
    if not work.outbox.say(KpiReport(place, month), to=place, once=key):
        work.outbox.refresh(key)
    if rest <= 0 or not _has_values(work, kpis, month):
        return
    for part in range(min(PARTS, -(-rest // PART))):
        message, once = KpiReportMore(place, month, part), f"{key}:{part}"
        if not work.outbox.say(message, to=place, once=once, reply_to=key):
            work.outbox.refresh(once)


def _has_values(work: UnitOfWork, kpis: Sequence[Kpi], month: date) -> bool:
    periods = work.of(KpiReading).pick("period", kpi_id=tuple(kpi.id for kpi in kpis), period=Since(month))
    return any(period <= period_end(month, Frequency.MONTHLY) for (period,) in periods)


def _line(work: UnitOfWork, kpi: Kpi, segment: str, versions: Sequence[KpiVersion], month: date) -> ReportLine | None:
    """None where another program made the target unreadable."""
    rules = readable_rules(kpi, versions)
    if rules is None:
        return None
    end = period_end(month, Frequency.MONTHLY)
    of = with_goals_of(chart_of(work, kpi, segment, until=end), rules)
    judged = [Judged(point.period, point.value, rules.at(point.period)) for point in of.chart.points]
    given = [one for one in judged if one.period >= month]
    earlier = [point for point in of.chart.points if point.period < month]
    state = judge(judged).state
    expected = period_end(month, kpi.frequency) <= end
    return ReportLine(
        of=of,
        rules=judged[-1].rules if judged else rules.at(end),
        state=when_late(state) if expected and not given else state,
        before=earlier[-1] if earlier else None,
        given=len(given),
        off=sum(one.rules.beyond(one.value) is not None for one in given),
    )
