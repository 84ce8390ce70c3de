"""The rows of `records.json` as records: names become ids, and days are counted from the day of loading."""

import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter

from domain.calendars.working_days import calendar_of, start_of_week
from domain.core import Bilingual, NumberedRecord, Record, UnitOfWork
from domain.lifecycle.numbers import next_number

RECORDS = Path(__file__).with_name("records.json")
ONLY_FIELDS = ConfigDict(extra="forbid")
REFERENCES = {
    "department_id": "departments",
    "departments": "departments",
    "lead_department_id": "departments",
    "pilot_id": "pilots",
    "process": "processes",
    "process_id": "processes",
    "processes": "processes",
    "project_id": "projects",
    "suggestion_id": "suggestions",
}
"""Fields that name other records, and the section that these stand in."""
DAYS = ("starts", "ends", "by", "due")
BOTH = " | "
"""Between a text and its Chinese."""
R = TypeVar("R", bound=Record)


@dataclass
class Loading:
    """The unit of work, the moment, the rows, and the ids of what is loaded already, by section and name."""

    work: UnitOfWork
    now: datetime
    _rows: dict[str, Any] = field(default_factory=lambda: json.loads(RECORDS.read_text("utf-8")))
    _ids: dict[str, dict[str, int]] = field(default_factory=dict)

    def rows(self, section: str) -> Any:
        """As they stand there, but with ids, days and both languages as records have them."""
        return self._filled("", self._rows[section])

    def records(self, section: str, kind: type[list[R]], **fields: object) -> list[R]:
        """Its rows as records; `fields` are the same in all of them. Raises ValueError for one that does not fit."""
        return TypeAdapter(kind, config=ONLY_FIELDS).validate_python([fields | row for row in self.rows(section)])

    def add(self, section: str, record: R, *, by: str = "", at: datetime | None = None) -> R:
        """Number and store one, so that the rows of later sections can name it."""
        number = {"number": next_number(self.work, type(record))} if isinstance(record, NumberedRecord) else {}
        stored = self.work.of(type(record)).add(replace(record, **number), by=by, at=at or self.now)
        name = getattr(stored, "name", None) or getattr(stored, "reference", "")
        self._ids.setdefault(section, {})[str(name)] = stored.id
        return stored

    def add_all(
        self, section: str, kind: type[list[R]], *, by: str = "", at: datetime | None = None, **fields: object
    ) -> list[R]:
        return [self.add(section, record, by=by, at=at) for record in self.records(section, kind, **fields)]

    def _filled(self, name: str, value: Any) -> Any:
        """What stands in a field of this name."""
        match value:
            case dict():
                return {inner: self._filled(inner, one) for inner, one in value.items()}
            case list():
                return [self._filled(name, one) for one in value]
            case int() | str() if name in DAYS:
                return _day(name, value, self.now.date())
            case str() if name in REFERENCES:
                return self._ids[REFERENCES[name]][value]
            case str() if BOTH in value:
                return Bilingual(*value.split(BOTH))
        return value


def _day(name: str, day: int | str, today: date) -> date:
    """A number counts weeks from this week's Monday, when something starts, or before which it ends."""
    if isinstance(day, int):
        return start_of_week(today) + timedelta(weeks=day, days=0 if name == "starts" else -1)
    calendar = calendar_of("CN")
    june = date(today.year + ((today.month, today.day) > (6, 18)), 6, 18)
    quarter = (today.month - 1) // 3 + 1
    days = {
        "6 working days ago": calendar.before(today, 6),
        "1 working day ago": calendar.before(today, 1),
        "today": today,
        "in 2 working days": calendar.after(today, 2),
        "35 days before 18 June": june - timedelta(days=35),
        "the next 18 June": june,
        "the first day of next quarter": _first_of_quarter(today.year, quarter + 1),
        "the last day of next quarter": _first_of_quarter(today.year, quarter + 2) - timedelta(days=1),
    }
    return days[day]


def _first_of_quarter(year: int, quarter: int) -> date:
    return date(year + (quarter - 1) // 4, (quarter - 1) % 4 * 3 + 1, 1)
