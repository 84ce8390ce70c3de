"""The form that adds a risk."""

from collections.abc import Sequence
from typing import Any

from domain.projects.record import Project
from domain.risks.form import LONGEST, RiskForm
from views.core import Language, blocks as b, inputs


def form(text: str, projects: Sequence[Project], t: Language, metadata: str) -> dict[str, Any]:
    """The only project there is, is chosen already."""
    typed = {"what": text[:LONGEST], "project": projects[0].id if len(projects) == 1 else None}
    choices = {"project": [b.option(t.name(project.name), str(project.id)) for project in projects]}
    fields = inputs(RiskForm, t, typed, choices=choices, focus="" if text else "what")
    return b.modal("risk.add", t("Add a risk"), fields, submit=t("Add"), close=t("Cancel"), metadata=metadata)
