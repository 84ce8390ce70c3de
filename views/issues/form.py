"""The form that files an issue."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from domain.core import Severity
from domain.issues.form import NEW, IssueForm
from domain.issues.record import Issue
from domain.people.record import Workspace
from domain.processes.record import Process
from views.core import Language, Mrkdwn, blocks as b, inputs
from views.core.choosing import process_menu

AMOUNTS = ("times", "minutes", "people")


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form starts with."""

    title: str = ""
    what: str = ""
    severity: Severity = Severity.MEDIUM
    process: int | None = None


def form(
    t: Language,
    processes: Sequence[Process],
    draft: Draft,
    metadata: str,
    *,
    settings: Workspace,
    similar: Sequence[Issue] = (),
    hours: Decimal | None = None,
) -> dict[str, Any]:
    """The one modal to file an issue. Only the title is asked for; everything else has a default or may stay empty.

    The bot hears each character of the three amounts, so the sum follows as one types.
    """
    days = {"high": settings.due_days_high, "medium": settings.due_days_medium, "low": settings.due_days_low}
    amounts = {name: b.text_input(f"issue.how_much.{name}", longest=20, tell=True) for name in AMOUNTS}
    fields = inputs(
        IssueForm,
        t,
        draft,
        elements={
            "same_as": _same_as(similar, t),
            "process": process_menu(processes, draft.process, t),
            "files": b.file_input("files"),
            **amounts,
        },
        values=days,
        above={"data_source": [{**b.context(_how_much(hours, t)), "block_id": "hours"}]},
        focus="" if draft.title else "title",
    )
    blocks = _asking_for_similar(fields, t) if similar else fields
    return b.modal("issue.file", t("File an issue"), blocks, submit=t("File"), close=t("Cancel"), metadata=metadata)


def _same_as(similar: Sequence[Issue], t: Language) -> b.Element | None:
    if not similar:
        return None
    choices = [b.option(f"{issue.reference} · {issue.title}", str(issue.id)) for issue in similar]
    choices.append(b.option(t("None of them: file a new one"), NEW))
    action = "same_as:" + "-".join(str(issue.id) for issue in similar[:9])  # other issues: what was chosen is forgotten
    return b.radio(action, choices)


def _asking_for_similar(fields: Sequence[b.Block], t: Language) -> list[b.Block]:
    ask = t.markup("*Is it one of these open issues?* If so, choose it: you are counted in.")
    look_up = t.markup("⬆️ There are similar open issues. Say at the top whether it is one of them.")
    return [b.section(ask), fields[0], b.divider(), *fields[1:], b.context(look_up)]


def _how_much(hours: Decimal | None, t: Language) -> Mrkdwn:
    if hours is not None:
        return t.markup("That is *{hours} hours a month*.", hours=hours)
    return t.markup("Times × minutes × people: the hours a month are worked out here.")
