"""When a schedule is due: local wall time, safe across changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from domain.schedules.slots import Daily, Every, Monthly, Slot, local_instant, rule

ZONES = [
    "UTC",
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Antarctica/Troll",
    "America/St_Johns",
    "Pacific/Chatham",
]
BERLIN, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")
MOMENTS = st.integers(1_704_067_200, 1_893_455_999).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
RULES = st.builds(Daily, st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.none() | st.integers(0, 6))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "day, wall, zone, instant",
    [
        pytest.param("2026-11-23", "09:00", "Europe/Berlin", "2026-11-23 08:00", id="winter in Berlin"),
        pytest.param("2026-07-01", "09:00", "Europe/Berlin", "2026-07-01 07:00", id="summer in Berlin"),
        pytest.param("2026-11-23", "09:00", "Asia/Shanghai", "2026-11-23 01:00", id="Shanghai"),
        pytest.param("2026-03-29", "02:30", "Europe/Berlin", "2026-03-29 01:30", id="a gap: 02:30 becomes 03:30"),
        pytest.param("2026-10-25", "02:30", "Europe/Berlin", "2026-10-25 00:30", id="an overlap: the first 02:30"),
        pytest.param("2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03 15:45", id="a gap of half an hour"),
        pytest.param("2026-04-05", "01:45", "Australia/Lord_Howe", "2026-04-04 14:45", id="an overlap of half an hour"),
        pytest.param("2026-09-06", "00:00", "America/Santiago", "2026-09-06 04:00", id="a day that starts at 01:00"),
    ],
)
def test_the_instant_of_a_local_wall_time(day: str, wall: str, zone: str, instant: str) -> None:
    assert local_instant(date.fromisoformat(day), time.fromisoformat(wall), ZoneInfo(zone)) == at(instant)


@pytest.mark.parametrize(
    "text, zone, now, latest, following",
    [
        pytest.param(
            "daily 09:00",
            "Europe/Berlin",
            "2026-11-23 08:00",
            "2026-11-23",
            "2026-11-24",
            id="at the very moment it is due",
        ),
        pytest.param(
            "daily 09:00", "Europe/Berlin", "2026-11-23 07:59", "2026-11-22", "2026-11-23", id="a minute before"
        ),
        pytest.param(
            "daily 09:00",
            "Asia/Shanghai",
            "2026-11-22 23:00",
            "2026-11-22",
            "2026-11-23",
            id="where it is already tomorrow",
        ),
        pytest.param(
            "daily 23:30",
            "America/New_York",
            "2026-11-23 04:45",
            "2026-11-22",
            "2026-11-23",
            id="where it is still yesterday",
        ),
        pytest.param(
            "weekly 0 09:00", "Europe/Berlin", "2026-11-25 12:00", "2026-11-23", "2026-11-30", id="weekly, on Monday"
        ),
        pytest.param(
            "weekly 6 09:00", "Europe/Berlin", "2026-11-25 12:00", "2026-11-22", "2026-11-29", id="weekly, on Sunday"
        ),
        pytest.param(
            "weekly 6 02:30",
            "Europe/Berlin",
            "2026-03-29 01:29",
            "2026-03-22",
            "2026-03-29",
            id="weekly, in the gap: not yet",
        ),
        pytest.param(
            "weekly 6 02:30",
            "Europe/Berlin",
            "2026-03-29 01:30",
            "2026-03-29",
            "2026-04-05",
            id="weekly, in the gap: now",
        ),
        pytest.param(
            "daily 02:30",
            "Europe/Berlin",
            "2026-10-25 01:30",
            "2026-10-25",
            "2026-10-26",
            id="the second 02:30 of the overlap is not due again",
        ),
        pytest.param(
            "weekly 0 00:00",
            "America/Santiago",
            "2026-09-07 12:00",
            "2026-09-07",
            "2026-09-14",
            id="midnight, the day after the clocks change at midnight",
        ),
        pytest.param(
            "monthly 09:00",
            "Europe/Berlin",
            "2026-11-23 08:00",
            "2026-11-02",
            "2026-12-01",
            id="monthly: November begins on a Sunday",
        ),
        pytest.param(
            "monthly 09:00",
            "Europe/Berlin",
            "2026-11-02 07:59",
            "2026-10-01",
            "2026-11-02",
            id="monthly, a minute before",
        ),
        pytest.param(
            "monthly 09:00",
            "Europe/Berlin",
            "2026-11-02 08:00",
            "2026-11-02",
            "2026-12-01",
            id="monthly, at the very moment",
        ),
        pytest.param(
            "monthly 09:00 CN",
            "Asia/Shanghai",
            "2026-10-07 12:00",
            "2026-09-01",
            "2026-10-08",
            id="monthly in China: after the holidays of October",
        ),
        pytest.param(
            "monthly 09:00 DE",
            "Europe/Berlin",
            "2026-12-30 12:00",
            "2026-12-01",
            "2027-01-04",
            id="monthly, over the new year",
        ),
    ],
)
def test_the_newest_slot_that_is_due_and_the_one_after(
    text: str, zone: str, now: str, latest: str, following: str
) -> None:
    chosen = rule(text)
    assert chosen.latest(at(now), ZoneInfo(zone)).key == latest
    assert chosen.following(at(now), ZoneInfo(zone)).key == following


def test_a_slot_of_minutes_is_named_by_its_instant() -> None:
    chosen = rule("every 15")
    assert chosen.latest(at("2026-11-23 08:44:59"), BERLIN) == Slot("2026-11-23T08:30Z", at("2026-11-23 08:30"))
    assert chosen.following(at("2026-11-23 08:45"), BERLIN) == Slot("2026-11-23T09:00Z", at("2026-11-23 09:00"))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("daily 09:00", Daily(time(9))),
        ("weekly 0 09:30", Daily(time(9, 30), 0)),
        ("every 5", Every(5)),
        ("monthly 09:00", Monthly(time(9))),
        ("monthly 09:00 CN", Monthly(time(9), "CN")),
    ],
)
def test_rules_are_read_from_text(text: str, expected: Daily | Monthly | Every) -> None:
    assert rule(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hourly",
        "daily",
        "daily noon",
        "daily 25:00",
        "weekly 09:00",
        "every hour",
        "monthly",
        "every 0",
        "every -5",
        "every 9999999999999",
        "weekly 7 06:00",
        "weekly -1 06:00",
    ],
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        rule(text)


@pytest.mark.parametrize("zone", ZONES)
@given(chosen=RULES, start=MOMENTS)
def test_from_slot_to_slot_no_local_day_is_skipped_or_comes_twice(zone: str, chosen: Daily, start: datetime) -> None:
    local = ZoneInfo(zone)
    slot, step = chosen.latest(start, local), timedelta(days=1 if chosen.weekday is None else 7)
    assert slot.due <= start < chosen.following(start, local).due
    for _ in range(9):
        after = chosen.following(slot.due, local)
        assert after.due > slot.due
        assert date.fromisoformat(after.key) - date.fromisoformat(slot.key) == step
        assert chosen.latest(after.due, local) == after
        assert chosen.latest(after.due - timedelta(microseconds=1), local) == slot
        slot = after


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo"])
@pytest.mark.parametrize("wall", ["00:00", "02:15", "09:00"])
def test_over_a_whole_year_each_local_date_comes_once(zone: str, wall: str) -> None:
    local, chosen = ZoneInfo(zone), rule(f"daily {wall}")
    slot, keys = chosen.following(at("2025-12-31 23:59"), local), []
    while slot.key < "2027-01-05":
        keys.append(slot.key)
        slot = chosen.following(slot.due, local)
    assert keys == [(date.fromisoformat(keys[0]) + timedelta(days=n)).isoformat() for n in range(len(keys))]


@pytest.mark.parametrize("zone", ZONES)
@given(wall=st.times().map(lambda at: at.replace(second=0, microsecond=0)), start=MOMENTS)
def test_from_month_to_month_none_is_skipped_or_comes_twice(zone: str, wall: time, start: datetime) -> None:
    local, chosen = ZoneInfo(zone), Monthly(wall)
    slot = chosen.latest(start, local)
    assert slot.due <= start < chosen.following(start, local).due
    for _ in range(9):
        after = chosen.following(slot.due, local)
        (year, month, _), (later_year, later, _) = (map(int, key.split("-")) for key in (slot.key, after.key))
        assert later_year * 12 + later == year * 12 + month + 1
        assert chosen.latest(after.due - timedelta(microseconds=1), local) == slot
        slot = after


@given(minutes=st.sampled_from([1, 5, 15, 30, 60]), now=MOMENTS)
def test_slots_of_minutes_follow_each_other(minutes: int, now: datetime) -> None:
    every = Every(minutes)
    latest, following = every.latest(now, SHANGHAI), every.following(now, SHANGHAI)
    assert latest.due <= now < following.due and following.due - latest.due == timedelta(minutes=minutes)
