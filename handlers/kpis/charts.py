"""What people do with a KPI's chart: look at it, post it, have its usual range worked out anew."""

from typing import Any

from domain.core.errors import Problem
from domain.core.wording import words
from domain.kpis.charts.form import RebaseForm
from domain.kpis.charts.queries import chart_of, post_picture, with_goals
from domain.kpis.charts.signals import rebase
from domain.kpis.record import Kpi
from domain.kpis.rights import CHANGE_KPI
from handlers.core.forms import form_of
from handlers.core.replies import Open, Reply, Say
from handlers.core.request import Request, keep
from handlers.core.routing import Routes
from views.kpis import charts as kpi_charts

routes = Routes()


@routes.action("kpi.chart")
def show(request: Request) -> Reply:
    """'Chart': the button says `KPI:SEGMENT`."""
    kpi_id, segment = _series(request.value)
    with request.reading() as work:
        drawn = with_goals(work, chart_of(work, work.of(Kpi).get(kpi_id), segment))
    return Say(kpi_charts.chart(drawn, request.t))


@routes.action("kpi.picture")
def post_it(request: Request) -> Reply:
    """'Post as a picture', to the channel that the private chart stands in."""
    kpi_id, segment = _series(request.value)
    to = request.channel_id or request.member.user_id
    with request.writing() as work:
        post_picture(work, request.member, kpi_id, segment, to)
    return Say(kpi_charts.posted(request.t))


@routes.action("kpi.rebase")
def open_rebase(request: Request) -> Reply:
    """'Re-base the chart': from when the change shows, or from today."""
    kpi_id, segment = _series(request.value)
    with request.reading() as work:
        kpi = work.of(Kpi).get(kpi_id)
        CHANGE_KPI.check(work, request.member, kpi)
        drawn = chart_of(work, kpi, segment)
        today = request.today(work)
    change = drawn.chart.now
    since = drawn.chart.points[change.start].period if change else today
    return Open(kpi_charts.rebase_form(drawn, since, request.t, keep(kpi=kpi_id, segment=segment)))


@routes.submission("kpi.rebase")
def submit_rebase(request: Request) -> Reply:
    kept: dict[str, Any] = request.metadata
    form = form_of(request, RebaseForm)
    with request.writing() as work:
        drawn = rebase(work, request.member, kept["kpi"], kept.get("segment", ""), form, now=request.now)
    return Say(kpi_charts.rebased(drawn, request.t))


def _series(value: str) -> tuple[int, str]:
    kpi_id, _, segment = value.partition(":")
    if not kpi_id.isascii() or not kpi_id.isdecimal():
        raise Problem(words("This cannot be used as it is. Please check it."))
    return int(kpi_id), segment
