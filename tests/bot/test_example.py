"""The rows of the example, read as records."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast

import pytest

from bot.example.loading import Loading
from domain.core import Bilingual, UnitOfWork
from domain.people.record import Department
from domain.projects.record import Goal, Project

THURSDAY = datetime(2026, 6, 18, 9, tzinfo=UTC)


def loading(**rows: list[dict[str, Any]]) -> Loading:
    return Loading(cast(UnitOfWork, None), THURSDAY, rows, {"departments": {"Sales": 7}})


def test_a_row_becomes_a_record_with_both_languages_days_and_ids() -> None:
    goal = {"name": "Order cycle | 订单处理周期", "after": 3, "by": 6}
    row = {"name": "Orders | 订单", "departments": ["Sales"], "starts": -6, "ends": "the next 18 June", "goals": [goal]}
    project = Project(
        name=Bilingual("Orders", "订单"),
        departments=(7,),
        starts=date(2026, 5, 4),
        ends=date(2026, 6, 18),
        goals=(Goal(Bilingual("Order cycle", "订单处理周期"), after=Decimal(3), by=date(2026, 7, 26)),),
    )
    assert loading(projects=[row]).records("projects", list[Project]) == [project]


@pytest.mark.parametrize(
    "row, said",
    [
        pytest.param({"name": "Sales | 销售部", "haed": "U0SALESHEAD"}, "haed", id="a field that no department has"),
        pytest.param({"head": "U0SALESHEAD"}, "name", id="a field that every department has is missing"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(row: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        loading(departments=[row]).records("departments", list[Department])
