"""The form that adds a task."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.issues.record import Issue
from domain.tasks.form import TaskForm
from views.core import Language, blocks as b, inputs


def form(
    t: Language, title: str, owner: str, metadata: str, *, issues: Sequence[Issue], default_due: date
) -> dict[str, Any]:
    """The modal to add a task. Who adds it owns it unless somebody else is chosen."""
    fields = inputs(
        TaskForm,
        t,
        {"title": title, "owner": owner},
        choices={"issue": [b.option(f"{issue.reference} · {issue.title}", str(issue.id)) for issue in issues]},
        values={"due": t.day(default_due)},
        focus="" if title else "title",
    )
    return b.modal("task.add", t("Add a task"), fields, submit=t("Add"), close=t("Cancel"), metadata=metadata)
