"""The form that files an issue."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from domain.core.severity import Severity
from domain.issues.form import NEW
from domain.issues.record import Category, Dimension, Issue
from domain.people.record import Workspace
from domain.processes.record import Process
from views.core import blocks as b
from views.core.choosing import process_menu
from views.core.language import Language


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
    """The one modal to file an issue. Only the title is asked for; everything else has a default or may stay empty."""
    return b.modal(
        "issue.file",
        t("File an issue"),
        [
            *_similar(t, similar),
            b.field_input(
                "title",
                t("Title"),
                b.text_input(
                    "title",
                    initial=draft.title,
                    longest=150,
                    focus=not draft.title,
                    placeholder=t("Stock list and orders do not match"),
                ),
            ),
            *_process_choice(t, processes, draft.process),
            b.field_input(
                "what",
                t("What happens?"),
                b.text_input(
                    "what",
                    initial=draft.what,
                    multiline=True,
                    placeholder=t("What you see, where and when, and what it leads to"),
                ),
                optional=True,
            ),
            b.field_input(
                "category", t("Category"), b.select("category", _options(t, Category), initial=Category.OTHER)
            ),
            b.field_input(
                "dimensions",
                t("What does it touch?"),
                b.checkboxes("dimensions", _options(t, Dimension)),
                optional=True,
            ),
            b.field_input(
                "severity", t("Severity"), b.radio("severity", _options(t, Severity), initial=draft.severity)
            ),
            *_how_much(t, hours),
            b.field_input(
                "data_source",
                t("Where do these figures come from?"),
                b.text_input("data_source", longest=300, placeholder=t("Order system, survey, a guess")),
                optional=True,
            ),
            b.field_input("files", t("Photo or file"), b.file_input("files"), optional=True),
            b.field_input(
                "owner", t("Owner"), b.person_select("owner", placeholder=t("The process owner")), optional=True
            ),
            b.field_input("due", t("Due date"), b.date_picker("due"), optional=True, hint=_default_due(t, settings)),
            *(
                [b.context(t.markup("⬆️ There are similar open issues. Say at the top whether it is one of them."))]
                if similar
                else []
            ),
        ],
        submit=t("File"),
        close=t("Cancel"),
        metadata=metadata,
    )


def _similar(t: Language, similar: Sequence[Issue]) -> list[b.Block]:
    if not similar:
        return []
    choices = [b.option(f"{issue.reference} · {issue.title}", str(issue.id)) for issue in similar]
    choices.append(b.option(t("None of them: file a new one"), NEW))
    action = "same_as:" + "-".join(str(issue.id) for issue in similar[:9])  # other issues: what was chosen is forgotten
    return [
        b.section(t.markup("*Is it one of these open issues?* If so, choose it: you are counted in.")),
        b.field_input("same_as", t("This is the same as"), b.radio(action, choices)),
        b.divider(),
    ]


def _process_choice(t: Language, processes: Sequence[Process], chosen: int | None) -> list[b.Block]:
    if not processes:
        return []
    return [b.field_input("process", t("Process"), process_menu(processes, chosen, t), optional=True)]


def _how_much(t: Language, hours: Decimal | None) -> list[b.Block]:
    """Three numbers and what they come to; the bot hears each character, so the sum follows as one types."""
    said_ = (
        t.markup("That is *{hours} hours a month*.", hours=hours)
        if hours is not None
        else t.markup("Times × minutes × people: the hours a month are worked out here.")
    )
    names = {"times": t("How many times a month?"), "minutes": t("Minutes each time"), "people": t("People each time")}
    inputs = [
        b.field_input(
            name, label, b.text_input(f"issue.how_much.{name}", longest=20, tell=True), optional=True, tell=True
        )
        for name, label in names.items()
    ]
    return [*inputs, {**b.context(said_), "block_id": "hours"}]


def _default_due(t: Language, settings: Workspace) -> str:
    return t(
        "If you leave it empty: high {high}, medium {medium}, low {low} working days.",
        high=settings.due_days_high,
        medium=settings.due_days_medium,
        low=settings.due_days_low,
    )


def _options(t: Language, kind: type[Category] | type[Dimension] | type[Severity]) -> list[dict[str, Any]]:
    return [b.option(t.label(member), member.value) for member in kind]
