"""Where a KPI's values come from, and what stood there before."""

from collections.abc import Sequence

from domain.kpis.record import Kpi, KpiReading, KpiRevision
from domain.kpis.values.actions import ValueStory
from views.core import Language, Mrkdwn, join, person, said
from views.kpis.values import for_period, with_unit


def story_line(story: ValueStory, kpi: Kpi, t: Language) -> Mrkdwn:
    """`Fri, Nov 20: 2.8 days, pushed by erp (before: 2.9 days, @clerk)`."""
    reading = story.reading
    day = for_period(kpi, reading.period, t, seen=reading.recorded_at)
    facts = {
        "day": f"{reading.segment} · {day}" if reading.segment else day,
        "value": with_unit(reading.value, kpi, t),
        "who": brought_by(reading, t),
    }
    if not story.before:
        return t.markup("{day}: {value}, {who}", **facts)
    return t.markup("{day}: {value}, {who} (before: {earlier})", **facts, earlier=_earlier(story.before, kpi, t))


def brought_by(brought: KpiReading | KpiRevision, t: Language) -> Mrkdwn:
    """Who or what brought it."""
    kind, _, name = brought.via.partition(":")
    match kind:
        case "push":
            return t.markup("pushed by {name}", name=name)
        case "file":
            file = t.markup("from the file {name}", name=name)
            return join(" ", [file, person(brought.by)]) if brought.by else file
        case "sql":
            return t.markup("from the database {name}", name=name)
        case "derived":
            return t.markup("from Gemba's own records")
    return person(brought.by) if brought.by else t.markup("by another program")


def _earlier(before: Sequence[KpiRevision], kpi: Kpi, t: Language) -> Mrkdwn:
    parts = [join(", ", [with_unit(one.value, kpi, t), brought_by(one, t)]) for one in before]
    return join("; ", [said(part) for part in parts])
