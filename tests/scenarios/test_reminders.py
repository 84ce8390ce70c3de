"""Reminders: the digest of a person, the board of a channel, and who is told when nothing happens."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from domain.core import Activity, Bilingual, Severity
from domain.issues.record import Issue
from domain.people.actions import register
from domain.people.record import Department, Member, OverdueMode, TeamChannel
from domain.processes.record import Process
from domain.schedules.actions import schedule_channel, schedule_member
from domain.schedules.record import Schedule
from domain.tasks.record import Task
from tests.business_day import MONDAY, chinese, day, english
from tests.office import Office, texts

NIGHT = MONDAY - timedelta(hours=10, minutes=30)
pytestmark = pytest.mark.opens_at(MONDAY)
ZONES = {
    "U0CLERK": "Europe/Berlin",
    "U0STOCK": "Asia/Shanghai",
    "U0SALESHEAD": "Europe/Berlin",
    "U0SPONSOR": "Europe/London",
}


@pytest.fixture
def team(office: Office) -> Iterator[Office]:
    """People who are known, the sales channel with its department and a process; everything on Monday, 08:30 UTC."""
    with office.store() as work:
        for user_id, zone in ZONES.items():
            locale = "zh-CN" if user_id == "U0STOCK" else "en-US"
            register(
                work,
                Member(user_id=user_id, name=user_id, timezone=zone, locale=locale, seen_at=datetime.now(UTC)),
                now=NIGHT,
            )
        sales = Department(name=Bilingual("Sales"), head="U0SALESHEAD", deputy="U0LEAD", members=("U0CLERK",))
        sales = work.of(Department).add(sales, by="", at=NIGHT)
        process = work.of(Process).add(Process(name=Bilingual("Orders"), department_id=sales.id), by="", at=NIGHT)
        channel = TeamChannel(
            channel_id="C0SALES", department_id=sales.id, processes=(process.id,), timezone="Europe/Berlin"
        )
        schedule_channel(work, work.of(TeamChannel).add(channel, by="", at=NIGHT), now=NIGHT)
        work.set_workspace(by="", at=NIGHT, sponsor="U0SPONSOR", timezone="UTC")
    yield office


def task(office: Office, due: date, owner: str = "U0CLERK", **fields: Any) -> Task:
    with office.store() as work:
        number = work.next_number("T")
        fields = {"title": f"Task {number}", "channel": "C0SALES", "created_at": NIGHT, "created_by": owner} | fields
        return work.of(Task).add(Task(number=number, owner=owner, due=due, **fields), by=owner, at=NIGHT)


def issue(office: Office, due: date, owner: str = "U0CLERK", **fields: Any) -> Issue:
    with office.store() as work:
        number, process = work.next_number("I"), work.of(Process).one()
        fields = {"title": f"Issue {number}", "severity": Severity.HIGH, "filed_at": NIGHT} | fields
        new = Issue(number=number, owner=owner, due=due, process_id=process.id if process else None, **fields)
        return work.of(Issue).add(new, by=owner, at=NIGHT)


def digests(person: Any) -> list[dict[str, Any]]:
    return [message for message in person.messages() if "owed.done" in str(message["blocks"])]


def boards(office: Office) -> list[dict[str, Any]]:
    return [message for message in office.lead.messages("C0SALES") if "Overdue, " in str(message["blocks"])]


def test_one_digest_a_day_with_what_is_overdue_due_today_and_due_soon(team: Office) -> None:
    task(team, day(-4))
    issue(team, day(0))
    task(team, day(2))
    task(team, day(31))
    task(team, day(0), owner="U0STOCK")
    team.tick()
    team.tick()
    [digest] = digests(team.clerk)
    told = str(digest["blocks"])
    assert digest["text"] == "3 things wait for you, 1 is overdue."
    assert f"overdue for 2 working days, since {english(day(-4))}" in told
    assert told.index("T-1") < told.index("Due today") < told.index("I-1") < told.index("Due soon") < told.index("T-2")
    assert "T-3" not in told and "/gemba settings" in told
    [theirs] = digests(team.stock)
    assert "T-4" in str(theirs["blocks"]) and chinese(day(0)) in str(theirs["blocks"])
    team.travel(days=1)
    assert len(digests(team.clerk)) == 2
    assert team.undelivered() == {}


def test_a_digest_follows_what_is_pressed_in_it(team: Office) -> None:
    for due in (day(-4), day(-3), day(-3)):
        task(team, due)
    filed = issue(team, day(-3))
    team.tick()
    [digest] = digests(team.clerk)
    team.clerk.press(digest, "owed.done:task:1")
    team.clerk.press(digest, f"owed.done:issue:{filed.id}")
    team.clerk.press(digest, "owed.snooze:task:2", "Snooze until Monday")
    team.clerk.press(digest, "owed.date:task:3")
    team.clerk.submit(team.clerk.modal(), {"due": str(day(31)), "reason": "the supplier is late"})
    team.settle()
    digest = team.clerk.messages()[-1]
    told = str(digest["blocks"])
    assert digest["text"] == "Nothing of this is left for today. Thank you!" and "owed.done" not in told
    assert "~Task 1~ · done" in told and f"💤 *T-2* Task 2 · snoozed until {english(day(7))}" in told
    assert f"now due {english(day(31))}" in told
    with team.records() as work:
        assert work.of(Issue).get(filed.id).finished and work.of(Task).get(1).finished
        assert str(work.of(Task).get(2).snoozed_until) == str(day(7))
        assert (str(work.of(Task).get(3).due), work.of(Task).get(3).reason) == (str(day(31)), "the supplier is late")
    team.clerk.open_home()
    assert f"since {english(day(-3))} · 💤 snoozed until {english(day(7))}" in str(team.clerk.home())
    [board] = boards(team)
    assert "~Task 1~ · done" in str(board["blocks"]) and "Task 2" in str(board["blocks"])
    assert board["text"] == "1 thing is overdue here."  # a snooze is between the owner and the bot
    team.travel(days=1)
    assert len(digests(team.clerk)) == 0  # snoozed, moved, done: nothing to say
    team.travel(days=6)
    assert "T-2" in str(digests(team.clerk)[-1]["blocks"])


def test_who_presses_again_is_told_that_it_is_done(team: Office) -> None:
    task(team, day(-4), created_by="U0SALESHEAD")
    filed = issue(team, day(-4))
    team.tick()
    [digest] = digests(team.clerk)
    team.program.worker.stop()  # the digest is not refreshed yet when the clerk presses
    team.clerk.command("/gemba task done 1", "C0SALES")
    team.clerk.press(digest, f"owed.done:issue:{filed.id}")
    team.clerk.press(digest, "owed.done:task:1")
    team.clerk.press(digest, f"owed.snooze:issue:{filed.id}", "Snooze until tomorrow")
    told = texts(team.clerk.messages())
    assert any(text.startswith("T-1 is done already") for text in told)
    assert "I-1 is already Closed (order-clerk)." in told


def test_what_was_done_a_minute_ago_is_not_said(team: Office) -> None:
    """Between the job and the sending."""
    first, second = task(team, day(-4)), task(team, day(-3), owner="U0STOCK")
    team.program.worker.stop()
    team.program.runner.run_due()
    with team.store() as work:
        for done in (first, second):
            work.of(Task).change(done, by="U0CLERK", at=NIGHT, done_at=NIGHT)
    team.program.worker.drain()
    assert team.clerk.messages() == [] and boards(team) == []
    assert team.program.queue.depth()["skipped"] >= 3 and team.undelivered() == {}


def test_nobody_is_reminded_on_quiet_days_and_holidays(team: Office) -> None:
    with team.store() as work:
        work.set_workspace(by="", at=NIGHT, country="DE")
        clerk = work.of(Member).one(user_id="U0CLERK")
        assert clerk is not None
        work.of(Member).change(clerk, by="U0CLERK", at=NIGHT, quiet_days=(1, 5, 6))
    task(team, day(-4))
    had = reminders_of(team, days=7)
    assert had[day(2)] == (1, 1), "an ordinary Wednesday"
    assert had[day(1)] == (0, 1), "a Tuesday, which the clerk keeps free"
    assert had[day(5)] == (0, 0), "a Saturday"
    christmas = date(team.clock.now().year, 12, 25)
    team.travel(days=(christmas - team.clock.now().date()).days - 1)
    assert reminders_of(team, days=1)[christmas] == (0, 0), "Christmas"


def reminders_of(team: Office, days: int) -> dict[date, tuple[int, int]]:
    """How many digests of the clerk and boards of the channel came on each of the next days."""
    came = {}
    for _ in range(days):
        before = len(digests(team.clerk)), len(boards(team))
        today = team.travel(days=1).date()
        came[today] = len(digests(team.clerk)) - before[0], len(boards(team)) - before[1]
    return came


def test_after_five_days_the_head_is_told_and_after_ten_the_sponsor_each_once(team: Office) -> None:
    task(team, day(-6))
    issue(team, day(-7), owner="U0SALESHEAD")
    team.travel(hours=1.5)  # past nine in London too
    for _ in range(14):
        team.travel(days=1)
    head = [message for message in team.sales_head.messages() if "overdue for long" in message["text"]]
    assert len(head) == 1 and "T-1" in str(head[0]["blocks"]) and "I-1" not in str(head[0]["blocks"])
    sponsor = [message for message in team.sponsor.messages() if "overdue for long" in message["text"]]
    told = "".join(str(message["blocks"]) for message in sponsor)
    assert told.count("*T-1*") == told.count("*I-1*") == 1
    assert "the sponsor has been told" in str(digests(team.clerk)[-1]["blocks"])
    with team.records() as work:
        assert [row.verb for row in work.of(Activity).find(subject="tasks")].count("escalated") == 2


def test_a_new_date_begins_the_ladder_anew(team: Office) -> None:
    task(team, day(-11))
    team.tick()
    with team.records() as work:
        assert work.of(Task).get(1).escalated
    team.clerk.press(digests(team.clerk)[-1], "owed.date:task:1")
    refused = team.clerk.submit(team.clerk.modal(), {"due": str(day(-3)), "reason": "late"})
    assert list(refused.errors) == ["due"]
    team.clerk.submit(team.clerk.modal(), {"due": str(day(1)), "reason": "late"})
    with team.records() as work:
        assert work.of(Task).get(1).escalated == ()


@pytest.mark.parametrize(
    "mode, due, expected",
    [
        (OverdueMode.DAILY, day(-3), 1),
        (OverdueMode.ESCALATION, day(-6), 0),
        (OverdueMode.ESCALATION, day(-7), 1),
        (OverdueMode.OFF, day(-21), 0),
    ],
)
def test_a_channel_hears_what_it_wants_to(team: Office, mode: OverdueMode, due: date, expected: int) -> None:
    with team.store() as work:
        channel = work.of(TeamChannel).one(channel_id="C0SALES")
        assert channel is not None
        work.of(TeamChannel).change(channel, by="", at=NIGHT, overdue=mode)
    task(team, due)
    team.clock.travel_to(team.clock.now().replace(hour=9, minute=1))
    team.tick()
    assert len(boards(team)) == expected


def test_the_same_day_by_hand_says_nothing_twice(team: Office) -> None:
    task(team, day(-4))
    at = MONDAY.replace(hour=12)
    first = {one.subject: one.outcome for one in team.program.runner.run_by_hand("overdue-reminders", at)}
    again = {one.subject: one.outcome for one in team.program.runner.run_by_hand("overdue-reminders", at)}
    team.settle()
    assert first["U0CLERK"] == first["C0SALES"] == "ran" and first["U0STOCK"] == "nothing_to_say"
    assert again["U0CLERK"] == again["C0SALES"] == "already_ran"
    assert len(digests(team.clerk)) == len(boards(team)) == 1


def test_two_hundred_overdue_things_stay_within_the_limits_of_slack(team: Office) -> None:
    for number in range(100):
        issue(team, day(-21), title="<&> " * 37, channel="C0SALES")
        task(team, day(-20), title="长" * 150, owner=f"U0NOBODY{number % 40}" if number % 2 else "U0CLERK")
    team.clock.travel_to(team.clock.now().replace(hour=9, minute=1))
    team.tick()
    assert team.undelivered() == {}
    assert "… and" in str(digests(team.clerk)[0]["blocks"]) and "… and" in str(boards(team)[0]["blocks"])


def test_an_owner_whom_the_bot_never_met_gets_a_digest_too(team: Office) -> None:
    task(team, day(-4), owner="U0PLANNER")
    team.travel(hours=1)
    with team.records() as work:
        assert work.of(Member).one(user_id="U0PLANNER") is not None
    team.travel(days=1)
    [digest] = digests(team.planner)
    assert "T-1" in str(digest["blocks"])


def test_a_changed_digest_time_is_kept(team: Office) -> None:
    with team.store() as work:
        clerk = work.of(Member).one(user_id="U0CLERK")
        assert clerk is not None
        clerk = work.of(Member).change(clerk, by="U0CLERK", at=NIGHT, digest_time=time(14)).record
        schedule_member(work, clerk, now=team.clock.now())
    task(team, day(-4))
    team.tick()
    assert digests(team.clerk) == []
    team.travel(hours=5)
    assert len(digests(team.clerk)) == 1


def test_who_owes_something_in_months_is_met_when_it_comes_near(team: Office) -> None:
    """One who is in no channel of the bot's."""
    runner = team.program.runner
    runner.jobs = {name: job for name, job in runner.jobs.items() if name != "directory"}
    task(team, day(190), owner="U0PLANNER")
    team.travel(hours=1)
    with team.records() as work:
        assert work.of(Member).one(user_id="U0PLANNER") is None
    team.travel(days=182)
    with team.records() as work:
        assert work.of(Member).one(user_id="U0PLANNER") is not None


