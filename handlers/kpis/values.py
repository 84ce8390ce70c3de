"""What people do with KPIs: record values, look them up."""

from datetime import date
from decimal import Decimal

from domain.core import UnitOfWork
from domain.kpis import queries as use
from domain.kpis.alerts.machine import rules_at
from domain.kpis.charts.queries import chart_of, with_goals
from domain.kpis.forms import KpiEntry, figure
from domain.kpis.record import Kpi, KpiReading, KpiSeries, KpiState, KpiVersion
from domain.kpis.rights import ENTER_VALUES
from domain.kpis.values.actions import recent_values, record_value, series_names
from domain.kpis.values.entry import Named, split_name, split_value
from domain.kpis.values.periods import period_end
from domain.measures.targets import target
from domain.people.record import Department
from domain.processes.record import Process
from domain.text.lookup import UnknownName
from handlers.core import Done, Open, Reply, Request, Routes, Say, Verbs, did_you_mean, form_of, metadata_of
from handlers.kpis.definitions import add, archive, edit, unarchive, which
from handlers.kpis.imports import open_form as open_import
from handlers.kpis.reports import export
from views.core import Rendered
from views.core.labels import label
from views.home.help import Usage
from views.kpis import dialogs as kpi_dialogs, lists as kpi_lists
from views.kpis.carried import ValueOf
from views.kpis.lists import VALUES_SHOWN, KpiDetail

routes = Routes()
routes.help(
    "gemba",
    Usage("kpi", label("lists the KPIs with their latest values")),
    Usage("kpi record NAME[/SEGMENT] VALUE [DATE]", label("records a KPI value")),
    Usage("kpi import", label("imports KPI values from a CSV or XLSX file")),
    Usage("kpi export [csv]", label("sends you all KPIs as an XLSX or CSV file")),
    Usage("kpi show NAME", label("shows one KPI")),
    Usage("kpi add", label("adds a KPI")),
    Usage("kpi edit NAME", label("changes a KPI: its target, who answers for it, when the channel is told")),
    Usage("kpi archive NAME", label("stops watching a KPI; unarchive brings it back")),
)


def record(request: Request) -> Reply:
    """`record NAME[/SEGMENT] VALUE [DATE]`; the form asks for what is left out."""
    with request.reading() as work:
        series = series_names(work)
        named = split_name(request.text, {name: kpi_id for name, (kpi_id, _) in series.items()})
        if named.record_id is None:
            return _which(request, work, named, "record")
        kpi, today = work.of(Kpi).get(named.record_id), request.today(work)
    segment = series[named.name].segment if named.name in series else ""
    if not named.rest:
        return _ask(request, kpi.id, today, segment=segment)
    typed = split_value(named.rest, today)
    if not typed.sure:
        return Say(kpi_dialogs.which_day(kpi, typed.rest, typed.days, request.t, segment))
    value, day = figure(typed.rest, target(kpi.target).unit), typed.days[0] if typed.days else today
    if kpi.segments and not segment:
        return _ask(request, kpi.id, day, value=typed.rest)
    return Say(_record(request, kpi, value, day, segment), replace=True)


def list_kpis(request: Request) -> Reply:
    with request.reading() as work:
        kpis = [use.facts_of(work, kpi) for kpi in work.of(Kpi).find(archived_at=None, order="name", limit=200)]
    return Say(kpi_lists.listing(kpis, request.t))


def show(request: Request) -> Reply:
    """`show NAME`."""
    with request.reading() as work:
        named = split_name(request.text, use.names_of(work))
        if named.record_id is None:
            return _which(request, work, named, "show")
        kpi = work.of(Kpi).get(named.record_id)
        departments = work.of(Department).find(id=kpi.departments) if kpi.departments else []
        process = work.of(Process).one(id=kpi.process_id) if kpi.process_id else None
        charts = [with_goals(work, chart_of(work, kpi, segment)) for segment in kpi.series]
        values = recent_values(work, kpi, VALUES_SHOWN)
        versions = work.of(KpiVersion).find(kpi_id=kpi.id)
        detail = KpiDetail(use.facts_of(work, kpi), process, departments, charts, values, versions)
    return Say(kpi_lists.detail(detail, request.t))


def show_or_record(request: Request) -> Reply:
    """`NAME [VALUE [DATE]]`. Raises UnknownName."""
    with request.reading() as work:
        named = split_name(request.text, use.names_of(work))
    if named.record_id is None:
        raise UnknownName(request.text, [])
    return record(request) if named.rest else show(request)


VERBS = Verbs(
    "kpi",
    {
        "record": record,
        "list": list_kpis,
        "show": show,
        "add": add,
        "edit": edit,
        "archive": archive,
        "unarchive": unarchive,
        "import": open_import,
        "export": export,
    },
    unknown=lambda request: did_you_mean(request, "kpi", f"show {request.text}"),
    named=show_or_record,
)
routes.command("gemba kpi", "指标")(VERBS.run)


@routes.action("kpi.enter")
def open_entry(request: Request) -> Reply:
    """'Enter a value': the button says `KPI`, `KPI:PERIOD` where a missing one is asked for, or `KPI::SEGMENT`."""
    of = request.carried(ValueOf)
    with request.reading() as work:
        day = request.today(work)
    asked = of.period.isoformat() if of.period else ""
    return _ask(request, of.kpi, of.period or day, asked=asked, segment=of.segment or "")


@routes.submission("kpi.enter")
def submit_entry(request: Request) -> Reply:
    """The question about a missing value says thank you by itself; elsewhere the reading is echoed."""
    form, kept = form_of(request, KpiEntry), request.metadata
    with request.reading() as work:
        kpi = work.of(Kpi).get(kept["kpi"])
    echo = _record(request, kpi, form.in_unit(target(kpi.target).unit), form.day, form.segment)
    return Done() if kept.get("asked") == form.day.isoformat() else Say(echo)


def _record(request: Request, kpi: Kpi, value: Decimal, day: date, segment: str) -> Rendered:
    """Keep the value, and say how it was read."""
    with request.writing() as work:
        before = work.of(KpiReading).one(kpi_id=kpi.id, segment=segment, period=period_end(day, kpi.frequency))
        reading = record_value(work, request.member, kpi.id, value, day, segment=segment, now=request.now)
        rules = rules_at(work.of(KpiVersion).find(kpi_id=kpi.id), kpi, reading.period)
        series = work.of(KpiSeries).one(kpi_id=kpi.id, segment=reading.segment)
    corrected = before if before and before.value != value else None
    state = series.state if series else KpiState.NO_DATA
    return kpi_dialogs.recorded(kpi, reading, rules, state, corrected, request.t)


def _ask(request: Request, kpi_id: int, day: date, *, asked: str = "", segment: str = "", value: str = "") -> Reply:
    with request.reading() as work:
        facts = use.facts_of(work, work.of(Kpi).get(kpi_id))
        ENTER_VALUES.check(work, request.member, facts.kpi)
    kept = metadata_of(kpi=kpi_id, asked=asked)
    return Open(kpi_dialogs.enter_form(facts, day, request.t, kept, segment=segment, value=value))


def _which(request: Request, work: UnitOfWork, named: Named, command: str) -> Reply:
    return which(named.name, named.rest, use.names_of(work), command, request)
