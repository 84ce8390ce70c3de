"""Values of pilot metrics, week by week: entered, corrected, and what got in the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.core import Bilingual, Ref, UnitOfWork, UserError
from domain.measures.scales import is_on_scale, scale_of
from domain.measures.targets import value_in_unit
from domain.people.record import Member
from domain.people.routing import today_of
from domain.pilots.queries import week_of
from domain.pilots.record import Metric, Pilot, PilotProblem, Reading
from domain.pilots.rights import ENTER_PILOT_VALUES
from domain.text.numbers import measurable, quantity


@dataclass(frozen=True, slots=True)
class Recorded:
    """A value that is kept now. `before` is the one that it corrected, None for the week's first."""

    metric: Metric
    week: int
    value: Decimal
    before: Decimal | None


def read_value(text: str, metric: Metric) -> Decimal:
    """Read a value for a metric. Raises UserError where it is no number, or not in the metric's unit or scale."""
    value, written = quantity(text)
    most = scale_of(metric.unit)
    if not is_on_scale(written, metric.unit):
        value = value_in_unit(text, metric.unit)
    if most is not None and not 0 <= value <= most:
        raise UserError("This is measured from 0 to {most}.", most=most)
    return measurable(value)


def week_for(pilot: Pilot, today: date, wanted: int | None = None) -> int:
    """The pilot's week that values are for: the present one unless another is wanted. Raises UserError outside it."""
    current = week_of(pilot, today)
    if current == 0:
        raise UserError(
            "{reference} starts on {day}. Values can be entered from then on.",
            reference=pilot.reference,
            day=pilot.starts,
        )
    if wanted is not None and not 1 <= wanted <= current:
        raise UserError(
            "{reference} is in week {current}: give a week from 1 to {current}.",
            reference=pilot.reference,
            current=current,
        )
    return wanted or current


def record_values(
    work: UnitOfWork, member: Member, pilot_id: int, week: int, values: Mapping[int, Decimal], *, now: datetime
) -> list[Recorded]:
    """Keep a week's values by metric id; one that was there is corrected. Refreshes the pilot's card."""
    pilot = work.of(Pilot).get(pilot_id)
    ENTER_PILOT_VALUES.check(work, member, pilot)
    week_for(pilot, today_of(member, work.workspace, now), week)
    recorded = [
        _record(work, member, metric, week, values[metric.id], now)
        for metric in work.of(Metric).find(pilot_id=pilot.id)
        if metric.id in values
    ]
    work.outbox.refresh(Ref("pilot", pilot.id).card)
    return recorded


def note_problem(
    work: UnitOfWork, member: Member, pilot_id: int, week: int, text: str, *, now: datetime
) -> PilotProblem:
    """Keep the main problem of a week; a text that was there is replaced."""
    pilot, by = work.of(Pilot).get(pilot_id), member.user_id
    ENTER_PILOT_VALUES.check(work, member, pilot)
    problems, typed = work.of(PilotProblem), Bilingual(text)
    earlier = problems.one(pilot_id=pilot.id, week=week)
    if earlier is None:
        return problems.add(PilotProblem(pilot_id=pilot.id, week=week, text=typed), by=by, at=now)
    return earlier if text in earlier.text.texts else problems.change(earlier, by=by, at=now, text=typed).record


def _record(work: UnitOfWork, member: Member, metric: Metric, week: int, value: Decimal, now: datetime) -> Recorded:
    by = member.user_id
    earlier = work.of(Reading).one(metric_id=metric.id, week=week)
    if earlier is None:
        work.of(Reading).add(Reading(metric_id=metric.id, week=week, value=value, by=by, at=now), by=by, at=now)
    elif earlier.value != value:
        work.of(Reading).change(earlier, by=by, at=now, verb="corrected", value=value)
    return Recorded(metric, week, value, earlier.value if earlier else None)
