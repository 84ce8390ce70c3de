"""The lines of the weekly sync, a line a thing."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from domain.commitments.digests import Reminder
from domain.commitments.queries import Commitment
from domain.kpis.alerts.quality import AlertQuality
from domain.pilots.queries import MetricStanding, PilotStanding
from domain.weekly_sync.form import LONGEST_NOTE
from domain.weekly_sync.queries import NOTE_SHOWN, KpiOff, SyncFacts
from domain.weekly_sync.record import SyncNote
from views.commitments.lines import Link, short, what, when
from views.core import Language, Mrkdwn, amount, bold, goal_of, join, lines, person, said
from views.kpis.values import series_name, with_unit
from views.pilots.card import baseline, figure, goal


def section_lines(facts: SyncFacts, name: str, t: Language, link_of: Link, *, whole: bool = False) -> list[Mrkdwn]:
    """The lines of one section (`domain.weekly_sync.queries.SECTIONS`). `whole`: notes are not cut."""
    longest = LONGEST_NOTE if whole else NOTE_SHOWN
    makers: dict[str, Callable[[], list[Mrkdwn]]] = {
        "closed": lambda: [_owed(owed, t, link_of) for owed in facts.closed],
        "new": lambda: [_owed(owed, t, link_of, due=True) for owed in facts.new],
        "improved": lambda: [
            join(" ", [bold(one.reference), short(t.listed(one.measures) or one.background)]) for one in facts.improved
        ],
        "late": lambda: [_late(line, t, link_of) for line in facts.late],
        "blocked": lambda: [join(" ", [person(note.member), short(note.blocked, longest)]) for note in facts.blocked],
        "notes": lambda: [_note(note, t, longest) for note in facts.notes],
        "pilots": lambda: [_metric(standing, metric, t) for standing, metric in facts.pilots],
        "kpis": lambda: [_kpi(off, t) for off in facts.kpis],
        "next": lambda: [_next(owed, t, link_of) for owed in facts.next],
    }
    return makers[name]()


def alert_quality(of: AlertQuality, t: Language) -> Mrkdwn:
    """`KPI alerts in the last four weeks: 6 opened, 4 acted on, 1 not a problem, median 5 hours to acknowledge.`"""
    figures = [
        t.plural("{count} opened", "{count} opened", of.opened),
        t.plural("{count} acted on", "{count} acted on", of.acted_on),
        t.plural("{count} not a problem", "{count} not a problem", of.not_a_problem),
    ]
    if of.hours is not None:
        figures.append(t("median {time} to acknowledge", time=_span(of.hours, t)))
    return t.markup("KPI alerts in the last four weeks: {figures}.", figures=t.listed(figures))


def _span(hours: Decimal, t: Language) -> str:
    """In minutes below one hour, in days from three on."""
    if hours < 1:
        return amount(Decimal(round(hours * 60)), "minutes", t)
    if hours < 72:
        return amount(Decimal(round(hours)), "hours", t)
    return amount(Decimal(round(hours / 24)), "days", t)


def _owed(owed: Commitment, t: Language, link_of: Link, *, due: bool = False) -> Mrkdwn:
    parts: list[object] = [what(owed, link_of(owed)), _owner(owed, t)]
    if due and owed.due and not owed.finished:
        parts.append(t("due {due}", due=t.day(owed.due)))
    return join(" · ", parts)


def _late(line: Reminder, t: Language, link_of: Link) -> Mrkdwn:
    return join(" · ", [what(line.owed, link_of(line.owed)), _owner(line.owed, t), when(line, t)])


def _next(owed: Commitment, t: Language, link_of: Link) -> Mrkdwn:
    """Who first: the list is in the order of its owners."""
    day: date | None = owed.due
    return join(" · ", [_owner(owed, t), what(owed, link_of(owed)), t("due {due}", due=t.day(day)) if day else ""])


def _owner(owed: Commitment, t: Language) -> Mrkdwn:
    return person(owed.owner) if owed.owner else said(t("nobody's yet"))


def _note(note: SyncNote, t: Language, longest: int) -> Mrkdwn:
    parts = [person(note.member)]
    if note.done:
        parts.append(t.markup("done: {text}", text=short(note.done, longest)))
    if note.next:
        parts.append(t.markup("next: {text}", text=short(note.next, longest)))
    return join(" · ", parts)


def _metric(standing: PilotStanding, row: MetricStanding, t: Language) -> Mrkdwn:
    """This week's value against baseline and target; an older value says which week it is of.

    The first metric of a pilot has its name above it.
    """
    metric = row.metric
    latest = "" if row.latest is None else figure(row.latest, metric, t)
    if row.latest is None:
        value = t("no value yet")
    elif row.latest_week == standing.week:
        value = t("this week {value}", value=latest)
    else:
        value = t("no value this week; week {week}: {value}", week=row.latest_week, value=latest)
    wanted = t("target {target}", target=goal(metric, t))
    measured = Mrkdwn(f"• {short(t.name(metric.name))}")
    text = join(" · ", [measured, value, baseline(metric, t), wanted, t.label(row.status)])
    if row not in standing.metrics[:1]:
        return text
    pilot = Mrkdwn(f"{bold(standing.pilot.reference)} {short(t.name(standing.pilot.name))}")
    return lines(pilot, text)


def _kpi(off: KpiOff, t: Language) -> Mrkdwn:
    name = short(series_name(off.kpi, off.segment, t))
    value = with_unit(off.latest.value, off.kpi, t) if off.latest else "–"
    return join(" · ", [bold(name), value, t("target {target}", target=goal_of(off.goal, t))])
