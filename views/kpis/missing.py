"""The question about a value that has not come, and what stands in its place when it has."""

from collections.abc import Sequence
from datetime import date

from domain.kpis.record import Kpi, KpiReading
from views.core import Language, blocks as b, bold
from views.kpis import pieces
from views.kpis.values import SEGMENTS_NAMED, for_period, join_segment


def value_missing(kpi: Kpi, period: date, segments: Sequence[str], t: Language) -> b.Rendered:
    """To the data owner, once a period; of a KPI with segments it names those that are missing."""
    name = t.name(kpi.name)
    named = [segment for segment in segments if segment]
    if named:
        name = f"{name} · {t.listed(named[:SEGMENTS_NAMED])}{'…' if len(named) > SEGMENTS_NAMED else ''}"
    text = t.markup("The value of {kpi} for {day} has not come yet.", kpi=bold(name), day=for_period(kpi, period, t))
    why = t.markup("You are asked because you are its data owner. Once a period, no more.")
    button = pieces.enter_button(kpi, name, t, period=period, primary=True)
    return b.Rendered(text, [b.section(text, button), b.context(why)])


def value_came(kpi: Kpi, period: date, readings: Sequence[KpiReading], t: Language) -> b.Rendered:
    """In place of the question, once there is a value, or one for each segment."""
    values = t.listed([join_segment(reading, kpi, t) for reading in readings[:SEGMENTS_NAMED]])
    name, day = bold(t.name(kpi.name)), for_period(kpi, period, t)
    return b.sentence(t.markup("Thank you: {kpi} is {value} for {day}.", kpi=name, value=values, day=day))
