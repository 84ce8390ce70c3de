"""The monthly KPI report with its thread, and the table of all KPIs as a file."""

from functools import partial

from domain.kpis.messages import KpiExport, KpiReport, KpiReportMore
from domain.kpis.queries import export_rows
from domain.kpis.report import report_of
from views.cards.looks import Makers, Making
from views.core import Document, Rendered
from views.core.spreadsheets import KINDS
from views.kpis import export as kpi_export, report as kpi_report


def _report(message: KpiReport, making: Making) -> Rendered:
    return kpi_report.report(report_of(making.work, message.channel_id, message.month), making.t)


def _more(message: KpiReportMore, making: Making) -> Rendered | None:
    """Nothing where the month has no values after all, or by now fewer KPIs."""
    report = report_of(making.work, message.channel_id, message.month)
    return (
        None if report.is_empty or not report.part(message.part) else kpi_report.further(report, message.part, making.t)
    )


def _export(message: KpiExport, making: Making) -> Rendered:
    """As it is now; the file is made by who delivers it."""
    rows, t = export_rows(making.work), making.t
    made = partial(KINDS[message.kind], kpi_export.table(rows, t))
    return kpi_export.message(rows, Document(f"{kpi_export.file_name(t)}.{message.kind}", made), t)


MAKERS: Makers = {KpiReport: _report, KpiReportMore: _more, KpiExport: _export}
