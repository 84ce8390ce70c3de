"""Changes of what is usual for a KPI: each told once, brought up to date where it stands, and taken back if need be."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from domain.core import FormErrors, UnitOfWork, words
from domain.kpis.alerts.cards import place_of, post_openings, together
from domain.kpis.alerts.machine import WINDOW
from domain.kpis.alerts.threads import update_thread
from domain.kpis.charts.form import RebaseForm
from domain.kpis.charts.queries import KpiChart, chart_of
from domain.kpis.charts.xmr import Chart, Point
from domain.kpis.matching import Shift, is_recent, match_shifts
from domain.kpis.messages import KpiSignal, KpiSignalTable
from domain.kpis.record import Kpi, KpiAlert, KpiBaseline, KpiShift, Signals
from domain.kpis.values.periods import period_end
from domain.lifecycle.moves import changeable
from domain.people.record import Member
from domain.people.routing import today_of


def post_news(work: UnitOfWork, *, now: datetime) -> None:
    """Post the cards of new alerts with their threads, and what has changed. Call it once after the series of a run."""
    for alert in post_openings(work, now=now):
        update_thread(work, alert)
    post_signals(work, now=now)


def signals_after(
    work: UnitOfWork, kpi: Kpi, segment: str, *, since: date, now: datetime, newest: Sequence[Point] | None = None
) -> None:
    """Bring the changes of a series to what its values say; `post_news` then posts the new ones.

    A change is told once however long it goes on, and none that was over long ago. `since` is the first period whose
    value is new or corrected; `newest` as in `chart_of`.
    """
    if kpi.signals is Signals.OFF or kpi.archived_at is not None:
        return
    drawn = chart_of(work, kpi, segment, newest=newest).chart
    stored = {shift.id: shift for shift in work.of(KpiShift).find(kpi_id=kpi.id, segment=segment)}
    matching = match_shifts(_shifts(drawn), [(one.id, Shift(one.since, one.last)) for one in stored.values()])
    for shift_id, shift in matching.same:
        _reconcile(work, stored[shift_id], shift, since, now)
    for shift_id in matching.gone:
        _retract(work, stored[shift_id], drawn, now)
    today = today_of(None, work.workspace, now)
    for shift in matching.new:
        if is_recent(shift, kpi.frequency, today):
            new = KpiShift(kpi_id=kpi.id, segment=segment, since=shift.since, last=shift.last)
            work.of(KpiShift).add(new, by="", at=now)


def post_signals(work: UnitOfWork, *, now: datetime) -> None:
    """Post what nobody has heard of: in the thread of the open alert where there is one, else in the KPI's channel."""
    places: dict[tuple[str, str], list[KpiShift]] = defaultdict(list)
    for shift in work.of(KpiShift).find(card=""):
        alert = work.of(KpiAlert).one(kpi_id=shift.kpi_id, segment=shift.segment, closed_at=None)
        thread = alert.card if alert else ""
        place = "" if thread else place_of(work, work.of(Kpi).get(shift.kpi_id))
        places[place, thread].append(shift)
    for (place, thread), shifts in places.items():
        for group in together(shifts):
            _post(work, group, place, thread, now)


def rebase(work: UnitOfWork, member: Member, kpi_id: int, segment: str, form: RebaseForm, *, now: datetime) -> KpiChart:
    """Have the usual range worked out anew from a period on. Raises FormErrors where no value is from then on."""
    kpi = changeable(work, member, Kpi, kpi_id)
    since = period_end(form.since, kpi.frequency)
    points = chart_of(work, kpi, segment).chart.points
    if not points or since > points[-1].period:
        raise FormErrors({"since": words("There is no value from this day on yet. Choose an earlier one.")})
    if since <= points[0].period:
        raise FormErrors({"since": words("The range is worked out from the first value on already.")})
    baseline = work.of(KpiBaseline).one(kpi_id=kpi.id, segment=segment, since=since)
    if baseline is None:
        made = KpiBaseline(kpi_id=kpi.id, segment=segment, since=since, reason=form.reason, by=member.user_id, at=now)
        work.of(KpiBaseline).add(made, by=member.user_id, at=now, verb="re-based")
    else:
        work.of(KpiBaseline).change(baseline, by=member.user_id, at=now, verb="re-based", reason=form.reason)
    signals_after(work, kpi, segment, since=since, now=now)
    post_news(work, now=now)
    return chart_of(work, kpi, segment)


def _shifts(drawn: Chart) -> list[Shift]:
    return [Shift(drawn.points[one.start].period, drawn.points[one.last].period) for one in drawn.episodes]


def _reconcile(work: UnitOfWork, stored: KpiShift, shift: Shift, since: date, now: datetime) -> None:
    if stored.gone or shift != (stored.since, stored.last):
        work.of(KpiShift).change(stored, by="", at=now, since=shift.since, last=shift.last, gone=False)
    elif since > shift.last:
        return
    work.outbox.refresh(stored.card, revive=True)


def _retract(work: UnitOfWork, stored: KpiShift, drawn: Chart, now: datetime) -> None:
    """Its values were corrected, or the range was set anew. What began before the values looked at stays told."""
    seen_from = drawn.points[-WINDOW:][0].period if drawn.points else date.min
    if not stored.gone and stored.since >= seen_from:
        work.of(KpiShift).change(stored, by="", at=now, gone=True)
        work.outbox.refresh(stored.card)


def _post(work: UnitOfWork, shifts: Sequence[KpiShift], place: str, thread: str, now: datetime) -> None:
    """One message for one change, or a table of many."""
    first = shifts[0].id
    key = f"kpi-signal:{first}" if len(shifts) == 1 else f"kpi-signals:{first}"
    for shift in shifts:
        work.of(KpiShift).change(shift, by="", at=now, card=key)
    message = KpiSignal(first) if len(shifts) == 1 else KpiSignalTable(tuple(shift.id for shift in shifts))
    if place or thread:
        work.outbox.say(message, to=place, reply_to=thread, once=key)
