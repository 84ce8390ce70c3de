"""What people do with the optimization log: write it, look it up, mend it."""

from collections.abc import Mapping
from typing import Any

from domain.core import UnitOfWork
from domain.issues.record import Issue
from domain.lifecycle.numbers import by_number
from domain.optimizations import actions as use
from domain.optimizations.form import MOST_EFFECTS, OptimizationForm, typed_of
from domain.optimizations.record import Optimization
from domain.optimizations.rights import CHANGE_OPTIMIZATION
from domain.pilots.record import Pilot
from domain.processes.record import Process
from handlers.core import Done, Open, Options, Reply, Request, Routes, Say, Update, form_of, metadata_of
from views.core.labels import label
from views.home.help import Usage
from views.optimizations import card as optimizations, form as optimization_form
from views.optimizations.form import Choices

routes = Routes()
routes.slash(
    "optimize",
    label("Log an optimization and its effects"),
    Usage("[text]", label("opens the optimization record; the text becomes its background")),
    Usage("list [PROCESS]", label("lists what was optimized, of all processes or one")),
    Usage("show O-3", label("shows one optimization")),
)


@routes.command("optimize")
@routes.action("home.optimize")
def open_form(request: Request) -> Reply:
    """`/optimize [text]`: the form, for today and with oneself as the owner; the text becomes the background."""
    with request.reading() as work:
        today = request.today(work)
        choices = _choices(work, {})
    typed = {"date": today.isoformat(), "owner": request.member.user_id, "background": request.text}
    return Open(optimization_form.form(request.t, choices, typed, metadata_of(channel=request.channel_id, effects=1)))


@routes.action("optimize.effect")
def work_out(request: Request) -> Reply:
    """A figure was typed: show what the effects come to."""
    return _same_form(request, request.metadata["effects"])


@routes.action("optimize.more")
def add_effect(request: Request) -> Reply:
    return _same_form(request, min(request.metadata["effects"] + 1, MOST_EFFECTS))


@routes.options("optimize.issue")
def find_issues(request: Request) -> Reply:
    """The issue menu of the form: what is typed there comes as `value`."""
    with request.reading() as work:
        issues = use.issues_to_link(work, str(request.payload.get("value") or ""))
    return Options([optimization_form.issue_option(issue) for issue in issues])


@routes.submission("optimize.log")
def submit_form(request: Request) -> Reply:
    form = form_of(request, OptimizationForm)
    with request.writing() as work:
        use.log_optimization(work, request.member, form, request.metadata.get("channel", ""), now=request.now)
    return Done()


@routes.action("optimize.edit")
def edit(request: Request) -> Reply:
    """'Edit' on the card: the same form with what stands there."""
    with request.reading() as work:
        optimization = work.of(Optimization).get(request.record_id)
        CHANGE_OPTIMIZATION.check(work, request.member, optimization)
        version, typed = use.version_of(work, optimization), typed_of(optimization)
        choices = _choices(work, typed)
    effects = max(1, len(optimization.effects))
    metadata = metadata_of(optimization=optimization.id, version=version, effects=effects)
    return Open(optimization_form.form(request.t, choices, typed, metadata, effects=effects, editing=True))


@routes.submission("optimize.mend")
def submit_edit(request: Request) -> Reply:
    form, kept = form_of(request, OptimizationForm), request.metadata
    with request.writing() as work:
        use.mend_optimization(work, request.member, kept["optimization"], form, kept["version"], now=request.now)
    return Done()


@routes.command("optimize list")
def list_optimizations(request: Request) -> Reply:
    """`/optimize list [PROCESS]`."""
    with request.reading() as work:
        logged = [use.facts_of(work, optimization) for optimization in use.optimizations_for(work, request.text)]
    return Say(optimizations.listing(logged, request.t))


@routes.command("optimize show")
def show(request: Request) -> Reply:
    """`/optimize show O-3`."""
    with request.reading() as work:
        facts = use.facts_of(work, by_number(work, Optimization, request.text))
    return Say(optimizations.card(facts, request.t))


def _same_form(request: Request, effects: int) -> Reply:
    """The form again with what is typed in it."""
    with request.reading() as work:
        choices = _choices(work, request.values)
    metadata, editing = metadata_of(**{**request.metadata, "effects": effects}), "optimization" in request.metadata
    form = optimization_form.form(request.t, choices, request.values, metadata, effects=effects, editing=editing)
    return Update(form)


def _choices(work: UnitOfWork, typed: Mapping[str, Any]) -> Choices:
    issue = work.of(Issue).one(id=int(typed["issue"])) if typed.get("issue") else None
    return Choices(work.of(Process).find(order="name"), work.of(Pilot).find(order="-id"), issue)
