"""The forms that define, change and archive a KPI."""

from typing import Any

from domain.core import Command
from domain.kpis.record import Kpi
from domain.kpis.rule_changes import Preview
from views.core import Language, blocks as b, bold, goal, lines, said
from views.kpis.fields import FormFacts, fields_of


def add_form(facts: FormFacts, t: Language) -> dict[str, Any]:
    """An empty form, but for who asks for it and where."""
    return b.modal("kpi.add", t("Add a KPI"), fields_of(facts, t, new=True), submit=t("Add"), close=t("Cancel"))


def edit_form(facts: FormFacts, t: Language, metadata: str) -> dict[str, Any]:
    """The same, and from when on a changed target holds."""
    blocks = fields_of(facts, t, new=False)
    return b.modal("kpi.edit", t("Change the KPI"), blocks, submit=t("Save"), close=t("Cancel"), metadata=metadata)


def confirm_form(kpi: Kpi, before: str, after: str, of: Preview, t: Language, metadata: str) -> dict[str, Any]:
    """What a target for old values would change, before it does."""
    name = bold(t.name(kpi.name))
    change = t.markup("{kpi}: target {before} → {after}.", kpi=name, before=goal(before, t), after=goal(after, t))
    values = t.markup("Values that are judged anew: {count}.", count=of.values)
    off = t.markup("Off target among them: {before} → {after}.", before=of.off_before, after=of.off_after)
    alerts = t.markup("Open alerts: {before} → {after}.", before=of.open_before, after=of.open_after)
    return b.modal(
        "kpi.rejudge",
        t("Judge values anew?"),
        [b.section(change), b.section(lines(values, off, alerts)), b.context(t.markup("Nothing has been saved yet."))],
        submit=t("Save"),
        close=t("Cancel"),
        metadata=metadata,
    )


def archive_form(kpi: Kpi, alerts: int, t: Language, metadata: str) -> dict[str, Any]:
    """Asked before a KPI is watched no more."""
    name = bold(t.name(kpi.name))
    what = t.markup("Archive {kpi}? Nobody is asked for its values any more, and it opens no alerts.", kpi=name)
    more = (
        said(t.plural("{count} open alert is closed.", "{count} open alerts are closed.", alerts)) if alerts else None
    )
    undo = t.markup("Its values stay. {command} brings it back.", command=Command(f"gemba kpi unarchive {kpi.name}"))
    return b.modal(
        "kpi.archive",
        t("Archive the KPI"),
        [b.section(lines(what, more, undo))],
        submit=t("Archive"),
        close=t("Cancel"),
        metadata=metadata,
    )
