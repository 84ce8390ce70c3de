"""What participants say about a pilot: asked once a week, answered once, put together without names."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.request import Request, urlopen

import pytest

from domain.core import Activity, Bilingual, Severity
from domain.people.record import Member
from domain.pilots.record import Feedback, Pilot
from tests.business_day import MONDAY, day, english
from tests.office import Office, texts

pytestmark = pytest.mark.opens_at(MONDAY)
WEEK = day(0)
EAST = Pilot(
    number=1,
    name=Bilingual("Order processing, East China", "华东区订单处理试点"),
    owner="U0SALESHEAD",
    channel="C0SALES",
    starts=day(-14),
    ends=day(27),
)
LAUNCH = replace(EAST, number=2, name=Bilingual("Ordinary product launches", "普通产品上线试点"))

OVER = {"starts": day(-49), "ends": day(-3)}


def running(office: Office, pilot: Pilot = EAST, **fields: Any) -> Pilot:
    with office.store() as work:
        return work.of(Pilot).add(replace(pilot, **fields), by="", at=office.clock.now())


def set_up(office: Office, path: str, **body: Any) -> None:
    """Change the workspace itself."""
    headers = {"Content-Type": "application/json"}
    url = f"{office.sandbox.url}/sandbox/api/{path}"
    urlopen(Request(url, json.dumps(body).encode(), headers, method="POST")).close()


def go(office: Office, moment: str) -> None:
    """To a moment in UTC; Shanghai is eight hours ahead, Berlin one."""
    office.clock.travel_to(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    office.tick()


def test_of_several_pilots_the_form_opens_for_the_only_one_that_names_the_person(office: Office) -> None:
    running(office)
    running(office, LAUNCH, people=("U0CLERK", "U0STOCK"))
    office.clerk.command("/feedback", "C0SALES")
    assert "P-2 · Ordinary" in str(office.clerk.modal()) and office.clerk.modal()["callback_id"] == "feedback.give"
    office.lead.command("/feedback", "C0SALES")
    assert "Which pilot is it about?" in str(office.lead.modal())


def answer(office: Office, pilot: Pilot, who: str, rating: int, week: date = WEEK, **said: Any) -> None:
    with office.store() as work:
        given = Feedback(pilot_id=pilot.id, member=who, week=week, rating=rating, at=office.clock.now(), **said)
        work.of(Feedback).add(given, by=who, at=office.clock.now())


def test_an_answer_is_kept_confirmed_and_can_be_changed_until_the_week_ends(office: Office) -> None:
    pilot = running(office)
    office.clerk.command("/feedback", "C0SALES")
    given = {"rating": "4", "works": "Fewer calls", "hinders": "Stock is late", "severity": "high", "wish": "Scanners"}
    assert office.clerk.submit(office.clerk.modal(), given).ok
    thanks = str(office.clerk.modal()["blocks"])
    assert "4 of 5, good" in thanks and english(day(6)) in thanks
    office.clerk.close()

    office.clerk.command("/feedback east china", "C0SALES")
    form = office.clerk.modal()
    assert "You have answered this week already" in str(form["blocks"][0])
    assert office.clerk.submit(form, {"rating": "2", "wish": None}).ok  # the rest is prefilled
    with office.records() as work:
        (kept,) = work.of(Feedback).find()
        assert (kept.pilot_id, kept.member, kept.week) == (pilot.id, "U0CLERK", WEEK)
        assert (kept.rating, kept.works, kept.severity) == (2, "Fewer calls", Severity.HIGH)
        assert [row.verb for row in work.of(Activity).find(subject="feedback")] == ["answered", "changed"]

    office.clerk.close()
    go(office, f"{day(7)}T07:00")
    office.clerk.command("/feedback", "C0SALES")
    assert office.clerk.submit(office.clerk.modal(), {"rating": "5"}).ok
    with office.records() as work:
        assert [(kept.week, kept.rating) for kept in work.of(Feedback).find()] == [(WEEK, 2), (day(7), 5)]


def test_a_rating_is_needed(office: Office) -> None:
    running(office)
    office.clerk.command("/feedback", "C0SALES")
    outcome = office.clerk.submit(office.clerk.modal(), {"works": "Everything"})
    assert not outcome.ok and office.clerk.modal() is not None


def test_of_several_pilots_one_is_chosen_and_each_keeps_its_own_answer(office: Office) -> None:
    east, launch = running(office), running(office, LAUNCH)
    answer(office, east, "U0CLERK", 2, works="Fewer calls")
    office.clerk.command("/feedback", "C0SALES")
    office.clerk.press(office.clerk.modal(), "feedback.pilot", str(launch.id))
    form = office.clerk.modal()
    office.clerk.press(form, "feedback.pilot", str(east.id), fill={"works": "Quick", f"rating:{launch.id}": "5"})
    assert "Fewer calls" in str(office.clerk.modal()["blocks"])  # what was said about this one before
    office.clerk.press(office.clerk.modal(), "feedback.pilot", str(launch.id))
    assert "Fewer calls" not in str(office.clerk.modal()["blocks"])
    assert office.clerk.submit(office.clerk.modal(), {"rating": "5"}).ok
    with office.records() as work:
        kept = {one.pilot_id: (one.rating, one.works) for one in work.of(Feedback).find()}
    assert kept == {east.id: (2, "Fewer calls"), launch.id: (5, "")}


def test_a_name_that_is_not_known_loses_nothing(office: Office) -> None:
    pilot = running(office)
    office.clerk.command("/feedback the new screens are much too slow for us", "C0SALES")
    message = office.clerk.messages("C0SALES")[-1]
    assert "the new screens are much too slow for us" in str(message["blocks"])
    office.clerk.press(message, f"feedback.open:{pilot.id}")
    assert office.clerk.modal()["callback_id"] == "feedback.give"


def test_without_a_running_pilot_there_is_nothing_to_rate(office: Office) -> None:
    running(office, **OVER)
    office.clerk.command("/feedback", "C0SALES")
    assert "No pilot is running" in texts(office.clerk.messages("C0SALES"))[-1]


def test_a_pilot_that_is_over_cannot_be_rated_and_it_is_said_so(office: Office) -> None:
    running(office)
    running(office, LAUNCH, **OVER)
    office.clerk.command("/feedback product launches", "C0SALES")
    assert "P-2 is not running this week" in texts(office.clerk.messages("C0SALES"))[-1]


def test_participants_are_asked_in_their_hours_and_reminded_once(office: Office) -> None:
    running(office, people=("U0STOCK",), usergroups=("S0SALES",), channels=("C0SERVICE", "C0NOWHERE"))
    go(office, f"{day(3)}T05:30")  # 13:30 in Shanghai
    assert office.stock.messages() == []
    go(office, f"{day(3)}T06:30")  # 14:30 in Shanghai, 07:30 in Berlin
    (asked,) = office.stock.messages()
    assert "华东区订单处理试点" in asked["text"]
    assert len(office.service.messages()) == 1 and office.clerk.messages() == []
    go(office, f"{day(3)}T08:00")
    assert len(office.stock.messages()) == 1  # once
    go(office, f"{day(3)}T13:30")  # 14:30 in Berlin: the user group
    (asked,) = office.clerk.messages()
    assert "How did this week go" in asked["text"]

    office.stock.press(office.stock.messages()[0], "feedback.open")
    assert office.stock.submit(office.stock.modal(), {"rating": "5"}).ok
    office.settle()
    assert "feedback.open" in str(office.stock.messages()[0]["blocks"])  # now it says so, and can be changed
    go(office, f"{day(4)}T02:30")  # Friday, 10:30 in Shanghai
    assert len(office.stock.messages()) == 1 and len(office.service.messages()) == 2
    go(office, f"{day(4)}T09:30")
    assert [("not said yet" in text) for text in texts(office.clerk.messages())] == [False, True]
    go(office, f"{day(4)}T10:30")
    assert len(office.clerk.messages()) == 2
    assert office.undelivered() == {}


def test_who_was_not_reached_in_time_is_asked_instead_of_reminded_and_only_once(office: Office) -> None:
    running(office, people=("U0CLERK",))
    go(office, f"{day(4)}T09:10")  # the bot was away on Thursday afternoon
    go(office, f"{day(4)}T09:40")
    go(office, f"{day(4)}T10:10")
    assert [("How did this week go" in text) for text in texts(office.clerk.messages())] == [True]


def test_who_answers_before_the_question_goes_out_is_not_asked(office: Office) -> None:
    pilot = running(office, people=("U0CLERK", "U0LEAD"))
    answer(office, pilot, "U0CLERK", 4)
    go(office, f"{day(3)}T13:30")
    assert office.clerk.messages() == [] and len(office.lead.messages()) == 1


def test_bots_in_a_channel_are_neither_asked_nor_counted(office: Office) -> None:
    set_up(office, "people", id="U0ROBOT", name="robot", is_bot=True, tz="Europe/Berlin")
    set_up(office, "channels/C0SALES/members", user="U0ROBOT")
    running(office, channels=("C0SALES",))
    go(office, f"{day(3)}T13:30")
    with office.records() as work:
        robot = work.of(Member).one(user_id="U0ROBOT")
        assert robot is not None and not robot.active
    assert office.person("U0ROBOT").messages() == []
    office.clerk.command("/feedback summary P-1", "C0SALES")
    assert "0 of 4 (0 %)" in str(office.clerk.messages("C0SALES")[-1]["blocks"])


def test_the_summary_shows_figures_and_words_but_no_names(office: Office) -> None:
    pilot = running(office, people=("U0CLERK", "U0STOCK", "U0PLANNER", "U0SERVICE"))
    answer(office, pilot, "U0CLERK", 4, hinders="Stock is late", severity=Severity.HIGH, wish="Scanners")
    answer(office, pilot, "U0STOCK", 5, hinders="Screens <!channel>", severity=Severity.LOW, works="Less paper")
    answer(office, pilot, "U0PLANNER", 2, WEEK - timedelta(weeks=2))
    office.clerk.command("/feedback summary", "C0SALES")
    message = office.clerk.messages("C0SALES")[-1]
    shown = str(message["blocks"])
    assert "3.7 of 5 · 3 answers: too few to judge" in message["text"]
    assert "2 of 4 (50 %)" in shown
    assert "▃·▇" in shown and f"From {english(day(-14))}: 2 of 5 (1 answer)" in shown
    assert shown.index("Stock is late") < shown.index("Screens <!channel>") < shown.index("Scanners")
    assert not re.search("U0[A-Z]{3}", shown)

    answer(office, pilot, "U0SERVICE", 5)
    answer(office, pilot, "U0LEAD", 5)
    office.clerk.command("/feedback summary east china", "C0SALES")
    assert "4.2 of 5 · 5 answers · passed" in office.clerk.messages("C0SALES")[-1]["text"]


def test_the_summary_asks_which_of_several(office: Office) -> None:
    running(office)
    launch = running(office, LAUNCH)
    office.clerk.command("/feedback summary", "C0SALES")
    office.clerk.press(office.clerk.messages("C0SALES")[-1], f"command.run:{launch.id}")
    assert "Ordinary product launches" in texts(office.clerk.messages("C0SALES"))[-1]


@pytest.mark.parametrize("typed", ["/feedback 华东区", "/feedback 华东区订单处理试点", "/feedback P-1"])
def test_it_works_in_chinese(office: Office, typed: str) -> None:
    running(office)
    running(office, LAUNCH)
    office.stock.command(typed, "C0WAREHOUSE")
    assert office.stock.submit(office.stock.modal(), {"rating": "4", "hinders": "库存同步仍滞后"}).ok
    assert "华东区订单处理试点" in str(office.stock.modal()["blocks"])
    office.stock.close()
    office.stock.command("/feedback 汇总 华东区", "C0WAREHOUSE")
    assert "库存同步仍滞后" in str(office.stock.messages("C0WAREHOUSE")[-1]["blocks"])
