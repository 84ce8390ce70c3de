"""Pilots measured against a baseline (T7), and what people who take part say."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.core import Bilingual, NumberedRecord, Record, Severity


class MetricStatus(StrEnum):
    """How far a pilot metric has come (达标情况)."""

    MET = "met"
    NEARLY_MET = "nearly_met"
    NOT_FULLY_MET = "not_fully_met"
    NOT_MET = "not_met"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilot(NumberedRecord):
    """A trial at one site. `starts` and `ends` are local dates, both inclusive; week 1 begins on `starts`."""

    letter = "P"
    name: Bilingual
    process_id: int | None = None
    site: str = ""
    owner: str = ""
    channel: str = ""
    starts: date
    ends: date
    people: tuple[str, ...] = ()
    usergroups: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()  # everybody in them takes part


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric(Record):
    """What a pilot measures. `baseline` None means 'new, none'; `target` as people write it (`≤3.0`)."""

    pilot_id: int
    name: Bilingual
    unit: str = ""
    baseline: Decimal | None = None
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Record):
    """The value of a pilot metric in week `week` (1 = the first week of the pilot)."""

    metric_id: int
    week: int
    value: Decimal
    by: str = ""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotProblem(Record):
    pilot_id: int
    week: int
    text: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Record):
    """One person's answer about a pilot in a week. `week` is the Monday of it; `rating` 1 (worst) to 5."""

    pilot_id: int
    member: str
    week: date
    rating: int
    works: str = ""
    hinders: str = ""
    severity: Severity | None = None  # how bad that is
    wish: str = ""
    at: datetime
