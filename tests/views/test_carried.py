"""What buttons carry comes back, also from messages that an earlier version posted."""

from datetime import date

import pytest

from domain.core import UserError
from domain.suggestions.record import SuggestionState
from views.commitments.carried import Moved, Snoozed
from views.core.carried import Carried, Named
from views.kpis.carried import ReportOf, SeriesOf, ValueOf
from views.suggestions.carried import Seen
from views.weekly_sync.carried import SectionOf, SyncOf

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("carried", "value"),
    [
        (SeriesOf(4), "4:"),
        (SeriesOf(4, "East: new"), "4:East: new"),
        (ValueOf(4), "4"),
        (ValueOf(4, DAY), "4:2026-11-23"),
        (ValueOf(4, segment="East: new"), "4::East: new"),
        (ReportOf("C1", DAY), "C1|2026-11-23"),
        (SyncOf("C1", DAY), "C1|2026-11-23"),
        (SectionOf("C1", DAY, "report", "late"), "C1|2026-11-23|report|late"),
        (Seen(12, SuggestionState.COLLECTED), "12:collected"),
        (Seen(12, SuggestionState.COLLECTED, SuggestionState.PLANNED), "12:collected:planned"),
        (Snoozed("monday", "list:mine@C1"), "monday|list:mine@C1"),
        (Moved("owed.done", "task", 12), "owed.done:task:12"),
    ],
    ids=str,
)
def test_what_is_carried_comes_back(carried: Carried, value: str) -> None:
    assert str(carried) == value and type(carried).read(value) == carried


@pytest.mark.parametrize("value", ["", "x", "-1", "12x", "１２x", "9" * 30, ":12"])
def test_what_names_no_record_is_said_to_be_of_no_use(value: str) -> None:
    with pytest.raises(UserError):
        Named.read(value)


def test_a_record_is_named_whatever_else_is_carried() -> None:
    assert [Named.read(value).id for value in ("12", "12:", "12:collected:planned")] == [12, 12, 12]


@pytest.mark.parametrize("value", ["12", "12:nonsense", "12:collected:nonsense"])
def test_a_state_that_there_is_not_is_of_no_use(value: str) -> None:
    with pytest.raises(UserError):
        Seen.read(value)
