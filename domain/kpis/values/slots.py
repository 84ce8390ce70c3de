"""Where a KPI's value belongs: one of its segments, one of its periods."""

import unicodedata
from datetime import date

from domain.core.errors import Problem
from domain.core.wording import words
from domain.kpis.record import Kpi
from domain.kpis.values.periods import period_end

NAMED = 10
"""So many segments are named where one is asked for."""


def segment_of(kpi: Kpi, typed: str) -> str:
    """The segment that is meant, however it is cased; "" where a KPI has none. Raises Problem for another one."""
    if not kpi.segments:
        if typed.strip():
            raise Problem(words("{kpi} has no segments. Leave “{segment}” out.", kpi=kpi.name.text, segment=typed[:40]))
        return ""
    known = {_folded(segment): segment for segment in kpi.segments}
    found = known.get(_folded(typed))
    if found is None:
        named = ", ".join(kpi.segments[:NAMED])
        raise Problem(words("Which segment of {kpi}? One of: {segments}.", kpi=kpi.name.text, segments=named))
    return found


def period_of(kpi: Kpi, day: date, today: date) -> date:
    """The end of the period that `day` lies in. Raises Problem for a day that is still to come."""
    if day > today:
        raise Problem(words("{day} is still to come. Give a day that is over, or today.", day=day))
    return period_end(day, kpi.frequency)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