def test_a_run_by_hand_for_a_day_to_come_puts_off_nobodys_digest(team: Office) -> None:
    task(team, day(-4), owner="U0PLANNER")
    team.program.runner.run_by_hand("overdue-reminders", MONDAY + timedelta(weeks=52))
    with team.store() as work:
        [stock] = work.of(Schedule).find(job="overdue-reminders", subject="U0STOCK")
        work.of(Schedule).change(stock, by="", at=NIGHT, next_due=MONDAY + timedelta(weeks=52, days=1))
        register(work, Member(user_id="U0STOCK", name="stock", timezone=stock.timezone), now=team.clock.now())
        due = {one.subject: one.next_due for one in work.of(Schedule).find(job="overdue-reminders")}
    assert {str(due[user_id].date()) for user_id in ("U0PLANNER", "U0STOCK")} == {str(day(1))}


def test_the_board_of_a_channel_that_only_the_process_names_follows_too(team: Office) -> None:
    filed = issue(team, day(-3))
    with team.store() as work:
        [channel], [process] = work.of(TeamChannel).find(), work.of(Process).find()
        work.of(TeamChannel).change(channel, by="", at=NIGHT, processes=())
        work.of(Process).change(process, by="", at=NIGHT, channel="C0SALES")
    team.tick()
    team.clerk.press(digests(team.clerk)[-1], f"owed.done:issue:{filed.id}")
    team.settle()
    assert boards(team)[0]["text"] == "Nothing is overdue here any more. Thank you!"


