"""Finding issues for people: lists by what they ask for, one by its number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from domain.core import Before, NotFound, Ref, UnitOfWork, Words, words
from domain.issues.record import Issue
from domain.people.record import Member
from domain.people.routing import link_to, process_of
from domain.processes.record import Process
from domain.text.command_words import word_of
from domain.text.likeness import nearest_name
from domain.text.lookup import UnknownName, called


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """What is shown of an issue beside its own record. `link` is the address of its card, empty while there is none."""

    issue: Issue
    process: Process | None = None
    link: str = ""
    today: date | None = None


def facts_of(work: UnitOfWork, issue: Issue, today: date) -> IssueFacts:
    link = link_to(work, Ref("issue", issue.id).card)
    return IssueFacts(issue, process_of(work, issue.process_id), link, today)


LISTS = ("mine", OPEN := "open", "overdue")


@dataclass(frozen=True, slots=True)
class Asked:
    """Open issues that meet any of some conditions; one that meets several comes with the first."""

    conditions: tuple[Mapping[str, Any], ...]

    def first(self, work: UnitOfWork, most: int) -> list[Issue]:
        """Those of the first condition, then the others; the earliest due first."""
        by_id: dict[int, Issue] = {}
        find = partial(work.of(Issue).find, finished_at=None, order="due", limit=most)
        for met in self.conditions:
            by_id |= {issue.id: issue for issue in find(**met) if issue.id not in by_id}
        return list(by_id.values())[:most]

    def count(self, work: UnitOfWork) -> int:
        both = {name: value for met in self.conditions for name, value in met.items()}
        twice = work.of(Issue).count(finished_at=None, **both) if len(self.conditions) > 1 else 0
        return sum(work.of(Issue).count(finished_at=None, **met) for met in self.conditions) - twice


def asked_for(work: UnitOfWork, member: Member, wanted: str, today: date) -> Asked:
    """`mine` (that I own or filed), `open`, `overdue`, or those of a process. Raises NotFound for an unknown one."""
    match word_of(wanted or OPEN, LISTS):
        case "open":
            return Asked(({},))
        case "mine":
            return Asked(({"owner": member.user_id}, {"reporter": member.user_id}))
        case "overdue":
            return Asked(({"due": Before(today)},))
    return Asked(({"process_id": process_by_name(work, wanted).id},))


def costliest_issues(work: UnitOfWork, count: int = 5) -> list[Issue]:
    """The open issues that cost most hours a month."""
    counted = work.of(Issue).find(finished_at=None, order="-id", limit=2_000)
    costing = [issue for issue in counted if issue.hours_a_month]
    return sorted(costing, key=lambda issue: issue.hours_a_month or 0, reverse=True)[:count]


def process_by_name(work: UnitOfWork, text: str, unknown: Words | None = None) -> Process:
    """By its name in either language, or a part of it. Raises NotFound with those that are like it, else `unknown`."""
    processes, name = work.of(Process).find(), text.strip()[:80]
    try:
        return called(text, processes)
    except UnknownName as error:
        like = error.near
    if len(like) > 1:
        names = ", ".join(process.name.text for process in like)
        raise NotFound(
            "Several processes are called like “{name}”: {names}. Type more of the name.", name=name, names=names
        )
    near = nearest_name(name, [name for process in processes for name in process.name.texts])
    if near:
        raise NotFound("There is no process “{name}”. Did you mean “{near}”?", name=name, near=near)
    raise NotFound(unknown or words("There is no process “{name}”. Try open, mine or overdue.", name=name))
