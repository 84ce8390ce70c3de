"""What people say about pilots."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.calendars.working_days import start_of_week
from domain.core import FormErrors, UnitOfWork
from domain.people.rosters import look_up
from domain.pilots import feedback as use
from domain.pilots.form import FeedbackForm
from domain.pilots.lookup import best, pilot_named
from domain.pilots.queries import running_pilots
from domain.pilots.record import Pilot
from domain.text.lookup import UnknownName
from handlers.core import Open, Reply, Request, Routes, Say, Update
from views.core.labels import label
from views.home.help import Usage
from views.pilots import choice as pilot_choice, feedback, feedback_summary
from views.pilots.feedback import Draft

routes = Routes()
routes.slash(
    "feedback",
    label("Say how a pilot is going"),
    Usage("[pilot]", label("asks you how the week went; you can change your answer until the week ends")),
    Usage("summary PILOT", label("shows the average, the trend and the problems")),
)


@routes.command("feedback")
@routes.action("home.feedback")
def open_form(request: Request) -> Reply:
    """`/feedback [pilot]`."""
    with request.reading() as work:
        pilots = use.pilots_to_rate(work, request.today(work))
        try:
            pilot = pilot_named(work, request.text, request.today(work), among=pilots)
        except UnknownName as unknown:
            return _not_found(request, work, unknown)
        if not pilots:
            t = request.t
            return Say(
                pilot_choice.choose(
                    t("No pilot is running this week, so there is nothing to rate."), [], pilot_choice.rate, t
                )
            )
        return Open(_form(request, work, pilot or use.only_own(pilots, request.member), pilots))


@routes.action("feedback.open")
def open_form_of(request: Request) -> Reply:
    """The button of a question, a list or the Home tab; its value is the pilot's id."""
    with request.reading() as work:
        pilots = use.pilots_to_rate(work, request.today(work))
        pilot = next((one for one in pilots if str(one.id) == request.value), None)
        if pilot is None and request.value:
            raise use.not_running(work.of(Pilot).get(request.record_id))
        return Open(_form(request, work, pilot, pilots))


@routes.action("feedback.pilot")
def choose_pilot(request: Request) -> Reply:
    """Another pilot was chosen in the form: its earlier answer comes in, or what is typed goes along."""
    with request.reading() as work:
        pilots = use.pilots_to_rate(work, request.today(work))
        pilot = work.of(Pilot).get(request.record_id)
        return Update(_form(request, work, pilot, pilots))


@routes.submission("feedback.give")
def submit_form(request: Request) -> Reply:
    try:
        form = FeedbackForm.read(_typed(request))
    except FormErrors as problems:
        raise FormErrors({_block_of(name, request.values): words for name, words in problems.fields.items()}) from None
    with request.writing() as work:
        answer = use.give_feedback(work, request.member, form, now=request.now)
        pilot = work.of(Pilot).get(form.pilot)
    return Update(feedback.thanks(pilot, answer, request.t))


@routes.command("feedback summary")
def show_summary(request: Request) -> Reply:
    """`/feedback summary PILOT`."""
    with request.reading() as work:
        today = request.today(work)
        try:
            pilot = pilot_named(work, request.text, today)
        except UnknownName as unknown:
            return Say(pilot_choice.unknown(unknown.text, unknown.near, _summary_button, request.t))
        if pilot is None:
            candidates = running_pilots(work, today) or work.of(Pilot).find(order="-number")
            return Say(pilot_choice.which(candidates, _summary_button, request.t))
    roster = look_up(request.directory, use.places_of([pilot]))
    with request.reading() as work:
        summary = use.summary(work, pilot, use.participants_of(work, pilot, roster), today)
    return Say(feedback_summary.summary(summary, request.t))


_summary_button = pilot_choice.run("feedback summary")


def _form(request: Request, work: UnitOfWork, pilot: Pilot | None, pilots: list[Pilot]) -> dict[str, Any]:
    if pilot is None:
        return feedback.choice(pilots, request.t)
    week = start_of_week(request.today(work))
    return feedback.form(pilots, pilot, _draft(request, work, pilot, week), week, request.t)


def _draft(request: Request, work: UnitOfWork, pilot: Pilot, week: date) -> Draft:
    """This week's answer about the pilot; else what stands in the form, unless it is the answer about another one."""
    member = request.member.user_id
    earlier = use.answer_of(work, pilot.id, member, week)
    if earlier is not None:
        return Draft.of(earlier)
    form_pilot = next((int(name.partition(":")[2]) for name in request.values if name.startswith("rating:")), None)
    if form_pilot is None:
        return Draft()
    typed = Draft.typed(_typed(request))
    kept = use.answer_of(work, form_pilot, member, week)
    return typed if kept is None or Draft.of(kept) != typed else Draft()


def _not_found(request: Request, work: UnitOfWork, unknown: UnknownName) -> Reply:
    """None that runs is called so. Raises UserError where one that does not run is."""
    others = [pilot for pilot, _ in best(unknown.text, work.of(Pilot).find())]
    if len(others) == 1 and others[0] not in unknown.near:
        raise use.not_running(others[0])
    return Say(pilot_choice.unknown(unknown.text, unknown.near, pilot_choice.rate, request.t))


def _typed(request: Request) -> Mapping[str, Any]:
    """What is typed, by the form's field names: block ids carry the pilot too (`works:12`)."""
    return {name.partition(":")[0]: value for name, value in request.values.items()}


def _block_of(name: str, values: Mapping[str, Any]) -> str:
    return next((block for block in values if block.partition(":")[0] == name), name)
