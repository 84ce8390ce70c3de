"""What a KPI's values mean, one after the other. The tables read as the specification."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from domain.core import Bilingual
from domain.kpis.alerts.machine import Episode, Judged, Rules, RulesOfTime, judge, when_late
from domain.kpis.matching import PostedAlert, Shift, is_news, is_recent, match
from domain.kpis.record import AlertSeverity, Frequency, Kpi, KpiState, KpiVersion
from domain.measures.targets import target, warning_line

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
FIRST = date(2026, 11, 1)
PLAIN = Rules(target("≤3 days"))
TWICE = Rules(target("≤3 days"), periods=2, good_periods=2, band=Decimal(5))
WARNED = Rules(target("≤3 days"), warning_line("≤2.5 days", target("≤3 days")))
WARNED_TWICE = WARNED._replace(periods=2, good_periods=2)
RANGE = Rules(target("10..12 h"), band=Decimal(10))
LEAST = Rules(target("≥95%"), band=Decimal(1))

STATES = {
    "-": KpiState.NO_DATA,
    "ok": KpiState.OK,
    "pending": KpiState.PENDING,
    "warned": KpiState.WARNED,
    "OFF": KpiState.BREACHED,
    "recovering": KpiState.RECOVERING,
}


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def judged(values: str | Sequence[Decimal], rules: Rules) -> list[Judged]:
    given = [Decimal(value) for value in values.split()] if isinstance(values, str) else values
    return [Judged(day(number), value, rules) for number, value in enumerate(given, 1)]


@pytest.mark.parametrize(
    "rules, values, states",
    [
        pytest.param(PLAIN, "", "", id="no value: nothing is known"),
        pytest.param(PLAIN, "2.8", "ok", id="T3: 2.8 days is inside the target"),
        pytest.param(PLAIN, "3", "ok", id="exactly on the target is inside"),
        pytest.param(PLAIN, "2.8 3.4", "ok OFF", id="the first value beyond opens an alert"),
        pytest.param(PLAIN, "3.4 3.6 9", "OFF OFF OFF", id="still beyond: the same alert"),
        pytest.param(PLAIN, "3.4 2.9", "OFF ok", id="back inside: it is over"),
        pytest.param(PLAIN, "3.4 2.9 3.4", "OFF ok OFF", id="and the next one is armed again"),
        pytest.param(PLAIN, "NaN 3.4 NaN", "- OFF OFF", id="what is no number counts for nothing and closes nothing"),
        pytest.param(TWICE, "3.4 2.9 3.4", "pending ok pending", id="two in a row asked for: one is not enough"),
        pytest.param(TWICE, "3.4 3.6", "pending OFF", id="two in a row are"),
        pytest.param(TWICE, "4 4 2.9 2.9 2.9", "pending OFF OFF OFF OFF", id="inside, but not by 5 %: not over"),
        pytest.param(TWICE, "4 4 2.8", "pending OFF recovering", id="well inside once: recovering"),
        pytest.param(TWICE, "4 4 2.8 2.8", "pending OFF recovering ok", id="well inside twice: over"),
        pytest.param(
            TWICE, "4 4 2.8 2.9 2.8", "pending OFF recovering OFF recovering", id="good values have to come in a row"
        ),
        pytest.param(
            TWICE,
            "4 4 2.8 4 2.8 2.8",
            "pending OFF recovering OFF recovering ok",
            id="a relapse while recovering is the same alert",
        ),
        pytest.param(WARNED, "2.5 2.6", "ok warned", id="beyond the warning line: a warning"),
        pytest.param(WARNED, "2.6 3.1", "warned OFF", id="a warning gets worse"),
        pytest.param(WARNED, "3.1 2.6", "OFF OFF", id="a breach stays one until it is over"),
        pytest.param(WARNED, "3.1 2.6 2.5", "OFF OFF ok", id="over means: beyond no line"),
        pytest.param(WARNED_TWICE, "2.6 3.1", "pending warned", id="one of each: two in a row beyond the warning line"),
        pytest.param(WARNED_TWICE, "2.6 3.1 3.1", "pending warned OFF", id="two breaches in a row make it worse"),
        pytest.param(RANGE, "11 12.5 11.9 11.8", "ok OFF OFF ok", id="a range, above it; 10 % of its width inside"),
        pytest.param(RANGE, "9 10.1 10.2", "OFF OFF ok", id="a range, below it"),
        pytest.param(LEAST, "96 94.9 95.5 95.95", "ok OFF OFF ok", id="higher is better: 1 % of 95 above it"),
    ],
)
def test_the_state_after_each_value(rules: Rules, values: str, states: str) -> None:
    given = judged(values, rules)
    after = [judge(given[:count]).state for count in range(1, len(given) + 1)]
    assert after == [STATES[state] for state in states.split()]
    assert judge([]).state is KpiState.NO_DATA


@pytest.mark.parametrize(
    "rules, values, episodes",
    [
        pytest.param(PLAIN, "2.8 3.4 3.6 2.9 3.4", [(2, 4, None), (5, None, None)], id="each time off target is one"),
        pytest.param(TWICE, "4 4 2.8 2.8", [(2, 4, None)], id="it opens with the value that made it certain"),
        pytest.param(WARNED, "2.6 2.7 3.1 2", [(1, 4, 3)], id="a warning that got worse stays one alert"),
    ],
)
def test_times_off_target(rules: Rules, values: str, episodes: list[tuple[int, int | None, int | None]]) -> None:
    found = [(one.since, one.until, one.worse) for one in judge(judged(values, rules)).episodes]
    assert found == [tuple(day(number) if number else None for number in one) for one in episodes]


def test_old_values_are_judged_by_the_target_of_their_time() -> None:
    kpi = Kpi(id=1, name=Bilingual("Cycle"), target="≤2 days")
    versions = [
        KpiVersion(id=1, kpi_id=1, since=date.min, target="≤5 days", at=MONDAY),
        KpiVersion(id=2, kpi_id=1, since=day(3), target="≤2 days", at=MONDAY),
    ]
    rules = RulesOfTime(kpi, versions)
    values = [Judged(day(number), Decimal(4), rules.at(day(number))) for number in (1, 2, 3)]
    assert [judge(values[:count]).state for count in (1, 2, 3)] == [KpiState.OK, KpiState.OK, KpiState.BREACHED]
    relaxed = KpiVersion(id=3, kpi_id=1, since=day(2), target="≤9 days", at=MONDAY)
    assert RulesOfTime(kpi, [*versions, relaxed]).at(day(3)).goal.value == 9, "the one written last"
    assert RulesOfTime(kpi, []).at(day(1)).goal.value == 2


@pytest.mark.parametrize("state", [KpiState.BREACHED, KpiState.WARNED, KpiState.RECOVERING])
def test_a_missing_value_resolves_nothing(state: KpiState) -> None:
    assert when_late(state) is state
    assert when_late(KpiState.OK) is KpiState.STALE


def test_an_alert_older_than_all_known_values_goes_on() -> None:
    already = Episode(date(2020, 1, 1), AlertSeverity.BREACH)
    assert judge(judged("4 4", TWICE), already).episodes == [already]
    assert judge(judged("2 2", TWICE), already).open is None


VALUES = st.lists(st.sampled_from([Decimal(text) for text in ("2", "2.6", "2.9", "3.1", "4", "NaN")]), max_size=25)
RULES = st.sampled_from([PLAIN, TWICE, WARNED, WARNED_TWICE, WARNED_TWICE._replace(periods=3)])


@given(VALUES, RULES)
def test_no_alert_ends_without_a_good_value_and_they_never_overlap(values: list[Decimal], rules: Rules) -> None:
    given_values = judged(values, rules)
    at = {one.period: one for one in given_values}
    episodes = judge(given_values).episodes
    for episode in episodes:
        assert rules.beyond(at[episode.since].value) is not None
        assert episode.until is None or rules.well_inside(at[episode.until].value)
    for one, following in pairwise(episodes):
        assert one.until is not None and one.until < following.since


@given(VALUES, RULES, st.integers(0, 25))
def test_a_value_changes_nothing_that_was_judged_before_it(values: list[Decimal], rules: Rules, known: int) -> None:
    """So what was told is taken back by late and corrected values only."""
    before, after = judge(judged(values, rules)[:known]).episodes, judge(judged(values, rules)).episodes
    ended = [episode for episode in before if episode.until]
    assert list(after[: len(ended)]) == ended


@given(VALUES, RULES, st.randoms(use_true_random=False))
def test_alerts_end_as_the_values_say_in_whatever_order_these_came(
    values: list[Decimal], rules: Rules, chance: object
) -> None:
    """Values come one by one, some are wrong first; alerts are matched after each. In the end those that were not
    taken back are the times off target, one each, and at most one is open."""
    order = judged(values, rules)
    wrong = [one._replace(value=Decimal(4)) for one in order[::3]]
    arrivals = [*wrong, *order]
    chance.shuffle(arrivals)  # type: ignore[attr-defined]
    last = {one.period: place for place, one in enumerate(arrivals) if one in order}
    arrivals = [one for place, one in enumerate(arrivals) if place <= last[one.period]]
    told: dict[int, PostedAlert] = {}
    there: dict[date, Judged] = {}
    for one in arrivals:
        there[one.period] = one
        _bring_up(told, judge([there[period] for period in sorted(there)]).episodes, max(there))
        assert sum(alert.is_open for alert in told.values()) <= 1
    expected = [(one.since, one.until, one.severity) for one in judge(order).episodes]
    assert sorted((alert.since, alert.until, alert.severity) for alert in told.values()) == expected


def _bring_up(told: dict[int, PostedAlert], episodes: Sequence[Episode], newest: date) -> None:
    matching = match(episodes, list(told.values()))
    for alert_id in matching.gone:
        del told[alert_id]
    for alert_id, episode in matching.same:
        told[alert_id] = PostedAlert(alert_id, episode.since, episode.severity, episode.until)
    for episode in matching.new:
        if is_news(episode, Kpi(name=Bilingual(""), target="").frequency, newest):
            new = max(told, default=0) + 1
            told[new] = PostedAlert(new, episode.since, episode.severity, episode.until)


BREACH, WARNING = AlertSeverity.BREACH, AlertSeverity.WARNING


@pytest.mark.parametrize(
    "episodes, told, same, gone, new",
    [
        pytest.param([Episode(day(3), BREACH)], [], [], [], 1, id="nobody has heard of it"),
        pytest.param([Episode(day(3), BREACH)], [PostedAlert(7, day(3), BREACH)], [7], [], 0, id="told already"),
        pytest.param([Episode(day(1), BREACH)], [PostedAlert(7, day(3), BREACH)], [7], [], 0, id="it began earlier"),
        pytest.param([], [PostedAlert(7, day(3), BREACH)], [], [7], 0, id="its value was wrong"),
        pytest.param(
            [Episode(day(1), BREACH, until=day(2)), Episode(day(4), BREACH)],
            [PostedAlert(7, day(1), BREACH)],
            [7],
            [],
            1,
            id="one becomes two: the open card goes on with the open one",
        ),
        pytest.param(
            [Episode(day(1), BREACH)],
            [PostedAlert(7, day(1), BREACH, day(2)), PostedAlert(8, day(4), BREACH)],
            [8],
            [7],
            0,
            id="two become one: the open card stays",
        ),
        pytest.param(
            [Episode(day(3), BREACH)],
            [PostedAlert(7, day(1), BREACH, day(3))],
            [],
            [7],
            1,
            id="what ended with a value does not reach beyond it",
        ),
        pytest.param(
            [Episode(day(3), BREACH)],
            [PostedAlert(7, day(3), BREACH, day(5), dismissed=True)],
            [],
            [],
            0,
            id="no problem, somebody said: not opened again",
        ),
        pytest.param(
            [Episode(day(3), BREACH)],
            [PostedAlert(7, day(3), WARNING, day(5), dismissed=True)],
            [],
            [],
            1,
            id="a warning was no problem, a breach may be one",
        ),
        pytest.param(
            [Episode(day(3), BREACH, until=day(7)), Episode(day(9), BREACH)],
            [PostedAlert(7, day(3), BREACH, day(5), dismissed=True)],
            [],
            [],
            1,
            id="after it was on target the next one counts",
        ),
    ],
)
def test_which_alert_is_which(
    episodes: list[Episode], told: list[PostedAlert], same: list[int], gone: list[int], new: int
) -> None:
    matching = match(episodes, told)
    assert ([alert_id for alert_id, _ in matching.same], list(matching.gone), len(matching.new)) == (same, gone, new)


def test_values_of_the_first_days_that_a_calendar_has_are_judged_too() -> None:
    first = date.min + timedelta(days=6)
    assert is_news(Episode(first, AlertSeverity.BREACH, until=first), Frequency.WEEKLY, first)
    assert is_recent(Shift(first, first), Frequency.WEEKLY, first)
