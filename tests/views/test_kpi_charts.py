"""Charts of KPIs: within what Slack takes, and drawable whatever people have typed."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from domain.core import Bilingual
from domain.kpis.charts.queries import KpiChart
from domain.kpis.charts.xmr import Point, chart
from domain.kpis.record import Frequency, Kpi, Signals
from domain.measures.targets import target
from sandbox.validate import check_message
from views.core import BothLanguages, Language
from views.core.drawing import FONT, known_signs, png
from views.kpis.charts import chart as private_chart, described, drawn, labels
from views.kpis.limits import limits_said
from views.kpis.picture import BOTTOM, HEIGHT, TOP, svg
from views.kpis.signals import outlook, signal, standing

LANGUAGES = [Language("en", ZoneInfo("UTC")), Language("zh_CN", ZoneInfo("UTC")), BothLanguages(ZoneInfo("UTC"))]
TARGETS = ("≤3 days", "at least 95 %", "10–12 小时", "=0", "<123456789012.5 " + "库存" * 20)
NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=6, allow_nan=False)


def shown(
    values: Sequence[object],
    goal: str = "≤3 days",
    *,
    name: str = "Order cycle",
    every: int = 7,
    frequency: Frequency = Frequency.WEEKLY,
    based: Sequence[date] = (),
    segment: str = "",
) -> KpiChart:
    points = [
        Point(date(2024, 1, 7) + timedelta(days=every * n), Decimal(str(value))) for n, value in enumerate(values)
    ]
    kpi = Kpi(id=7, key="order-cycle", name=Bilingual(name, "订单周期"), target=goal, frequency=frequency)
    return KpiChart(kpi, segment, chart(points, Signals.NHS, based))


@given(
    st.lists(NUMBERS, max_size=60),
    st.sampled_from(TARGETS),
    st.text(max_size=80),
    st.sampled_from(list(Frequency)),
    st.sampled_from(LANGUAGES),
)
@settings(max_examples=60)
def test_any_series_is_said_and_drawn_within_the_limits_of_slack(
    values: list[Decimal], goal: str, name: str, frequency: Frequency, t: Language
) -> None:
    of = shown(values, goal, name=name or "K", frequency=frequency, every=1, segment=name)
    for message in (private_chart(of, t), signal(of, t, drawn(of, t)) if of.latest else None):
        if message:
            check_message({"text": message.text, "blocks": message.blocks}, 40_000)
    assert outlook(of, t) is not None and standing(of, t)
    if of.latest:
        ET.fromstring(svg(of, t, known_signs()))
        assert described(of, t)


def test_slacks_chart_has_the_last_twenty_values_and_the_target() -> None:
    (block,) = drawn(shown(range(30)), LANGUAGES[0])

    value, target = block["chart"]["series"]
    assert [point["value"] for point in value["data"]] == list(range(10, 30))
    assert {point["value"] for point in target["data"]} == {3}
    assert block["chart"]["axis_config"]["categories"][:2] == ["Mar 17", "Mar 24"]


def test_a_range_has_two_lines_and_one_value_none() -> None:
    (block,) = drawn(shown([9, 10, 11], "10–12 h"), LANGUAGES[0])

    assert [series["name"] for series in block["chart"]["series"]] == ["Value", "Target from", "Target to"]
    assert drawn(shown([9]), LANGUAGES[0]) == []


def test_two_periods_never_have_one_name() -> None:
    periods = [date(2024, 5, 5), date(2025, 5, 5)]

    assert labels(periods, Frequency.DAILY, LANGUAGES[0]) == ["2024-05-05", "2025-05-05"]
    assert labels(periods, Frequency.MONTHLY, LANGUAGES[1]) == ["2024年5月", "2025年5月"]


def test_the_picture_shows_each_base_the_target_and_what_changed() -> None:
    of = shown([9, 11] * 8 + [19] * 3 + [20, 22] * 10, "≤12 days", based=[date(2024, 5, 19)])
    drawing = svg(of, LANGUAGES[0], known_signs())

    assert len(of.chart.spans) == 2
    assert drawing.count('fill="#e8f0f7"') == 3, "two ranges and their sign"
    assert drawing.count('fill="#b3261e"') == sum(episode.last - episode.start + 1 for episode in of.chart.episodes)
    assert "Target ≤12 days" in drawing and ">Order cycle</title>" in drawing


def test_a_picture_is_a_png_with_chinese_in_it() -> None:
    assert png(svg(shown(range(60)), LANGUAGES[1], known_signs()))[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_name_that_the_font_has_no_signs_for_gives_way_to_the_key() -> None:
    drawing = svg(shown(range(14), name="Orders 🚚"), LANGUAGES[0], known_signs())

    assert ">order-cycle</title>" in drawing and "🚚" not in drawing


@pytest.mark.parametrize("t", LANGUAGES[:2])
def test_the_font_has_every_sign_of_our_own_words_in_a_picture(t: Language) -> None:
    drawing = svg(shown([Decimal("-1.5"), *range(50)], "≥95 %"), t, known_signs())
    texts = "".join(ET.fromstring(drawing).itertext())

    assert {sign for sign in texts if ord(sign) not in known_signs()} - {"\n"} == set()


def test_the_font_has_the_signs_of_gb_2312_and_its_licence_beside_it() -> None:
    assert all(ord(sign) in known_signs() for sign in "订单履约周期达标率超范围≤≥％·–…€äöüéèñçЖΩ")
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONT.parent / "OFL.txt").read_text()
    assert FONT.stat().st_size < 2_000_000


@pytest.mark.parametrize(
    "value, said",
    [
        pytest.param("3.4", "3.4 days lies outside its usual range of 2.29 days to 3.398 days.", id="one digit more"),
        pytest.param("3.6", "3.6 days lies outside its usual range of 2.29 days to 3.4 days.", id="it is far enough"),
    ],
)
def test_the_limits_that_are_said_never_hold_a_value_that_lies_outside(value: str, said: str) -> None:
    usual = ["2.6", "2.4", "3.1", "2.8", "2.7", "2.9", "2.9", "2.9", "3", "2.8", "3.1", "2.9"]  # up to 3.3978…
    of = shown([*usual, value])
    assert of.chart.now is not None and of.chart.now.seen == 12
    assert said in standing(of, LANGUAGES[0])


@given(st.lists(st.decimals(min_value=0, max_value=9, places=1), min_size=13, max_size=40))
@settings(max_examples=60)
def test_every_value_is_on_the_side_of_the_said_limits_that_it_was_judged_by(values: list[Decimal]) -> None:
    of = shown(values)
    exact, told = of.chart.spans[-1].limits, limits_said(of)
    assert exact is not None
    for point in of.chart.points:
        assert (point.value > exact.upper) == (point.value > told.upper)
        assert (point.value < exact.lower) == (point.value < told.lower)
        assert (point.value > exact.centre) == (point.value > told.centre)


def test_the_picture_draws_the_target_of_each_values_time() -> None:
    of = shown(["2.8"] * 6 + ["2.4"] * 4, "≤2.5 days")
    old, new = target("≤3 days"), target("≤2.5 days")
    drawing = svg(replace(of, goals=(old,) * 6 + (new,) * 4), LANGUAGES[0], known_signs())
    lines = [line for line in ET.fromstring(drawing).iter() if line.get("stroke") == "#1264a3"]
    (steps,) = [line.get("points", "").split() for line in lines]
    heights = [float(place.split(",")[1]) for place in steps]
    assert len(steps) == 4 and heights[0] == heights[1] < heights[2] == heights[3]
    assert "Target ≤2.5 days" in drawing


def test_where_the_target_had_another_shape_each_is_drawn_for_its_time() -> None:
    of = shown(["11"] * 5, "10–12 days")
    goals = (target("≤13 days"),) * 2 + (target("10–12 days"),) * 3
    drawing = svg(replace(of, goals=goals), LANGUAGES[0], known_signs())
    lines = [line for line in ET.fromstring(drawing).iter() if line.get("stroke") == "#1264a3"]
    assert len(lines) == 3, "one line, then the two ends of the range"


@given(st.lists(st.decimals(min_value=-20, max_value=20, places=1), min_size=1, max_size=20))
@settings(max_examples=60)
def test_no_line_of_the_scale_lies_outside_the_picture(values: list[Decimal]) -> None:
    drawing = ET.fromstring(svg(shown(values), LANGUAGES[0]))
    scale = [line.get("points", "") for line in drawing.iter() if line.get("stroke") == "#dddddd"]
    heights = [float(place.split(",")[1]) for line in scale for place in line.split()]
    assert 2 <= len(scale) <= 6 and all(TOP <= height <= HEIGHT - BOTTOM for height in heights)
