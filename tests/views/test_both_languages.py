"""Texts for channels that read both languages."""

from datetime import date
from decimal import Decimal

import pytest

from domain.core import Bilingual
from domain.optimizations.record import Effect
from views.core import amount, blocks as b, bold, goal, improvement, language, person
from views.optimizations.card import effect_line

BOTH = language("both")
MONDAY = date(2026, 11, 23)


def test_a_text_within_a_text_is_said_once_in_each_language() -> None:
    said = BOTH("due {due}", due=BOTH.day(MONDAY))
    assert said.count("Mon, Nov 23") == said.count("11月23日周一") == 1


def test_the_same_holds_for_markup_and_for_plurals() -> None:
    said = BOTH.markup("{owner}: {things}", owner=person("U1"), things=BOTH.plural("{count} day", "{count} days", 2))
    assert said.count("2 days") == 1 and "<@U1>" in said


@pytest.mark.parametrize(
    "figure, said",
    [
        pytest.param(amount(Decimal("3.5"), "days", BOTH), "3.5 days · 天", id="a unit with two names"),
        pytest.param(amount(Decimal("1.5"), "%", BOTH), "1.5 %", id="a sign that both read"),
        pytest.param(amount(Decimal(92), "of 100", BOTH), "92 of 100", id="a unit as people wrote it"),
        pytest.param(goal("≤3天", BOTH), "≤3 days · 天", id="a target"),
        pytest.param(improvement(Decimal("62.5"), BOTH), "62.5 % better · 改善", id="what it is better by"),
        pytest.param(improvement(Decimal(0), BOTH), "no change · 没有变化", id="no number in it"),
    ],
)
def test_a_figure_is_said_once_with_its_unit_in_both_languages(figure: str, said: str) -> None:
    assert figure == said


def test_a_label_with_a_figure_says_both_labels_and_then_the_figure() -> None:
    assert BOTH("target {target}", target=goal("≤3天", BOTH)) == "target · 目标值 ≤3 days · 天"
    value = BOTH("week {week}: {value}", week=2, value=amount(Decimal("3.5"), "days", BOTH))
    assert value == "week 2 · 第 2 周: 3.5 days · 天"


def test_within_a_sentence_each_language_has_the_whole_figure() -> None:
    wanted = goal("≤3天", BOTH)
    said = BOTH("{kpi} is {value}, beyond its target of {target}.", kpi="K", value=wanted, target=wanted)
    assert said == "K is ≤3 days, beyond its target of ≤3 days.\nK 为 ≤3 天，未达到目标值 ≤3 天。"
    assert BOTH.markup("{kpi}: target {target}", kpi=bold(BOTH.name(Bilingual("Cycle", "周期"))), target=wanted) == (
        "*Cycle*: target ≤3 days · *周期* ：目标值 ≤3 天"
    )


def test_a_line_that_is_only_figures_stands_once() -> None:
    effect = Effect("Scheduling time 调度时间", before=Decimal(8), after=Decimal(3), unit="hours")
    told = effect_line(effect, BOTH)
    assert told == "• Scheduling time 调度时间: 8 hours · 小时 → 3 hours · 小时, *62.5 % better · 改善*"


def test_a_title_in_both_languages_has_a_sign_between_them() -> None:
    title = BOTH("Back on target: {kpi}", kpi=BOTH.name(Bilingual("Complaint resolution rate", "客户投诉解决率")))
    assert b.header(title)["text"]["text"] == "Back on target: Complaint resolution rate · 已恢复达标：客户投诉解决率"
