"""What a team channel's weekly sync tells: the facts of a week, gathered from the records as they are now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from domain.commitments.digests import Reminder, reminders_of
from domain.commitments.queries import Commitment, commitment_of, open_in_channel
from domain.core import Promises, Since, UnitOfWork
from domain.kpis.alerts.machine import rules_at
from domain.kpis.alerts.quality import AlertQuality, alert_quality
from domain.kpis.record import Kpi, KpiReading, KpiSeries, KpiState, KpiVersion
from domain.measures.targets import Target
from domain.optimizations.record import Optimization
from domain.people.routing import processes_of_channel, team_channel, zone
from domain.pilots.queries import MetricStanding, PilotStanding, pilot_standing, running_pilots
from domain.schedules.slots import local_instant
from domain.weekly_sync.record import SyncNote

DAYS = 7
SHOWN, NOTE_SHOWN = 4, 240  # what the message itself shows: things a section, characters a note
SECTIONS = ("closed", "new", "improved", "late", "blocked", "notes", "pilots", "kpis", "next")


@dataclass(frozen=True, slots=True)
class Week:
    """Seven local days, `first` to `last`, as seen on `today`; and the syncs whose notes belong to it."""

    channel_id: str
    first: date
    last: date
    today: date
    notes_from: date
    notes_to: date


@dataclass(frozen=True, slots=True)
class KpiOff:
    """A series off target; `goal` is the target of the newest value's period."""

    kpi: Kpi
    segment: str
    latest: KpiReading | None
    goal: Target


@dataclass(frozen=True, slots=True)
class SyncFacts:
    """One list a section. `late` is as of the day of the sync; `next` is due in the seven days from it.

    `quality`: of the KPI alerts of the last four weeks, where there were some.
    """

    week: Week
    closed: list[Commitment]
    new: list[Commitment]
    improved: list[Optimization]
    late: list[Reminder]
    blocked: list[SyncNote]
    notes: list[SyncNote]
    pilots: list[tuple[PilotStanding, MetricStanding]]
    kpis: list[KpiOff]
    next: list[Commitment]
    quality: AlertQuality | None = None

    @property
    def sections(self) -> list[str]:
        """The names of those that have something to say."""
        return [name for name in SECTIONS if getattr(self, name)]

    @property
    def cut(self) -> list[str]:
        """The names of those that the message shows only in part: its thread tells them in full."""
        written = {
            "blocked": [note.blocked for note in self.blocked],
            "notes": [text for note in self.notes for text in (note.done, note.next)],
        }
        long = [name for name, texts in written.items() if any(len(text) > NOTE_SHOWN for text in texts)]
        return [name for name in self.sections if len(getattr(self, name)) > SHOWN or name in long]


def week_before(channel_id: str, sync: date) -> Week:
    """The seven days before the day of a sync."""
    return Week(channel_id, sync - timedelta(days=DAYS), sync - timedelta(days=1), sync, sync, sync)


def week_up_to(channel_id: str, day: date) -> Week:
    """The seven days up to and with `day`, with what was said for the last sync and for the coming one."""
    first = day - timedelta(days=DAYS - 1)
    return Week(channel_id, first, day, day, first, day + timedelta(days=DAYS))


def sync_facts(work: UnitOfWork, week: Week) -> SyncFacts:
    here, today = _Here(work, week), week.today
    open_now = open_in_channel(work, week.channel_id, today)
    notes = _notes(work, week)
    ahead = today + timedelta(days=DAYS)
    return SyncFacts(
        week=week,
        closed=here.closed(),
        new=here.new(),
        improved=here.improved(),
        late=reminders_of(work, [owed for owed in open_now if owed.overdue(today)], today),
        blocked=[note for note in notes if note.blocked],
        notes=[note for note in notes if note.done or note.next],
        pilots=here.pilots(),
        kpis=here.kpis_off_target(),
        next=sorted(
            (owed for owed in open_now if owed.due and today <= owed.due < ahead),
            key=lambda owed: (owed.owner == "", owed.owner, owed.due or ahead),
        ),
        quality=here.quality(),
    )


class _Here:
    """What belongs to the channel, within the week."""

    def __init__(self, work: UnitOfWork, week: Week) -> None:
        channel = team_channel(work, week.channel_id)
        local = zone((channel.timezone if channel else "") or work.workspace.timezone)
        self.work, self.week = work, week
        self.start = local_instant(week.first, time(0), local)
        self.end = local_instant(week.last + timedelta(days=1), time(0), local)
        self.processes = processes_of_channel(work, week.channel_id)

    def closed(self) -> list[Commitment]:
        return [one for kept, one in self._during(lambda promises: promises.until) if kept]

    def new(self) -> list[Commitment]:
        return [one for _, one in self._during(lambda promises: promises.since)]

    def improved(self) -> list[Optimization]:
        optimizations = self.work.of(Optimization).find(date=Since(self.week.first), order="date")
        ours = [one for one in optimizations if self._belongs(one.channel, one.process_id)]
        return [one for one in ours if one.date <= self.week.last]

    def pilots(self) -> list[tuple[PilotStanding, MetricStanding]]:
        """A line a metric, of the pilots under way on the last day of the week."""
        running = running_pilots(self.work, self.week.last)
        ours = [pilot for pilot in running if self._belongs(pilot.channel, pilot.process_id)]
        standings = [pilot_standing(self.work, pilot, self.week.last) for pilot in ours]
        return [(standing, metric) for standing in standings for metric in standing.metrics]

    def kpis_off_target(self) -> list[KpiOff]:
        breached = self.work.of(KpiSeries).find(state=KpiState.BREACHED, order="segment")
        kpis = tuple({series.kpi_id for series in breached})
        off = self.work.of(Kpi).find(id=kpis, archived_at=None, order="name") if kpis else []
        ours = [kpi for kpi in off if self._belongs(kpi.channel, kpi.process_id)]
        return [self._off(kpi, series.segment) for kpi in ours for series in breached if series.kpi_id == kpi.id]

    def quality(self) -> AlertQuality | None:
        return alert_quality(self.work, lambda kpi: self._belongs(kpi.channel, kpi.process_id), self.end)

    def _off(self, kpi: Kpi, segment: str) -> KpiOff:
        newest = self.work.of(KpiReading).find(kpi_id=kpi.id, segment=segment, order="-period", limit=1)
        latest = next(iter(newest), None)
        versions = self.work.of(KpiVersion).find(kpi_id=kpi.id)
        return KpiOff(kpi, segment, latest, rules_at(versions, kpi, latest.period if latest else self.week.last).goal)

    def _during(self, field: Callable[[Promises[Any]], str]) -> Iterator[tuple[bool, Commitment]]:
        """What was promised here and has its time of one `field` within the week; and whether it was kept."""
        for kind, promises in self.work.kinds.promising():
            name = field(promises)
            begun: dict[str, Any] = {name: Since(self.start)}
            for record in self.work.of(kind.record).find(order=name, **begun):
                one = commitment_of(self.work, record)
                if self._belongs(one.channel, one.process_id) and getattr(record, name) < self.end:
                    yield promises.kept is None or promises.kept(record), one

    def _belongs(self, channel_id: str, process_id: int | None) -> bool:
        return channel_id == self.week.channel_id or process_id in self.processes


def _notes(work: UnitOfWork, week: Week) -> list[SyncNote]:
    notes = work.of(SyncNote).find(channel_id=week.channel_id, week=Since(week.notes_from), order="at")
    return [note for note in notes if note.week <= week.notes_to]
