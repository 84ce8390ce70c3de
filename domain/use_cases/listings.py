"""Finding issues for people: lists by what they ask for, one by its number."""

import re
from datetime import date

from domain.errors import NotFound, missing
from domain.ports import Before, UnitOfWork
from domain.records.people import Member
from domain.records.processes import Process
from domain.records.work import Issue
from domain.rules.likeness import nearest_name
from domain.wording import Words, words

LISTED = 50
_NUMBER = re.compile(r"(?:[A-Za-z]\s*-?\s*)?(\d{1,9})")


def number_in(text: str) -> int | None:
    """The number of `I-12`, `i 12` or `12`; None where there is none."""
    match = _NUMBER.fullmatch(text.strip())
    return int(match[1]) if match else None


def issue_by_reference(work: UnitOfWork, text: str) -> Issue:
    """Raises NotFound with what to do next."""
    number = number_in(text)
    found = None if number is None else work.issues.one(number=number)
    if found is None:
        raise missing(text.strip(), listed_by="/issue list", example="I-12")
    return found


def issues_for(work: UnitOfWork, member: Member, wanted: str, today: date) -> list[Issue]:
    """`mine` (that I own or filed), `open`, `overdue`, or those of a process. Raises NotFound for an unknown one."""
    match wanted.strip().casefold():
        case "" | "open" | "待处理":
            return work.issues.find(finished_at=None, order="due", limit=LISTED)
        case "mine" | "我的":
            owned = work.issues.find(finished_at=None, owner=member.user_id, order="due", limit=LISTED)
            filed = work.issues.find(finished_at=None, reporter=member.user_id, order="due", limit=LISTED)
            return owned + [issue for issue in filed if issue.owner != member.user_id]
        case "overdue" | "逾期":
            return work.issues.find(finished_at=None, due=Before(today), order="due", limit=LISTED)
    process = process_by_name(work, wanted)
    return work.issues.find(finished_at=None, process_id=process.id, order="due", limit=LISTED)


def costliest_issues(work: UnitOfWork, count: int = 5) -> list[Issue]:
    """The open issues that cost most hours a month."""
    counted = work.issues.find(finished_at=None, order="-id", limit=2_000)
    costing = [issue for issue in counted if issue.hours_a_month]
    return sorted(costing, key=lambda issue: issue.hours_a_month or 0, reverse=True)[:count]


def process_by_name(work: UnitOfWork, text: str, unknown: Words | None = None) -> Process:
    """By its name in either language. Raises NotFound with the nearest one's name, or else with `unknown`."""
    named = {name: process for process in work.processes.find() for name in (process.name, process.name_zh) if name}
    wanted = text.strip().casefold()
    exact = [process for name, process in named.items() if name.casefold() == wanted]
    like = {name: process for name, process in named.items() if wanted and wanted in name.casefold()}
    found = exact or list({process.id: process for process in like.values()}.values())
    if len(found) == 1 or exact:
        return found[0]
    if like:
        raise NotFound(words("Several processes are called like “{name}”: {names}. Type more of the name.",
                             name=text.strip(), names=", ".join(like)))  # fmt: skip
    near = nearest_name(wanted, named)
    if near:
        raise NotFound(words("There is no process “{name}”. Did you mean “{near}”?", name=text, near=near))
    raise NotFound(unknown or words("There is no process “{name}”. Try open, mine or overdue.", name=text))
