"""Where a project stands on a day, and what people may call it."""

from datetime import date

import pytest

from domain.core import Bilingual
from domain.projects.queries import project_standing
from domain.projects.record import Project, Stage
from domain.text.lookup import UnknownName, called

PLAN = (Stage(1, 1, Bilingual("Goals")), Stage(2, 2, Bilingual("Survey")))
PROJECT = Project(name=Bilingual("Orders"), starts=date(2026, 11, 9), ends=date(2026, 11, 22), plan=PLAN)
KNOWN = [
    Project(name=Bilingual("Order fulfilment", "订单履约流程")),
    Project(name=Bilingual("Sales order processing")),
    Project(name=Bilingual("Sales report")),
]


@pytest.mark.parametrize(
    "on, week, stage, running",
    [
        pytest.param(date(2026, 11, 8), 0, "", False, id="the day before it begins"),
        pytest.param(date(2026, 11, 9), 1, "Goals", True, id="its first day"),
        pytest.param(date(2026, 11, 16), 2, "Survey", True, id="the first day of its second week"),
        pytest.param(date(2026, 11, 22), 2, "Survey", True, id="its last day"),
        pytest.param(date(2026, 11, 23), 2, "", False, id="over: no stage any more"),
    ],
)
def test_where_a_project_stands(on: date, week: int, stage: str, running: bool) -> None:
    standing = project_standing(PROJECT, on)
    assert (standing.week, standing.weeks, standing.is_running) == (week, 2, running)
    assert (standing.stage.what.text if standing.stage else "") == stage


def test_a_project_without_dates_has_no_week() -> None:
    standing = project_standing(Project(name=Bilingual("Some day"), plan=PLAN), date(2026, 11, 9))
    assert (standing.week, standing.stage, standing.is_over, standing.is_running) == (None, None, False, False)


@pytest.mark.parametrize(
    "typed, name",
    [
        ("order fulfilment", KNOWN[0].name.text),
        ("订单履约", KNOWN[0].name.text),
        ("“Sales order”", KNOWN[1].name.text),
        ("report", KNOWN[2].name.text),
    ],
)
def test_a_name_or_a_part_of_it_is_enough(typed: str, name: str) -> None:
    assert called(typed, KNOWN).name.text == name


@pytest.mark.parametrize(
    "typed, near",
    [
        pytest.param("Order fulfillment", ["Order fulfilment"], id="a typo is asked about"),
        pytest.param("sales", ["Sales order processing", "Sales report"], id="so is what fits several"),
        pytest.param("nonsense", [], id="nothing is like it"),
        pytest.param("", [], id="nothing typed"),
    ],
)
def test_what_is_not_clear_is_not_guessed(typed: str, near: list[str]) -> None:
    with pytest.raises(UnknownName) as unknown:
        called(typed, KNOWN)
    assert [one.name.text for one in unknown.value.near] == near
