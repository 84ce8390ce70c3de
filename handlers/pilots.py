"""What people do with pilots: look at them, start one, enter their values."""

from decimal import Decimal

from domain.core import FormErrors, UnitOfWork, UserError, Words
from domain.pilots import typed_values as pilot_text, values as use
from domain.pilots.actions import add_pilot
from domain.pilots.feedback import average_of
from domain.pilots.form import PilotForm
from domain.pilots.lookup import pilot_named
from domain.pilots.queries import is_running, pilot_standing, running_pilots
from domain.pilots.record import Feedback, Metric, Pilot, PilotProblem
from domain.pilots.rights import ENTER_PILOT_VALUES
from domain.processes.record import Process
from domain.text.lookup import UnknownName
from handlers.core import Open, Reply, Request, Routes, Say, Update, Verbs, form_of, metadata_of
from views.core import notices
from views.core.labels import label
from views.home.help import Usage
from views.pilots import card as pilots, choice as pilot_choice, dialogs as pilot_dialogs
from views.pilots.card import PilotFacts

routes = Routes()
routes.help(
    "gemba",
    Usage("pilot record PILOT METRIC VALUE", label("records this week's value of a pilot metric")),
    Usage("pilot list", label("lists the pilots")),
    Usage("pilot show P-1", label("shows a pilot's values against baseline and target")),
    Usage("pilot add [name]", label("starts a pilot")),
)


def list_pilots(request: Request) -> Reply:
    with request.reading() as work:
        today = request.today(work)
        ordered = sorted(work.of(Pilot).find(order="-number"), key=lambda pilot: not is_running(pilot, today))
        standings = [pilot_standing(work, pilot, today) for pilot in ordered[: pilots.LIST_SHOWN]]
    return Say(pilots.listing(standings, len(ordered), request.t))


def show_pilot(request: Request) -> Reply:
    """`/gemba pilot show P-1`: the table, the weeks' problems, what people say."""
    with request.reading() as work:
        today = request.today(work)
        try:
            pilot = pilot_named(work, request.text, today)
        except UnknownName as unknown:
            return Say(pilot_choice.unknown(unknown.text, unknown.near, _show_button, request.t))
        if pilot is None:
            candidates = running_pilots(work, today) or work.of(Pilot).find(order="-number")
            return Say(pilot_choice.which(candidates, _show_button, request.t))
        facts = PilotFacts(
            pilot_standing(work, pilot, today),
            work.of(PilotProblem).find(pilot_id=pilot.id, order="week"),
            average_of(work.of(Feedback).find(pilot_id=pilot.id)),
            work.workspace.feedback_minimum,
        )
    return Say(pilots.show(facts, request.t))


def record(request: Request) -> Reply:
    """`/gemba pilot record PILOT METRIC VALUE [week n]`."""
    with request.writing() as work:
        today = request.today(work)
        try:
            meant = pilot_text.read(work, request.text, running_pilots(work, today))
        except UnknownName as unknown:
            return Say(pilot_choice.unknown(f"record {request.text}", unknown.near, _show_button, request.t))
        pilot, week = meant.pilot, use.week_for(meant.pilot, today, meant.week)
        value = use.read_value(meant.value, meant.metric)
        done = use.record_values(work, request.member, pilot.id, week, {meant.metric.id: value}, now=request.now)
        standing = pilot_standing(work, pilot, today)
    return Say(pilots.recorded(standing, done, request.t))


def open_add_form(request: Request) -> Reply:
    """`/gemba pilot add [name]`."""
    with request.reading() as work:
        processes, today = work.of(Process).find(order="name"), request.today(work)
    kept = metadata_of(channel=request.channel_id)
    return Open(pilot_dialogs.add_form(request.text[:150], processes, request.member.user_id, today, request.t, kept))


@routes.submission("pilot.add")
def submit_add_form(request: Request) -> Reply:
    form = form_of(request, PilotForm)
    with request.writing() as work:
        pilot = add_pilot(work, request.member, form, request.metadata.get("channel", ""), now=request.now)
        standing = pilot_standing(work, pilot, request.today(work))
    return Update(pilot_dialogs.added(standing, request.t))


@routes.action("pilot.enter")
def open_enter_form(request: Request) -> Reply:
    """The button of a pilot's table: a field for each metric of the present week."""
    with request.reading() as work:
        pilot, today = work.of(Pilot).get(request.record_id), request.today(work)
        ENTER_PILOT_VALUES.check(work, request.member, pilot)
        week = use.week_for(pilot, today)
        earlier = work.of(PilotProblem).one(pilot_id=pilot.id, week=week)
        standing = pilot_standing(work, pilot, today)
    problem = request.t.name(earlier.text) if earlier else ""
    return Open(pilot_dialogs.enter_form(standing, problem, request.t, metadata_of(pilot=pilot.id, week=week)))


@routes.submission("pilot.enter")
def submit_values(request: Request) -> Reply:
    pilot_id, week = int(request.metadata["pilot"]), int(request.metadata["week"])
    with request.writing() as work:
        values = _typed_values(request, work, pilot_id)
        done = use.record_values(work, request.member, pilot_id, week, values, now=request.now)
        problem = str(request.values.get("problem") or "").strip()
        if problem:
            use.note_problem(work, request.member, pilot_id, week, problem, now=request.now)
        standing = pilot_standing(work, work.of(Pilot).get(pilot_id), request.today(work))
    return Update(notices.message_modal(pilots.recorded(standing, done, request.t), request.t))


def _typed_values(request: Request, work: UnitOfWork, pilot_id: int) -> dict[int, Decimal]:
    """What is typed by metric. Raises FormErrors for what cannot be read, and where nothing is typed."""
    values: dict[int, Decimal] = {}
    faults: dict[str, Words] = {}
    for metric in work.of(Metric).find(pilot_id=pilot_id):
        block = pilot_dialogs.block_of(metric.id)
        typed = str(request.values.get(block) or "").strip()
        try:
            if typed:
                values[metric.id] = use.read_value(typed, metric)
        except UserError as problem:
            faults[block] = problem.words
    if faults:
        raise FormErrors(faults)
    if not values and not request.values.get("problem"):
        raise UserError("Nothing is filled in yet. Give a value or a problem, or cancel.")
    return values


_show_button = pilot_choice.run("gemba pilot show")
HANDLERS = {"list": list_pilots, "show": show_pilot, "add": open_add_form, "record": record}
VERBS = Verbs("pilot", HANDLERS, unknown=show_pilot)
routes.command("gemba pilot", "试点")(VERBS.run)
