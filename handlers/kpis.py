"""What people do with KPIs: record values, look them up, define new ones."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from domain.errors import NotFound, Problem
from domain.forms.kpis import KpiEntry, KpiForm, figure
from domain.ports import UnitOfWork
from domain.records.kpis import Kpi
from domain.rules.kpi_entry import Named, names_like, split_name
from domain.rules.kpi_state import period_end
from domain.rules.likeness import nearest
from domain.rules.permissions import may_add_kpi, may_record
from domain.rules.targets import target
from domain.rules.typed_days import split_day
from domain.use_cases import kpis as use
from domain.use_cases.places import today_of
from domain.wording import words
from handlers.forms import form_of
from handlers.replies import Done, Open, Reply, Say
from handlers.request import Request, keep
from handlers.routing import Routes
from views import issues, kpi_dialogs, kpi_lists, kpis, notices
from views.blocks import Rendered
from views.kpi_lists import KpiDetail

routes = Routes()
ALIASES = {"记录": "record", "录入": "record", "列表": "list", "查看": "show", "添加": "add", "新增": "add"}


@routes.command("gemba kpi")
def choose(request: Request) -> Reply:
    """`/gemba kpi [record|list|show|add] …`; a KPI's name alone shows it."""
    typed = request.text.strip()
    first, _, rest = typed.partition(" ")
    word = ALIASES.get(first, first.casefold()) or "list"
    if word in SUBCOMMANDS:
        request.text = rest.strip()
        return SUBCOMMANDS[word](request)
    with request.reading() as work:
        named = split_name(typed, use.names_of(work))
    if named.known is not None:
        return record(request) if named.rest else show(request)
    meant = nearest(word, SUBCOMMANDS) or "show"
    behind = rest if nearest(word, SUBCOMMANDS) else typed
    return Say(notices.did_you_mean("gemba", f"kpi {meant} {behind}".strip(), f"kpi {typed}", request.t,
                                    prefix=request.prefix))  # fmt: skip


def record(request: Request) -> Reply:
    """`record NAME VALUE [DATE]`; without a value, the form asks for it."""
    with request.reading() as work:
        named = split_name(request.text, use.names_of(work))
        if named.known is None:
            return _which(request, work, named, "record")
        kpi, today = work.kpis.get(named.known), today_of(request.member, work.workspace, request.now)
    if not named.rest:
        return _ask(request, kpi.id, today)
    typed = split_day(named.rest, today)
    if not typed.sure:
        return Say(kpi_dialogs.which_day(kpi, typed.rest, typed.days, request.t))
    value = figure(typed.rest, target(kpi.target).unit)
    return Say(_record(request, kpi, value, typed.days[0] if typed.days else today), replace=True)


def list_kpis(request: Request) -> Reply:
    with request.reading() as work:
        found = [use.facts_of(work, kpi) for kpi in work.kpis.find(order="name", limit=200)]
    return Say(kpi_lists.listing(found, request.t))


def show(request: Request) -> Reply:
    """`show NAME`."""
    with request.reading() as work:
        named = split_name(request.text, use.names_of(work))
        if named.known is None:
            return _which(request, work, named, "show")
        kpi = work.kpis.get(named.known)
        departments = work.departments.find(id=kpi.departments) if kpi.departments else []
        process = work.processes.one(id=kpi.process_id) if kpi.process_id else None
        detail = KpiDetail(use.facts_of(work, kpi), process, departments)
    return Say(kpi_lists.detail(detail, request.t))


def add(request: Request) -> Reply:
    """`add`: the form for a new KPI."""
    with request.reading() as work:
        may_add_kpi(request.member, work.processes.find(owner=request.member.user_id))
        processes = work.processes.find(order="name", limit=100)
        departments = work.departments.find(order="name", limit=100)
    channel = request.channel_id if request.channel_id.startswith("C") else ""
    return Open(kpi_dialogs.add_form(request.t, processes, departments, owner=request.member.user_id, channel=channel))


SUBCOMMANDS: dict[str, Callable[[Request], Reply]] = {"record": record, "list": list_kpis, "show": show, "add": add}


@routes.submission("kpi.add")
def submit_new(request: Request) -> Reply:
    form = form_of(request, KpiForm)
    with request.writing() as work:
        kpi = use.add_kpi(work, request.member, form, now=request.now)
    return Say(kpi_dialogs.added(kpi, request.t))


@routes.action("kpi.enter")
def open_entry(request: Request) -> Reply:
    """'Enter a value': the button says `KPI`, or `KPI:PERIOD` where a missing value is asked for."""
    kpi_id, _, period = request.value.partition(":")
    with request.reading() as work:
        day = today_of(request.member, work.workspace, request.now)
    return _ask(request, int(kpi_id), date.fromisoformat(period) if period else day, asked=period)


@routes.submission("kpi.enter")
def submit_entry(request: Request) -> Reply:
    """The question about a missing value says thank you by itself; elsewhere the reading is echoed."""
    form, kept = form_of(request, KpiEntry), request.metadata
    with request.reading() as work:
        kpi = work.kpis.get(kept["kpi"])
    echo = _record(request, kpi, form.in_unit(target(kpi.target).unit), form.day)
    return Done() if kept.get("asked") == form.day.isoformat() else Say(echo)


@routes.action("kpi.issue")
def open_issue_form(request: Request) -> Reply:
    """'File an issue' on an alert: the issue form, with what the alert says."""
    with request.reading() as work:
        alert = work.kpi_alerts.get(request.record_id)
        kpi = work.kpis.get(alert.kpi_id)
        latest = use.facts_of(work, kpi).latest or work.kpi_readings.get(alert.opened_by)
        processes, settings = work.processes.find(order="name", limit=100), work.workspace
    draft = kpis.issue_draft(kpi, latest, request.t)
    return Open(issues.form(request.t, processes, draft, keep(channel=request.channel_id), settings=settings))


def _record(request: Request, kpi: Kpi, value: Decimal, day: date) -> Rendered:
    """Keep the value, and say how it was read."""
    with request.writing() as work:
        before = work.kpi_readings.one(kpi_id=kpi.id, period=period_end(day, kpi.frequency))
        reading = use.record_value(work, request.member, kpi.id, value, day, now=request.now)
    corrected = before if before and before.value != value else None
    return kpi_dialogs.recorded(kpi, reading, corrected, request.t)


def _ask(request: Request, kpi_id: int, day: date, *, asked: str = "") -> Reply:
    with request.reading() as work:
        facts = use.facts_of(work, work.kpis.get(kpi_id))
        may_record(request.member, facts.kpi.owner)
    return Open(kpi_dialogs.enter_form(facts, day, request.t, keep(kpi=kpi_id, asked=asked)))


def _which(request: Request, work: UnitOfWork, named: Named, command: str) -> Reply:
    """No name fits: offer those that nearly do. Raises NotFound, or Problem where nothing was named."""
    if not named.name:
        raise Problem(words("Which KPI? Type its name; /gemba kpi lists them all."))
    like = names_like(named.name, use.names_of(work))
    if not like:
        raise NotFound(words("There is no KPI “{name}”. Type /gemba kpi to see all names.", name=named.name))
    return Say(kpi_dialogs.which_kpi(named.name, like, command, named.rest, request.t))
