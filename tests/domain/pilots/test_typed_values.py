"""What `/gemba pilot record` understands."""

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from domain.core import Bilingual, UserError
from domain.pilots import typed_values as pilot_text
from domain.pilots.record import Metric, Pilot
from domain.text.lookup import UnknownName

DAYS = {"starts": date(2026, 11, 2), "ends": date(2026, 12, 13)}
EAST = Pilot(id=1, number=1, name=Bilingual("Order processing, East China", "华东区销售部订单处理试点"), **DAYS)
LAUNCH = Pilot(id=2, number=2, name=Bilingual("Ordinary product launches", "普通产品上线试点"), **DAYS)
METRICS = (
    Metric(id=1, pilot_id=1, name=Bilingual("Order cycle", "订单处理周期"), unit="days", target="≤3.0"),
    Metric(id=2, pilot_id=1, name=Bilingual("Order error rate", "订单错误率"), unit="%", target="≤3.0"),
    Metric(id=3, pilot_id=1, name=Bilingual("Orders a week", "每周订单数"), target="≥30"),
    Metric(id=4, pilot_id=2, name=Bilingual("Launch time", "上线周期"), unit="days", target="≤7"),
)


class Known:
    """Stands in for records: finds by pilot."""

    def __init__(self, records: Sequence[Any]) -> None:
        self._records = records

    def find(self, *, order: str = "id", pilot_id: int | None = None) -> list[Any]:
        return [record for record in self._records if pilot_id is None or record.pilot_id == pilot_id]


WORK: Any = SimpleNamespace(of={Pilot: Known((EAST, LAUNCH)), Metric: Known(METRICS)}.__getitem__)


@pytest.mark.parametrize(
    ("typed", "metric", "value", "week"),
    [
        pytest.param("P-1 order cycle 3.5", "Order cycle", "3.5", None, id="number and name"),
        pytest.param("p1 Order Cycle 3.5 days", "Order cycle", "3.5 days", None, id="with a unit"),
        pytest.param("east china order cycle 3,5 week 2", "Order cycle", "3,5", 2, id="part of the name, a week"),
        pytest.param("P-1 oder cycel 3.5", "Order cycle", "3.5", None, id="a typing error"),
        pytest.param("“East China” “error rate” 4 %", "Order error rate", "4 %", None, id="quotes"),
        pytest.param("P-1 orders a week 35", "Orders a week", "35", None, id="a name that ends like a week"),
        pytest.param("P-1 orders a week 35 week 2", "Orders a week", "35", 2, id="the same with a week"),
        pytest.param("P-1 orders a week 1 200", "Orders a week", "1 200", None, id="grouped thousands"),
        pytest.param("P-2 8", "Launch time", "8", None, id="the only metric may be left out"),
        pytest.param("8天", "Launch time", "8天", None, id="all but the value may be left out"),
        pytest.param("launch time 8", "Launch time", "8", None, id="only one pilot has such a metric"),
        pytest.param("华东 订单处理周期 3.5天", "Order cycle", "3.5天", None, id="Chinese"),
        pytest.param("华东区 订单处理周期3.5天 第2周", "Order cycle", "3.5天", 2, id="Chinese without a space"),
        pytest.param("P-1 错误率 ４％ 第三周", "Order error rate", "４％", 3, id="wide signs and a Chinese number"),
    ],
)
def test_what_was_typed_is_understood(typed: str, metric: str, value: str, week: int | None) -> None:
    meant = pilot_text.read(WORK, typed, [LAUNCH])
    assert (meant.metric.name.text, meant.value, meant.week) == (metric, value, week)
    assert meant.pilot.id == meant.metric.pilot_id


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        pytest.param("", "Write the pilot", id="nothing"),
        pytest.param("P-1 order cycle", "Write the pilot", id="no value"),
        pytest.param("P-1 order 3.5", "has no metric", id="several metrics are called so"),
        pytest.param("P-1 weather 3.5", "has no metric", id="no such metric"),
    ],
)
def test_what_is_not_clear_is_asked_about(typed: str, why: str) -> None:
    with pytest.raises(UserError) as caught:
        pilot_text.read(WORK, typed, [EAST, LAUNCH])
    assert why in caught.value.words.message


def test_an_unknown_pilot_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownName) as caught:
        pilot_text.read(WORK, "Mars cycle 3.5", [EAST, LAUNCH])
    assert [pilot.number for pilot in caught.value.near] == [1, 2]
