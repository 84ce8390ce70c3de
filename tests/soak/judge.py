"""The verdict: what people were told, what stands in the database and what stands in Slack have to be the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from bot.database import SCHEMA
from domain.issues.record import Issue, IssueStatus
from domain.kpis.alerts.machine import Judged, Rules, judge
from domain.kpis.record import AlertClosing, Kpi, KpiAlert, KpiReading
from domain.measures.targets import target
from domain.suggestions.record import Suggestion
from storage import tables
from tests.soak.evidence import Evidence
from tests.soak.ledger import Ledger
from tests.soak.town import KPI_TARGET

SETTLED = ("sent", "skipped")
MAY_PASS = ("WeeklySyncDetail", "KpiValueMissing", "OverdueBoard", "Digest")
"""What there may be nothing to say of any more when its turn comes."""
SHOWN = {IssueStatus.OPEN: "(Open, ", IssueStatus.CLOSED: "(Closed, "}


@dataclass(frozen=True, slots=True)
class Fault:
    """A promise that was broken: lost, doubled, disordered, stuck or wrong, and what it was."""

    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


class Judge:
    """Looks at everything once it is quiet."""

    def __init__(self, there: Evidence, ledger: Ledger) -> None:
        self._there, self._ledger = there, ledger

    def faults(self) -> list[Fault]:
        found = (
            self._records(),
            self._rows(),
            self._messages(),
            self._whispers(),
            self._order(),
            self._cards(),
            self._values(),
            self._activities(),
            self._schedules(),
        )
        return [fault for faults in found for fault in faults]

    # What people were told

    def _records(self) -> Iterator[Fault]:
        """Accepted: there once. Not accepted: there at most once."""
        for table, column, said in (
            (SCHEMA.of(Issue), "title", self._ledger.issues),
            (SCHEMA.of(Suggestion), "text", self._ledger.suggestions),
        ):
            there = Counter(getattr(row, column) for row in self._there.all(table))
            for what, accepted in said.items():
                if accepted and not there[what]:
                    yield Fault("lost", f"{table.name} {what!r} was confirmed, and is not there")
                if there[what] > 1:
                    yield Fault("doubled", f"{table.name} {what!r} is there {there[what]} times")

    def _cards(self) -> Iterator[Fault]:
        """An issue stands as it was moved last, and its card shows that."""
        for issue in self._there.all(SCHEMA.of(Issue)):
            confirmed = self._ledger.statuses.get(issue.title)
            if confirmed is not None and issue.status is not confirmed:
                yield Fault("lost", f"{issue.title!r} was {confirmed}, and is {issue.status}")
            row = self._there.row_of(f"issue:{issue.id}:card")
            if issue.title in self._ledger.issues and row is None:
                yield Fault("lost", f"nothing was to be said of issue {issue.title!r}")
            card = self._there.ours.get(row.token, [None])[0] if row is not None else None
            if card is not None and SHOWN[issue.status] not in card["text"]:
                yield Fault("wrong", f"the card {card['text']!r} of an issue that is {issue.status}")

    def _values(self) -> Iterator[Fault]:
        """Each value is kept and judged; each crossing of the target opened one alert."""
        kpis = {kpi.id: kpi for kpi in self._there.all(SCHEMA.of(Kpi))}
        told = [alert for alert in self._there.all(SCHEMA.of(KpiAlert)) if alert.closing != AlertClosing.CORRECTED]
        kept, alerts = defaultdict(list), Counter(alert.kpi_id for alert in told)
        for reading in self._there.all(SCHEMA.of(KpiReading)):
            kept[reading.kpi_id].append(reading)
        there = {(kpis[kpi].name, reading.period): reading for kpi, readings in kept.items() for reading in readings}
        for (name, day), (value, accepted) in self._ledger.values.items():
            if accepted and ((name, day) not in there or there[name, day].value != value):
                yield Fault("lost", f"{name} {value} for {day}")
        for kpi_id, readings in kept.items():
            opened = _crossings(readings)
            if opened != alerts[kpi_id]:
                kind = "lost" if opened > alerts[kpi_id] else "doubled"
                yield Fault(kind, f"{kpis[kpi_id].name} crossed its target {opened} times: {alerts[kpi_id]} alerts")
            yield from (Fault("stuck", f"value {row.id} not judged") for row in readings if row.judged_at is None)

    # What was to be said

    def _rows(self) -> Iterator[Fault]:
        """Every row of the outbox is settled, and none of them failed."""
        for row in self._there.outbox:
            if row.state not in SETTLED:
                kind = "lost" if row.state == "failed" else "stuck"
                yield Fault(kind, f"{_named(row)} is {row.state} after {row.attempts} attempts: {row.error}")
            elif row.state == "skipped" and not (row.kind in MAY_PASS and row.error == "its reason is gone"):
                yield Fault("lost", f"{_named(row)} was skipped: {row.error}")

    def _messages(self) -> Iterator[Fault]:
        """What was sent is seen once; what is seen was to be said."""
        known = {row.token: row for row in self._there.outbox}
        for row in self._there.outbox:
            count = len(self._there.ours.get(row.token, []))
            if row.action == "post" and row.state == "sent" and count == 0:
                yield Fault("lost", f"{_named(row)} was sent, and is not there")
            if count > 1:
                why = f"after {row.attempts} attempts: {row.error}"
                yield Fault("doubled", f"{_named(row)} is there {count} times, {why}")
        for key, messages in self._there.ours.items():
            if key not in known:
                yield Fault("wrong", f"nobody meant to say {messages[0]['text']!r}")

    def _whispers(self) -> Iterator[Fault]:
        """What was sent to one person is seen by them. It may come twice: nobody can read back what only one sees."""
        yield from (
            Fault("lost", f"{_named(row)} was whispered to nobody")
            for row, count in self._there.whispered()
            if not count
        )

    def _order(self) -> Iterator[Fault]:
        """In each channel and each thread the order is that in which it was said."""
        lanes: dict[str, list[Row[Any]]] = defaultdict(list)
        for row in self._there.outbox:
            if row.action == "post" and row.state == "sent" and row.token in self._there.ours:
                lanes[row.lane].append(row)
        for rows in lanes.values():
            stamps = [float(self._there.ours[row.token][0]["ts"]) for row in rows]
            for before, after, row in zip(stamps, stamps[1:], rows[1:], strict=False):
                if before > after:
                    yield Fault("disordered", f"{_named(row)} came before what was said before it")

    # What happened by itself

    def _activities(self) -> Iterator[Fault]:
        """Each issue was filed once, and each further change of its status has its note in the thread."""
        history = [row for row in self._there.all(tables.activities) if row.subject == "issues"]
        done = Counter((row.verb == "filed", row.subject_id) for row in history)
        said = Counter(row.about["issue_id"] for row in self._there.outbox if row.kind == "IssueNote")
        for issue in self._there.all(SCHEMA.of(Issue)):
            if done[True, issue.id] != 1:
                yield Fault("wrong", f"{issue.title!r} was filed {done[True, issue.id]} times, says its history")
            if issue.title in self._ledger.issues and done[False, issue.id] != said[issue.id]:
                yield Fault("wrong", f"{issue.title!r}: {done[False, issue.id]} changes, {said[issue.id]} notes")

    def _schedules(self) -> Iterator[Fault]:
        """Every period that came due was run once, or noted; what a sync had to say was queued in the same breath."""
        for plan in self._there.planned:
            runs = self._there.runs_of(plan)
            if len(runs) != 1:
                kind = "doubled" if runs else "lost"
                yield Fault(kind, f"schedule {plan.schedule_id} {plan.slot}: {len(runs)} runs")
        jobs = {row.id: row for row in self._there.all(tables.schedules)}
        for plan in self._there.planned:
            schedule = jobs[plan.schedule_id]
            key = f"sync:{schedule.subject}:{plan.slot}"
            if schedule.job == "weekly-sync" and self._there.row_of(key) is None:
                yield Fault("lost", f"the run of {key} said nothing")


def _named(row: Row[Any]) -> str:
    return f"{row.action} {row.key} ({row.kind}, row {row.id})"


def _crossings(readings: Iterable[Row[Any]]) -> int:
    """How often the values cross the target, in order of their days, in whatever order they came."""
    rules = Rules(target(KPI_TARGET))
    ordered = sorted(readings, key=lambda reading: reading.period)
    return len(judge([Judged(reading.period, reading.value, rules) for reading in ordered]).episodes)
