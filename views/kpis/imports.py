"""A file of KPI values: choosing it, what it would change, what it has changed."""

from datetime import UTC, datetime
from typing import Any

from domain.kpis.imports.actions import BadRow, Change, Plan
from domain.kpis.imports.form import ImportForm
from domain.kpis.values.actions import Upserted
from views.core import Language, Mrkdwn, blocks as b, bold, inputs, lines
from views.core.lists import left_out, sections
from views.kpis.values import for_period, name_in_files, with_unit

SHOWN = 15
NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""A file may hold many years: its days are told with theirs."""


def form(t: Language) -> dict[str, Any]:
    """Which file? A day, for one that has no column for it."""
    about = t.markup(
        "CSV or XLSX. The first row says what is in each column: KPI, Period, Value, and Segment where "
        "there are some. Nothing is changed before you have seen what would be."
    )
    file = {**b.file_input("file", "csv", "xlsx", "txt", "tsv"), "max_files": 1}
    blocks = [b.section(about), *inputs(ImportForm, t, elements={"file": file})]
    return b.modal("kpi.import", t("Import KPI values"), blocks, submit=t("Look at it"), close=t("Cancel"))


def reading(t: Language) -> dict[str, Any]:
    """While a large file is looked through."""
    return _under_way(t.markup("⏳ Reading the file … 10,000 rows take a few seconds. Nothing is changed yet."), t)


def importing(t: Language) -> dict[str, Any]:
    """While many values are kept and judged."""
    text = t.markup(
        "⏳ Importing … 10,000 values take a few seconds: all of them are kept, or none. You can close "
        "this: it goes on."
    )
    return _under_way(text, t)


def _under_way(text: Mrkdwn, t: Language) -> dict[str, Any]:
    return b.modal(b.READ_ONLY, t("Import KPI values"), [b.section(text)], close=t("Close"))


def preview(plan: Plan, name: str, t: Language, metadata: str = "") -> dict[str, Any]:
    """What would change, and each row that cannot be taken. Only a file that fits as a whole can be imported."""
    count = len(plan.changes)
    importable = bool(count) and not plan.bad
    rows = [_bad(row, t) for row in plan.bad[:SHOWN]] or [_change(one, t) for one in plan.changes[:SHOWN]]
    return b.modal(
        "kpi.import.all" if importable else b.READ_ONLY,
        t("Import KPI values"),
        [
            b.section(lines(bold(name), _summary(plan, t))),
            *sections(rows),
            *left_out(len(plan.bad or plan.changes) - SHOWN, t),
        ],
        submit=t.plural("Import {count} value", "Import {count} values", count) if importable else "",
        close=t("Cancel") if importable else t("Close"),
        metadata=metadata,
    )


def imported(brought: Upserted, name: str, t: Language) -> b.Rendered:
    text = t.markup(
        "✅ {file} is imported: {new} new, {corrected} corrected, {same} the same as before.",
        file=bold(name),
        **brought._asdict(),
    )
    return b.sentence(text)


def _summary(plan: Plan, t: Language) -> Mrkdwn:
    if plan.bad:
        rows = t.plural("{count} row cannot be taken", "{count} rows cannot be taken", len(plan.bad))
        return t.markup("{rows}, so nothing can be imported. Mend the file, then choose it again.", rows=rows)
    if not plan.changes:
        return t.markup("All of its values are here already: there is nothing to import.")
    return t.markup(
        "{new} new, {corrected} corrected, {same} the same as before.",
        new=plan.new,
        corrected=plan.corrected,
        same=plan.same,
    )


def _change(change: Change, t: Language) -> Mrkdwn:
    kpi, value = change.kpi, change.value
    facts = {
        "kpi": name_in_files(kpi, value.segment, t),
        "day": for_period(kpi, value.period, t, seen=NEVER),
        "value": with_unit(value.value, kpi, t),
    }
    if change.before is None:
        return t.markup("{kpi}, {day}: {value} (new)", **facts)
    return t.markup("{kpi}, {day}: {before} → {value}", **facts, before=with_unit(change.before, kpi, t))


def _bad(bad: BadRow, t: Language) -> Mrkdwn:
    return t.markup("Row {row}: {reason}", row=str(bad.row), reason=bad.reason)
