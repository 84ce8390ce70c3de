"""The form that adds a task."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.issues.record import Issue
from views.core import blocks as b
from views.core.language import Language


def form(
    t: Language, title: str, owner: str, metadata: str, *, issues: Sequence[Issue], default_due: date
) -> dict[str, Any]:
    """The modal to add a task. Who adds it owns it unless somebody else is chosen."""
    choices = [b.option(f"{issue.reference} · {issue.title}", str(issue.id)) for issue in issues]
    issue = b.field_input("issue", t("For the issue"), b.select("issue", choices), optional=True)
    return b.modal(
        "task.add",
        t("Add a task"),
        [
            b.field_input(
                "title",
                t("What is to be done?"),
                b.text_input(
                    "title",
                    initial=title,
                    longest=150,
                    focus=not title,
                    placeholder=t("Ask three suppliers for a scale"),
                ),
            ),
            b.field_input(
                "owner", t("Owner"), b.person_select("owner", owner), hint=t("Somebody else gets a message about it.")
            ),
            b.field_input(
                "due",
                t("Due date"),
                b.date_picker("due"),
                optional=True,
                hint=t("If you leave it empty: {due}.", due=t.day(default_due)),
            ),
            *([issue] if choices else []),
        ],
        submit=t("Add"),
        close=t("Cancel"),
        metadata=metadata,
    )
