"""The monitoring table of all KPIs (T3, 流程监控指标表), as rows of a file."""

from collections.abc import Callable, Sequence

from domain.core import UserError
from domain.kpis.queries import ExportRow
from views.core import Language, blocks as b, code, goal
from views.kpis.values import with_unit


def table(rows: Sequence[ExportRow], t: Language) -> list[list[str]]:
    """T3's columns in its order, the first row the headings; behind them which period and segment a value is of.

    Values carry their unit, and periods are ISO days, so that the same file can be imported again.
    """
    head = [
        t("KPI name"),
        t("Formula"),
        t("Data source"),
        t("Monitoring frequency"),
        t("Target"),
        t("Actual"),
        t("Responsible departments"),
        t("Period"),
        t("Segment"),
    ]
    return [head, *(_row(row, t) for row in rows)]


def file_name(t: Language) -> str:
    """Without its ending."""
    return t("KPI monitoring table")


def message(rows: Sequence[ExportRow], document: b.Document, t: Language) -> b.Rendered:
    """What stands above the file, and what is said where there can be none."""
    above = t.plural(
        "{count} row: each KPI with its newest value.", "{count} rows: each KPI with its newest value.", len(rows)
    )
    refused = t.markup(
        "Slack does not take files from me here. Ask who runs me to give the app the scope files:write, "
        "or for the table by {command}.",
        command=code("gemba export kpis"),
    )
    return b.Rendered(above, [b.section(refused)], document=document)


def coming(t: Language) -> b.Rendered:
    """At once, while the file is made."""
    return b.sentence(t.markup("The file with all KPIs is on its way to your messages with me."))


def _row(row: ExportRow, t: Language) -> list[str]:
    kpi, latest = row.kpi, row.latest
    departments = [t.name(department.name) for department in row.departments]
    return [
        t.name(kpi.name),
        kpi.formula,
        t.label(kpi.derived) if kpi.derived else kpi.source,
        t.label(kpi.frequency),
        _or_as_written(lambda: goal(kpi.target, t), kpi.target),
        _or_as_written(lambda: with_unit(latest.value, kpi, t), str(latest.value)) if latest else "",
        t.listed(departments),
        latest.period.isoformat() if latest else "",
        row.segment,
    ]


def _or_as_written(make: Callable[[], str], text: str) -> str:
    """Another program may have written a target that cannot be read; its row stays in the table."""
    try:
        return make()
    except UserError:
        return text
