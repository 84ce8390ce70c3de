"""What people do with a KPI's chart: look at it, post it, have its usual range worked out anew."""

from typing import Any

from domain.kpis.charts.form import RebaseForm
from domain.kpis.charts.queries import chart_of, post_picture, with_goals
from domain.kpis.charts.signals import rebase
from domain.kpis.record import Kpi
from domain.lifecycle.moves import changeable
from handlers.core import Open, Reply, Request, Routes, Say, form_of, metadata_of
from views.kpis import charts as kpi_charts
from views.kpis.carried import SeriesOf

routes = Routes()


@routes.action("kpi.chart")
def show(request: Request) -> Reply:
    """'Chart': the button says `KPI:SEGMENT`."""
    of = request.carried(SeriesOf)
    with request.reading() as work:
        drawn = with_goals(work, chart_of(work, work.of(Kpi).get(of.kpi), of.segment))
    return Say(kpi_charts.chart(drawn, request.t))


@routes.action("kpi.picture")
def post_it(request: Request) -> Reply:
    """'Post as a picture', to the channel that the private chart stands in."""
    of = request.carried(SeriesOf)
    to = request.channel_id or request.member.user_id
    with request.writing() as work:
        post_picture(work, request.member, of.kpi, of.segment, to)
    return Say(kpi_charts.posted(request.t))


@routes.action("kpi.rebase")
def open_rebase(request: Request) -> Reply:
    """'Re-base the chart': from when the change shows, or from today."""
    of = request.carried(SeriesOf)
    with request.reading() as work:
        kpi = changeable(work, request.member, Kpi, of.kpi)
        drawn = chart_of(work, kpi, of.segment)
        today = request.today(work)
    change = drawn.chart.now
    since = drawn.chart.points[change.start].period if change else today
    return Open(kpi_charts.rebase_form(drawn, since, request.t, metadata_of(kpi=of.kpi, segment=of.segment)))


@routes.submission("kpi.rebase")
def submit_rebase(request: Request) -> Reply:
    kept: dict[str, Any] = request.metadata
    form = form_of(request, RebaseForm)
    with request.writing() as work:
        drawn = rebase(work, request.member, kept["kpi"], kept.get("segment", ""), form, now=request.now)
    return Say(kpi_charts.rebased(drawn, request.t))