@pytest.mark.parametrize(
    "department, gone, told",
    [
        pytest.param({"head": ""}, (), "lead", id="no head: the deputy"),
        pytest.param({}, ("U0SALESHEAD",), "lead", id="a head who has left: the deputy"),
        pytest.param({"head": "U0CLERK", "deputy": ""}, (), "sponsor", id="the head is the owner: the sponsor"),
        pytest.param({}, ("U0SALESHEAD", "U0LEAD"), "sponsor", id="neither is there any more: the sponsor"),
    ],
)
def test_what_is_overdue_for_long_finds_somebody_who_hears_it(
    team: Office, department: dict[str, str], gone: tuple[str, ...], told: str
) -> None:
    with team.store() as work:
        register(
            work, Member(user_id="U0LEAD", name="lead", timezone="Europe/Berlin", seen_at=datetime.now(UTC)), now=NIGHT
        )
        work.of(Department).change(
            work.of(Department).find()[0], by="", at=NIGHT, **{"name": Bilingual("Sales"), **department}
        )
        for member in work.of(Member).find(user_id=gone) if gone else []:
            work.of(Member).change(member, by="", at=NIGHT, active=False)
    task(team, day(-7))
    team.travel(hours=1.5)
    heard = {
        name
        for name in ("lead", "sponsor", "sales_head")
        if any("overdue for long" in text for text in texts(getattr(team, name).messages()))
    }
    assert heard == {told}


