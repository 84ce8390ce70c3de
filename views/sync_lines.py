"""The lines of the weekly sync, a line a thing."""

from collections.abc import Callable
from datetime import date

from domain.forms.tasks import LONGEST_NOTE
from domain.records.people import SyncNote
from domain.use_cases.owed import Owed
from domain.use_cases.pilots import MetricStanding, PilotStanding
from domain.use_cases.reminders import Reminder
from domain.use_cases.weekly_sync import NOTE_SHOWN, KpiOff, SyncFacts
from views.kpis import with_unit
from views.language import Language
from views.markup import Mrkdwn, bold, join, lines, person, said
from views.measures import goal as kpi_goal
from views.owed import Link, short, what, when
from views.pilots import baseline, figure, goal, name_of


def section_lines(facts: SyncFacts, name: str, t: Language, link_of: Link, *, whole: bool = False) -> list[Mrkdwn]:
    """The lines of one section (`domain.use_cases.weekly_sync.SECTIONS`). `whole`: notes are not cut."""
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


def _owed(owed: Owed, t: Language, link_of: Link, *, due: bool = False) -> Mrkdwn:
    parts: list[object] = [what(owed, link_of(owed)), _owner(owed, t)]
    if due and owed.due and not owed.finished:
        parts.append(t("due {due}", due=t.day(owed.due)))
    return join(" · ", parts)


def _late(line: Reminder, t: Language, link_of: Link) -> Mrkdwn:
    return join(" · ", [what(line.owed, link_of(line.owed)), _owner(line.owed, t), when(line, t)])


def _next(owed: Owed, t: Language, link_of: Link) -> Mrkdwn:
    """Who first: the list is in the order of its owners."""
    day: date | None = owed.due
    return join(" · ", [_owner(owed, t), what(owed, link_of(owed)), t("due {due}", due=t.day(day)) if day else ""])


def _owner(owed: Owed, t: Language) -> Mrkdwn:
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
    measured = Mrkdwn(f"• {short(name_of(metric, t))}")
    told = join(" · ", [measured, value, baseline(metric, t), wanted, t.label(row.status)])
    if row not in standing.metrics[:1]:
        return told
    pilot = Mrkdwn(f"{bold(standing.pilot.reference)} {short(name_of(standing.pilot, t))}")
    return lines(pilot, told)


def _kpi(off: KpiOff, t: Language) -> Mrkdwn:
    name = short(t.name(off.kpi.name, off.kpi.name_zh))
    value = with_unit(off.latest.value, off.kpi, t) if off.latest else "–"
    return join(" · ", [bold(name), value, t("target {target}", target=kpi_goal(off.kpi.target, t))])
