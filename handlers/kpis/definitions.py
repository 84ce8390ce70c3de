"""What people do to define KPIs: add, change, archive."""

from collections.abc import Mapping
from typing import Any

from domain.core import Bilingual, Command, NotFound, UnitOfWork, UserError
from domain.kpis import actions as use
from domain.kpis.forms import Holds, KpiChange, KpiForm
from domain.kpis.queries import names_of
from domain.kpis.record import Kpi, KpiAlert
from domain.kpis.rights import ADD_KPI, CHANGE_KPI
from domain.kpis.rule_changes import changes_rules, holds_since, preview
from domain.kpis.values.entry import names_like, split_name
from domain.lifecycle.moves import changeable
from domain.measures.targets import readable
from domain.people.record import Department
from domain.processes.record import Process
from handlers.core import Open, Reply, Request, Routes, Say, Update, form_of, metadata_of
from views.kpis import definitions as kpi_definitions, dialogs as kpi_dialogs, forms as kpi_forms
from views.kpis.fields import FormFacts

routes = Routes()


def add(request: Request) -> Reply:
    """`add`: the form for a new KPI."""
    with request.reading() as work:
        ADD_KPI.check(work, request.member, work.of(Process).find(owner=request.member.user_id))
        channel = request.channel_id if request.channel_id.startswith("C") else ""
        mine = request.member.user_id
        new = Kpi(name=Bilingual(request.text), target="", channel=channel, owner=mine, data_owner=mine)
        facts = _form_facts(work, new)
    return Open(kpi_forms.add_form(facts, request.t))


@routes.submission("kpi.add")
def submit_new(request: Request) -> Reply:
    form = form_of(request, KpiForm)
    with request.writing() as work:
        kpi = use.add_kpi(work, request.member, form, now=request.now)
    return Say(kpi_definitions.added(kpi, request.t))


def edit(request: Request) -> Reply:
    """`edit NAME`."""
    with request.reading() as work:
        kpi = _named(request, work, "edit")
        if not isinstance(kpi, Kpi):
            return kpi
        return _edit(request, work, kpi)


@routes.action("kpi.edit")
def open_edit(request: Request) -> Reply:
    with request.reading() as work:
        return _edit(request, work, work.of(Kpi).get(request.record_id))


@routes.submission("kpi.edit")
def submit_change(request: Request) -> Reply:
    """Saved at once, but where old values would be judged anew: then what that changes is shown first."""
    form = form_of(request, KpiChange)
    kpi_id = request.metadata["kpi"]
    with request.reading() as work:
        kpi = changeable(work, request.member, Kpi, kpi_id)
        use.check(work, form, kpi)
        if form.holds is not Holds.NEXT and changes_rules(kpi, form) and readable(kpi.target):
            would = preview(work, kpi, form, now=request.now)
            kept = metadata_of(kpi=kpi_id, form={name: value for name, value in request.values.items() if value})
            if would.values:
                return Update(kpi_forms.confirm_form(kpi, kpi.target, form.target, would, request.t, kept))
    return _save(request, kpi_id, form)


@routes.submission("kpi.rejudge")
def submit_rejudged(request: Request) -> Reply:
    kept: Mapping[str, Any] = request.metadata
    return _save(request, kept["kpi"], KpiChange.read(kept["form"]))


def archive(request: Request) -> Reply:
    """`archive NAME`: asks first."""
    with request.reading() as work:
        kpi = _named(request, work, "archive")
        if not isinstance(kpi, Kpi):
            return kpi
        CHANGE_KPI.check(work, request.member, kpi)
        alerts = work.of(KpiAlert).count(kpi_id=kpi.id, closed_at=None)
    return Open(kpi_forms.archive_form(kpi, alerts, request.t, metadata_of(kpi=kpi.id)))


@routes.submission("kpi.archive")
def submit_archive(request: Request) -> Reply:
    with request.writing() as work:
        kpi = use.archive_kpi(work, request.member, request.metadata["kpi"], now=request.now)
    return Say(kpi_definitions.archived(kpi, request.t))


def unarchive(request: Request) -> Reply:
    """`unarchive NAME`."""
    with request.reading() as work:
        kpi = _named(request, work, "unarchive")
    if not isinstance(kpi, Kpi):
        return kpi
    return _unarchive(request, kpi.id)


@routes.action("kpi.unarchive")
def press_unarchive(request: Request) -> Reply:
    return _unarchive(request, request.record_id)


def _edit(request: Request, work: UnitOfWork, kpi: Kpi) -> Reply:
    CHANGE_KPI.check(work, request.member, kpi)
    return Open(kpi_forms.edit_form(_form_facts(work, kpi), request.t, metadata_of(kpi=kpi.id)))


def _save(request: Request, kpi_id: int, form: KpiChange) -> Reply:
    with request.writing() as work:
        before = work.of(Kpi).get(kpi_id)
        since = holds_since(work, before, form, now=request.now) if changes_rules(before, form) else None
        kpi = use.change_kpi(work, request.member, kpi_id, form, now=request.now)
    return Say(kpi_definitions.changed(kpi, since, request.t))


def _unarchive(request: Request, kpi_id: int) -> Reply:
    with request.writing() as work:
        kpi = use.unarchive_kpi(work, request.member, kpi_id, now=request.now)
    return Say(kpi_definitions.archived(kpi, request.t), replace=True)


def _form_facts(work: UnitOfWork, kpi: Kpi) -> FormFacts:
    return FormFacts(kpi, work.of(Process).find(order="name"), work.of(Department).find(order="name"))


def _named(request: Request, work: UnitOfWork, command: str) -> Kpi | Reply:
    """The KPI that was named, or a question which one is meant. Raises UserError where nothing fits."""
    names = names_of(work)
    named = split_name(request.text, names)
    if named.record_id is not None:
        return work.of(Kpi).get(named.record_id)
    return which(named.name, named.rest, names, command, request)


def which(name: str, rest: str, names: Mapping[str, int], command: str, request: Request) -> Reply:
    """No name fits: offer those that nearly do. Raises NotFound, or UserError where nothing was named."""
    if not name:
        raise UserError("Which KPI? Type its name; {command} lists them all.", command=Command("gemba kpi"))
    like = names_like(name, names)
    if not like:
        raise NotFound(
            "There is no KPI “{name}”. Type {command} to see all names.", name=name, command=Command("gemba kpi")
        )
    return Say(kpi_dialogs.which_kpi(name, like, command, rest, request.t))