def test_who_is_away_has_a_deputy_who_gets_the_reminders_and_can_act_on_them(team: Office) -> None:
    with team.store() as work:
        for user_id, deputy in (("U0CLERK", "U0STOCK"), ("U0SALESHEAD", "U0STOCK")):
            member = work.of(Member).one(user_id=user_id)
            assert member is not None
            work.of(Member).change(member, by="", at=NIGHT, quiet_days=tuple(range(7)), deputy=deputy)
    task(team, day(-7))
    team.travel(hours=1.5)
    [digest] = digests(team.stock)
    assert "<@U0CLERK>" in str(digest["blocks"])
    assert "U0SALESHEAD" in str(team.stock.messages()), texts(team.stock.messages())
    team.stock.press(digest, "owed.done:task:1")
    team.settle()
    with team.records() as work:
        assert work.of(Task).get(1).done_by == "U0STOCK"
    assert team.clerk.messages() == [] and team.sales_head.messages() == []


def in_place_of_the_clerk(office: Office) -> dict[str, Any]:
    """The digest of somebody who is away, as the deputy has it."""
    [digest] = [said for said in digests(office.stock) if "<@U0CLERK>" in str(said["blocks"])]
    return digest


def as_posted_before(office: Office) -> None:
    """Its buttons name only the day, as they did in an earlier version."""
    digest = in_place_of_the_clerk(office)
    blocks = json.dumps(digest["blocks"]).replace(f"{day(0)}@U0CLERK", str(day(0)))
    slack = WebClient("xoxb-sandbox", base_url=office.sandbox.api_url)
    slack.chat_update(channel=office.stock.dm, ts=digest["ts"], text=digest["text"], blocks=json.loads(blocks))


