"""What people do with tables of KPIs: see a report in full, get all KPIs as a file."""

from domain.kpis.messages import KpiExport
from domain.kpis.report import report_of
from handlers.core import Open, Reply, Request, Routes, Say
from views.kpis import export as kpi_export, report as kpi_report
from views.kpis.carried import ReportOf

routes = Routes()


@routes.action("kpi.report")
def show_all(request: Request) -> Reply:
    """'Show all': the button says `CHANNEL|MONTH`."""
    of = request.carried(ReportOf)
    with request.reading() as work:
        return Open(kpi_report.whole(report_of(work, of.channel, of.month), request.t))


@routes.action("kpi.export")
def send_file(request: Request) -> Reply:
    """'As a file'."""
    return _send(request, request.value)


def export(request: Request) -> Reply:
    """`export [csv|xlsx]`."""
    return _send(request, request.text.strip().casefold())


def _send(request: Request, kind: str) -> Reply:
    message = KpiExport("csv" if kind == "csv" else "xlsx")
    with request.writing() as work:
        work.outbox.say(message, to=request.member.user_id, once=f"kpi-export:{request.key}")
    return Say(kpi_export.coming(request.t))
