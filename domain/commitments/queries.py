"""What somebody owes: unfinished issues and open tasks, as one kind of thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.commitments.ladder import Rung
from domain.core.ports import Before, UnitOfWork
from domain.core.severity import Severity
from domain.issues.actions import card_key
from domain.issues.record import Issue
from domain.people.record import TeamChannel
from domain.processes.record import Process
from domain.tasks.record import Task

ISSUE, TASK = "issue", "task"
_WEIGHT = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2, None: 1}


@dataclass(frozen=True, slots=True)
class Owed:
    """An issue or a task as its owner owes it. `card` is the key of its message, empty where it has none."""

    kind: str
    record_id: int
    reference: str
    title: str
    owner: str
    due: date | None
    channel: str
    process_id: int | None
    snoozed_until: date | None
    severity: Severity | None
    card: str
    finished: bool
    escalated: tuple[Rung, ...] = ()

    def overdue(self, today: date) -> bool:
        return self.due is not None and self.due < today

    def snoozed(self, today: date) -> bool:
        """Left out of the reminders today; escalation goes on."""
        return self.snoozed_until is not None and self.snoozed_until > today


def owed_by(work: UnitOfWork, user_id: str, today: date) -> list[Owed]:
    """What a person owes, overdue first, then by due day; what has no due day comes last."""
    return _owned(work, user_id, today)


def owed_before(work: UnitOfWork, user_id: str, today: date, limit: date) -> list[Owed]:
    """What of it is due before a day."""
    return _owned(work, user_id, today, due=Before(limit))


def owed_in_channel(work: UnitOfWork, channel_id: str, today: date) -> list[Owed]:
    """What is overdue in a team channel, the longest first."""
    return _open_in_channel(work, channel_id, today, due=Before(today))


def open_in_channel(work: UnitOfWork, channel_id: str, today: date) -> list[Owed]:
    """Everything unfinished of a team channel: issues whose card or process is there, and its tasks."""
    return _open_in_channel(work, channel_id, today)


def overdue_everywhere(work: UnitOfWork, today: date) -> list[Owed]:
    issues = work.of(Issue).find(finished_at=None, due=Before(today))
    return sort(_all(issues, work.of(Task).find(done_at=None, due=Before(today))), today)


def processes_of_channel(work: UnitOfWork, channel_id: str) -> tuple[int, ...]:
    """The processes that a channel is the place of: by the channel's settings, or by their own."""
    channel: TeamChannel | None = work.of(TeamChannel).one(channel_id=channel_id)
    own = [process.id for process in work.of(Process).find(channel=channel_id)]
    return tuple(dict.fromkeys([*(channel.processes if channel else ()), *own]))


def read_owed(work: UnitOfWork, issues: Iterable[int], tasks: Iterable[int], today: date) -> list[Owed]:
    """These records as they are now, finished or not."""
    wanted_issues, wanted_tasks = tuple(issues), tuple(tasks)
    found_issues = work.of(Issue).find(id=wanted_issues) if wanted_issues else []
    return sort(_all(found_issues, work.of(Task).find(id=wanted_tasks) if wanted_tasks else []), today)


def owed_item(work: UnitOfWork, kind: str, record_id: int) -> Owed:
    """One of them. Raises NotFound."""
    return of_issue(work.of(Issue).get(record_id)) if kind == ISSUE else of_task(work.of(Task).get(record_id))


def of_issue(issue: Issue) -> Owed:
    return Owed(
        kind=ISSUE,
        record_id=issue.id,
        reference=issue.reference,
        title=issue.title,
        owner=issue.owner,
        due=issue.due,
        channel=issue.channel,
        process_id=issue.process_id,
        snoozed_until=issue.snoozed_until,
        severity=issue.severity,
        card=card_key(issue.id) if issue.channel else "",
        finished=issue.finished,
        escalated=issue.escalated,
    )


def of_task(task: Task) -> Owed:
    return Owed(
        kind=TASK,
        record_id=task.id,
        reference=task.reference,
        title=task.title,
        owner=task.owner,
        due=task.due,
        channel=task.channel,
        process_id=None,
        snoozed_until=task.snoozed_until,
        severity=None,
        card="",
        finished=task.finished,
        escalated=task.escalated,
    )


def sort(owed: Iterable[Owed], today: date) -> list[Owed]:
    """Overdue first, then by due day, then by severity."""

    def place(item: Owed) -> tuple[bool, date, int, str, int]:
        due = item.due or date.max
        return not item.overdue(today), due, _WEIGHT[item.severity], item.kind, item.record_id

    return sorted(owed, key=place)


def _owned(work: UnitOfWork, user_id: str, today: date, **given: Any) -> list[Owed]:
    issues = work.of(Issue).find(finished_at=None, owner=user_id, **given)
    return sort(_all(issues, work.of(Task).find(done_at=None, owner=user_id, **given)), today)


def _open_in_channel(work: UnitOfWork, channel_id: str, today: date, **given: Any) -> list[Owed]:
    """The database picks those that are due: most of what is open is not."""
    issues = {issue.id: issue for issue in work.of(Issue).find(finished_at=None, channel=channel_id, **given)}
    processes = processes_of_channel(work, channel_id)
    if processes:
        issues |= {issue.id: issue for issue in work.of(Issue).find(finished_at=None, process_id=processes, **given)}
    return sort(_all(issues.values(), work.of(Task).find(done_at=None, channel=channel_id, **given)), today)


def _all(issues: Iterable[Issue], tasks: Iterable[Task]) -> list[Owed]:
    return [*map(of_issue, issues), *map(of_task, tasks)]