@pytest.mark.parametrize("is_old", [False, True], ids=["now", "posted by an earlier version"])
def test_an_older_digest_of_somebody_who_is_away_follows_what_the_deputy_does_in_it(team: Office, is_old: bool) -> None:
    with team.store() as work:
        clerk = work.of(Member).one(user_id="U0CLERK")
        assert clerk is not None
        work.of(Member).change(clerk, by="", at=NIGHT, quiet_days=tuple(range(7)), deputy="U0STOCK")
    task(team, day(1), owner="U0STOCK")
    for due in (day(-4), day(-3), day(-3)):
        task(team, due)
    team.travel(hours=1.5)
    if is_old:
        as_posted_before(team)
    digest = in_place_of_the_clerk(team)
    [own] = [said for said in digests(team.stock) if "T-1" in str(said["blocks"])]
    team.travel(days=1)
    team.program.worker.stop()  # so that each of the three is pressed in the digest as it was
    [snooze] = [block["elements"][-1] for block in digest["blocks"] if block.get("block_id") == "owed:task:3"]
    assert ("@" in str(snooze)) is not is_old
    team.stock.press(digest, "owed.done:task:2")
    team.stock.press(digest, "owed.snooze:task:3", snooze["options"][-1]["value"])
    team.stock.press(digest, "owed.date:task:4")
    assert team.stock.submit(team.stock.modal(), {"due": str(day(31)), "reason": "the supplier is late"}).ok
    team.program.worker.drain()
    now = {said["ts"]: str(said["blocks"]) for said in team.stock.messages()}
    older = now[digest["ts"]]
    assert "owed.done" not in older and "~Task 2~" in older and "💤 *T-3*" in older and "📅 *T-4*" in older
    assert "owed.done:task:1" in now[own["ts"]], "the deputy's own of that day stays as it is"
