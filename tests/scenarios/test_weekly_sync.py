"""The weekly sync: what it tells, who adds to it, and when it says nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from holidays import country_holidays

from domain.core import Bilingual, Severity
from domain.issues.record import Issue, IssueStatus
from domain.kpis.record import Kpi, KpiReading, KpiSeries, KpiState
from domain.optimizations.record import Optimization
from domain.people.actions import register
from domain.people.record import Department, Member, Notice, TeamChannel
from domain.pilots.record import Metric, Pilot, Reading
from domain.processes.record import Process
from domain.schedules.actions import schedule_channel
from domain.tasks.record import Task
from domain.weekly_sync.record import SyncNote
from tests.business_day import MONDAY, day, english
from tests.office import Office, texts

pytestmark = pytest.mark.opens_at(MONDAY)
THURSDAY = MONDAY - timedelta(days=3, hours=22, minutes=30)
FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture
def team(office: Office) -> Iterator[Office]:
    """The sales channel (sync on Mondays, 09:00 in Berlin), its department and process; Monday, 09:30 there."""
    with office.store() as work:
        for user_id, locale in (("U0CLERK", "en-US"), ("U0STOCK", "zh-CN")):
            person = Member(
                user_id=user_id, name=user_id, timezone="Europe/Berlin", locale=locale, seen_at=datetime.now(UTC)
            )
            register(work, person, now=THURSDAY)
        sales = Department(name=Bilingual("Sales"), head="U0SALESHEAD", members=("U0CLERK", "U0STOCK"))
        sales = work.of(Department).add(sales, by="", at=THURSDAY)
        process = work.of(Process).add(Process(name=Bilingual("Orders"), department_id=sales.id), by="", at=THURSDAY)
        channel = TeamChannel(
            channel_id="C0SALES", department_id=sales.id, processes=(process.id,), timezone="Europe/Berlin"
        )
        schedule_channel(work, work.of(TeamChannel).add(channel, by="", at=THURSDAY), now=THURSDAY)
    yield office


def work_of_a_week(office: Office) -> None:
    """Something for each section."""
    with office.store() as work:
        at, process = THURSDAY, work.of(Process).one()
        assert process is not None
        old = at - timedelta(days=30)
        filed = {"process_id": process.id, "owner": "U0CLERK", "severity": Severity.HIGH}
        work.of(Issue).add(Issue(number=1, title="Stock list wrong", due=day(-5), filed_at=old, **filed), by="", at=at)
        closed = {"status": IssueStatus.CLOSED, "finished_at": at}
        work.of(Issue).add(Issue(number=2, title="Labels unreadable", filed_at=old, **closed, **filed), by="", at=at)
        work.of(Issue).add(Issue(number=3, title="Scale broken", due=day(3), filed_at=at, **filed), by="", at=at)
        other = Issue(number=4, title="Elsewhere", channel="C0WAREHOUSE", filed_at=at)
        work.of(Issue).add(other, by="", at=at)
        made = Task(number=1, title="Buy a scale", owner="U0STOCK", due=day(1), channel="C0SALES", created_at=at)
        work.of(Task).add(made, by="", at=at)
        work.of(Optimization).add(
            Optimization(number=1, date=day(-3), process_id=process.id, measures=("Orders are pushed",)),
            by="",
            at=at,
        )
        kpi = Kpi(name=Bilingual("Order cycle"), target="≤3 days", process_id=process.id)
        kpi = work.of(Kpi).add(kpi, by="", at=at)
        work.of(KpiSeries).add(KpiSeries(kpi_id=kpi.id, state=KpiState.BREACHED), by="", at=at)
        reading = KpiReading(kpi_id=kpi.id, period=day(-3), value=Decimal("3.4"), judged_at=at)
        work.of(KpiReading).add(reading, by="", at=at)
        pilot = Pilot(number=1, name=Bilingual("East China"), process_id=process.id, starts=day(-21), ends=day(31))
        pilot = work.of(Pilot).add(pilot, by="", at=at)
        metric = Metric(pilot_id=pilot.id, name=Bilingual("Cycle"), unit="days", baseline=Decimal(5), target="≤3.0")
        metric = work.of(Metric).add(metric, by="", at=at)
        for week, value in enumerate(("4.2", "3.8", "3.5"), 1):
            work.of(Reading).add(Reading(metric_id=metric.id, week=week, value=Decimal(value), at=at), by="", at=at)


def syncs(office: Office, channel: str = "C0SALES") -> list[dict[str, Any]]:
    return [message for message in office.lead.messages(channel) if "Weekly sync" in str(message["blocks"])]


def wants(office: Office, *notices: Notice) -> None:
    """What the sales channel takes from now on."""
    with office.store() as work:
        channel = work.of(TeamChannel).one(channel_id="C0SALES")
        assert channel is not None
        work.of(TeamChannel).change(channel, by="", at=THURSDAY, notices=notices)


def details(office: Office, sync: dict[str, Any]) -> list[dict[str, Any]]:
    """What stands in the thread of a sync."""
    return list(office.lead.messages("C0SALES", thread=sync["ts"])[1:])


def asks(person: Any) -> list[dict[str, Any]]:
    return [message for message in person.messages() if "The weekly sync of" in message["text"]]


def answer(person: Any, message: dict[str, Any], **fields: str) -> None:
    person.press(message, "sync.yours")
    assert person.submit(person.modal(), fields).ok


def test_the_sync_tells_the_week_in_one_message_and_repeats_nothing_in_its_thread(team: Office) -> None:
    work_of_a_week(team)
    team.tick()
    team.tick()
    [sync] = syncs(team)
    told = str(sync["blocks"])
    assert sync["text"] == "This week: 1 closed, 2 new, 1 late."
    assert f"Weekly sync, {english(day(-7))} – {english(day(-1))}" in told
    for expected in (
        "Labels unreadable",
        "Buy a scale",
        "Orders are pushed",
        f"since {english(day(-5))}",
        "3.4 days",
        "this week 3.5 days",
        "before 5",
        "target ≤3 days",
        "Not fully met",
        f"due {english(day(3))}",
    ):
        assert expected in told, expected
    assert "Elsewhere" not in told
    assert details(team, sync) == []
    assert team.undelivered() == {}


def test_what_the_sync_cuts_stands_in_full_in_its_thread(team: Office) -> None:
    with team.store() as work:
        for number in range(1, 6):
            issue = Issue(number=number, title=f"Scale {number} broken", channel="C0SALES", filed_at=THURSDAY)
            work.of(Issue).add(issue, by="", at=THURSDAY)
        long = SyncNote(
            channel_id="C0SALES",
            member="U0CLERK",
            week=day(0),
            done="Counted. " * 50 + "End",
            blocked="No scale",
            at=THURSDAY,
        )
        work.of(SyncNote).add(long, by="", at=THURSDAY)
    team.tick()
    [sync] = syncs(team)
    assert "… and 1 more" in str(sync["blocks"]) and "End" not in str(sync["blocks"])
    new, notes = details(team, sync)
    assert new["text"] == "🆕 *New* (5)" and "Scale 5 broken" in str(new["blocks"])
    assert notes["text"] == "💬 *What people say* (1)" and "Counted. End" in str(notes["blocks"])


def test_people_are_asked_on_the_last_working_day_before_and_the_sync_shows_what_they_say(team: Office) -> None:
    with team.store() as work:
        work.set_workspace(by="", at=THURSDAY, country="DE")
    team.tick()
    german = country_holidays("DE")
    last = max(after for after in range(1, 5) if german.is_working_day(day(after)))  # a Friday may be New Year's Day
    team.travel(days=last)
    [asked] = asks(team.clerk)
    assert english(day(7)) in asked["text"] and len(team.stock.messages()) == 1
    answer(team.clerk, asked, done="Counted the stock", blocked="No scale <!channel>")
    team.settle()
    assert "Your lines are in the weekly sync" in team.clerk.messages()[-1]["text"]
    team.travel(days=7 - last)
    sync = syncs(team)[-1]
    assert "Counted the stock" in str(sync["blocks"]) and "No scale &lt;!channel&gt;" in str(sync["blocks"])
    answer(team.stock, asks_of(team, "stock"), next="Order a scale")
    answer(team.lead, sync, done="Talked to the supplier")
    team.settle()
    late = str(syncs(team)[-1]["blocks"])
    assert "Order a scale" in late and "Talked to the supplier" in late
    assert details(team, sync) == []


def test_a_late_answer_updates_the_thread_too(team: Office) -> None:
    team.travel(days=4)
    asked = asks_of(team, "clerk")
    answer(team.clerk, asked, done="Counted the stock. " * 20)
    team.travel(days=3)
    sync = syncs(team)[-1]
    assert [message["text"] for message in details(team, sync)] == ["💬 *What people say* (1)"]
    answer(team.lead, sync, done="Talked to the supplier")
    team.settle()
    [notes] = details(team, sync)
    assert notes["text"].endswith("(2)") and "Talked to the supplier" in str(notes["blocks"])


def asks_of(team: Office, who: str) -> dict[str, Any]:
    return next(message for message in getattr(team, who).messages() if "sync.yours" in str(message["blocks"]))


def test_a_changed_answer_replaces_the_first_and_an_empty_one_is_refused(team: Office) -> None:
    team.travel(days=4)
    answer(team.clerk, asks_of(team, "clerk"), done="One", blocked="Two")
    team.settle()
    team.clerk.press(asks_of(team, "clerk"), "sync.yours")
    assert "One" in str(team.clerk.modal())
    refused = team.clerk.submit(team.clerk.modal(), {"done": "", "blocked": ""})
    assert list(refused.errors) == ["done"]
    assert team.clerk.submit(team.clerk.modal(), {"done": "Three", "blocked": ""}).ok
    with team.records() as work:
        [note] = work.of(SyncNote).find()
        assert (note.done, note.blocked, note.week) == ("Three", "", day(7))


def test_a_quiet_week_says_so_once(team: Office) -> None:
    team.tick()
    [sync] = syncs(team)
    assert sync["text"].startswith("A quiet week") and len(team.lead.messages("C0SALES", thread=sync["ts"])) == 1
    team.travel(days=7)
    answer(team.lead, sync, done="Something after all")
    team.settle()
    assert "Something after all" in str(syncs(team)[0]["blocks"])
    team.travel(days=7)
    assert len(syncs(team)) == 1


def test_what_is_added_to_an_old_sync_goes_to_the_next_one(team: Office) -> None:
    team.tick()
    [sync] = syncs(team)
    team.clerk.press(sync, "sync.yours")
    team.travel(days=8)
    late = team.clerk.submit(team.clerk.modal(), {"done": "Counted the stock"})
    assert "more than a week old" in late.errors["blocked"]
    team.clerk.close(clear=True)
    answer(team.clerk, sync, done="Counted the stock")
    team.settle()
    assert syncs(team)[0]["blocks"] == sync["blocks"]
    team.travel(days=7)
    assert "Counted the stock" in str(syncs(team)[-1]["blocks"])


def test_a_channel_that_takes_no_sync_any_more_takes_no_answers_either(team: Office) -> None:
    team.tick()
    wants(team, Notice.ISSUES)
    team.clerk.press(syncs(team)[0], "sync.yours")
    assert "no weekly sync any more" in str(team.clerk.modal() or team.clerk.messages("C0SALES")[-1])


def test_the_first_quiet_week_after_it_was_switched_on_says_so(team: Office) -> None:
    wants(team, Notice.ISSUES)
    team.tick()
    wants(team, Notice.SYNC)
    team.travel(days=7)
    assert [sync["text"].startswith("A quiet week") for sync in syncs(team)] == [True]


def test_who_has_left_is_not_asked(team: Office) -> None:
    with team.store() as work:
        for member in work.of(Member).find(user_id=("U0CLERK", "U0STOCK")):
            work.of(Member).change(member, by="", at=THURSDAY, active=False)
    team.travel(days=4)
    assert asks(team.clerk) == []


def test_an_answer_after_a_silent_sync_brings_it_out(team: Office) -> None:
    team.tick()
    team.travel(days=4)
    asked = asks_of(team, "clerk")
    team.travel(days=3)
    assert len(syncs(team)) == 1
    answer(team.clerk, asked, done="Late, but done")
    team.settle()
    assert len(syncs(team)) == 2 and "Late, but done" in str(syncs(team)[-1]["blocks"])


def test_a_late_sync_says_when_it_was_due(team: Office) -> None:
    team.travel(days=1)
    [sync] = syncs(team)
    assert f"This was due on {english(day(0))} at 9:00" in str(sync["blocks"])


def test_a_channel_that_does_not_want_it_gets_none(team: Office) -> None:
    work_of_a_week(team)
    wants(team, Notice.ISSUES)
    team.tick()
    team.travel(days=4)
    assert syncs(team) == [] and asks(team.clerk) == []


def test_a_period_by_hand_runs_once_and_on_any_date(team: Office) -> None:
    work_of_a_week(team)
    outcomes = [team.program.runner.run_by_hand("weekly-sync", MONDAY.replace(hour=0, minute=0))[0] for _ in range(2)]
    assert [one.outcome for one in outcomes] == ["ran", "already_ran"] and outcomes[0].slot == str(day(0))
    team.tick()
    assert len(syncs(team)) == 1 and "This was due" not in str(syncs(team)[0]["blocks"])
    asked = [team.program.runner.run_by_hand("sync-asks", FRIDAY)[0].outcome for _ in range(2)]
    assert asked == ["ran", "already_ran"]
    dry = team.program.runner.run_by_hand("weekly-sync", FRIDAY + timedelta(days=3), dry=True)
    assert dry[0].outcome == "ran" and len(syncs(team)) == 1


def test_two_hundred_issues_are_cut_and_the_button_shows_them_all(team: Office) -> None:
    with team.store() as work:
        for number in range(1, 201):
            title = f"{number} " + ("<&>*_~`" * 20 if number % 2 else "很长的标题" * 28)
            work.of(Issue).add(
                Issue(
                    number=number,
                    title=title,
                    channel="C0SALES",
                    owner="U0CLERK",
                    due=day(-13),
                    filed_at=THURSDAY,
                ),
                by="",
                at=THURSDAY,
            )
    team.tick()
    assert team.undelivered() == {}
    sync = next(message for message in team.lead.messages("C0SALES") if "This week: 0 closed" in message["text"])
    assert str(sync["blocks"]).count("… and 196 more") == 2
    team.lead.press(sync, "sync.more:late")
    modal = str(team.lead.modal())
    assert "I-200" in modal and "I-1*" in modal
    thread = team.lead.messages("C0SALES", thread=sync["ts"])
    assert len(thread) == 3 and all("more" in str(message["blocks"]) for message in thread[1:])


def test_a_report_that_is_posted_again_shows_what_has_been_done_since(team: Office) -> None:
    work_of_a_week(team)
    team.clerk.command("/gemba report", "C0SALES")
    report = team.clerk.messages("C0SALES")[-1]
    team.clerk.press(report, "sync.post")
    team.settle()
    with team.store() as work:
        scale = work.of(Issue).one(number=3)
        assert scale is not None
        done = {"status": IssueStatus.CLOSED, "finished_at": team.clock.now()}
        work.of(Issue).change(scale, by="U0CLERK", at=team.clock.now(), **done)
    team.clerk.press(report, "sync.post")
    team.settle()
    [posted] = [said for said in team.lead.messages("C0SALES") if "asked for it" in str(said["blocks"])]
    assert "2 closed" in posted["text"]
    assert any("posted here already" in text for text in texts(team.clerk.messages("C0SALES")))


def test_the_report_is_private_until_it_is_posted(team: Office) -> None:
    work_of_a_week(team)
    team.clerk.command("/gemba report", "C0SALES")
    report = team.clerk.messages("C0SALES")[-1]
    assert report["is_ephemeral"] and "1 closed" in report["text"] and "3.4 days" in str(report["blocks"])
    team.clerk.press(report, "sync.post")
    team.clerk.press(report, "sync.post")
    team.settle()
    posted = [
        message for message in team.lead.messages("C0SALES") if "<@U0CLERK> asked for it" in str(message["blocks"])
    ]
    assert len(posted) == 1 and "sync.post" not in str(posted[0]["blocks"])
    assert any("posted here already" in text for text in texts(team.clerk.messages("C0SALES")))
    team.clerk.command("/gemba report")
    assert "team's channel" in team.clerk.messages()[-1]["text"]
    team.stock.command("/gemba report", "C0GENERAL")
    assert "sync.post" in str(team.stock.messages("C0GENERAL")[-1]["blocks"])
