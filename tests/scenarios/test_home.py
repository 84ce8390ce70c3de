"""The Home tab: empty and filled, in English and Chinese, fresh after each thing done from it."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.request import Request, urlopen

from bot.inbound.dispatcher import Dispatcher
from domain.core import Bilingual, Severity
from domain.issues.record import Issue
from domain.people.actions import register
from domain.people.record import Member, TeamChannel
from domain.pilots.record import Metric, Pilot, Reading
from domain.tasks.record import Task
from handlers.core import Kind
from handlers.registry import all_routes
from sandbox.person import Person
from tests.business_day import DAY, chinese, english
from tests.office import TEAM, Office
from tests.scenarios.test_settings import open_part, words

TODAY = DAY


def home_of(person: Person) -> dict[str, Any]:
    person.open_home()
    return person.wait_for(person.home)


def home_when(person: Person, is_so: Callable[[str], bool]) -> dict[str, Any]:
    """The tab once it is fresh: that comes after the answer."""

    def look() -> dict[str, Any] | None:
        shown = person.home()
        return shown if shown and is_so(words(shown)) else None

    return person.wait_for(look)


def owe(office: Office, owner: str, due: date, *, issues: int = 1) -> None:
    """Store issues and a task."""
    now = office.clock.now()
    with office.store() as work:
        for number in range(issues):
            work.next_number("I")
            work.of(Issue).add(
                Issue(
                    number=number + 1,
                    title=f"Scale {number} *is* broken",
                    owner=owner,
                    reporter=owner,
                    due=due,
                    severity=Severity.HIGH,
                    filed_at=now,
                ),
                by=owner,
                at=now,
            )
        task = Task(number=1, title="Call the supplier", owner=owner, due=due + timedelta(days=9), created_at=now)
        work.of(Task).add(task, by=owner, at=now)


def test_an_empty_home_helps(office: Office) -> None:
    seen = words(home_of(office.clerk))
    assert f"Your day, {english(DAY)}" in seen and "Nothing is due." in seen and "No pilot is under way." in seen
    assert "You have filed nothing yet." in seen and "Still to set up" not in seen


def test_a_lead_is_told_what_a_new_workspace_lacks(office: Office) -> None:
    view = home_of(office.lead)
    assert "set up a team channel" in words(view)
    office.lead.press(view, "command.run:set-up")
    assert office.lead.modal()["title"]["text"] == "Settings"  # type: ignore[index]


def test_home_speaks_chinese_in_her_own_time_zone(office: Office) -> None:
    office.travel(hours=9)  # 17:30 UTC: the next day in Shanghai
    owe(office, "U0STOCK", TODAY)
    seen = words(home_of(office.stock))
    assert chinese(DAY + timedelta(days=1)) in seen and "I-1" in seen and "流程" not in words(home_of(office.clerk))
    for ours in ("Your day", "What you owe", "overdue", "Pilots", "File an issue"):
        assert ours not in seen


def test_home_shows_what_is_owed_overdue_first_and_done_takes_it_off(office: Office) -> None:
    owe(office, "U0CLERK", TODAY - timedelta(days=3))
    view = home_of(office.clerk)
    seen = words(view)
    assert seen.index("I-1") < seen.index("T-1") and "1 overdue" in seen
    assert office.clerk.press(view, "owed.done:issue:1").ok
    assert office.clerk.modal() is None
    seen = words(home_when(office.clerk, lambda seen: "1 overdue" not in seen))
    assert "T-1" in seen and "Closed" in seen  # filed by the clerk, and where it stands


def test_a_modal_opened_from_home_brings_home_up_to_date(office: Office) -> None:
    owe(office, "U0CLERK", TODAY - timedelta(days=3))
    view = home_of(office.clerk)
    office.clerk.press(view, "owed.date:issue:1")
    office.clerk.submit(office.clerk.modal(), {"due": str(DAY + timedelta(days=14)), "reason": "Part is on its way"})
    fresh = home_when(office.clerk, lambda seen: "1 overdue" not in seen)
    office.clerk.press(fresh, "home.issue")
    office.clerk.submit(office.clerk.modal(), {"title": "Something quite different"})
    home_when(office.clerk, lambda seen: "Something quite different" in seen)


def test_the_answer_does_not_wait_for_home(office: Office) -> None:
    owe(office, "U0CLERK", TODAY - timedelta(days=3))
    view = home_of(office.clerk)
    office.clerk.inject({"where": "views.publish", "kind": "slow", "delay": 4, "times": 1})  # Slack waits for three
    assert office.clerk.press(view, "owed.done:issue:1").ok
    assert "1 overdue" in words(office.clerk.home()), "it is answered, and home is still being drawn"
    home_when(office.clerk, lambda seen: "1 overdue" not in seen)


def test_the_language_chosen_from_home_is_the_homes_at_once(office: Office) -> None:
    view = home_of(office.clerk)
    office.clerk.press(view, "command.run:gemba-settings")
    office.clerk.press(office.clerk.modal(), "settings.person")  # type: ignore[arg-type]
    office.clerk.submit(office.clerk.modal(), {"language": "zh_CN"})
    home_when(office.clerk, lambda seen: chinese(DAY) in seen)


def test_somebody_was_faster_and_home_shows_it(office: Office) -> None:
    owe(office, "U0CLERK", TODAY)
    view = home_of(office.clerk)
    with office.store() as work:
        work.of(Task).change(
            work.of(Task).get(1), by="U0LEAD", at=office.clock.now(), done_at=office.clock.now(), done_by="U0LEAD"
        )
    office.clerk.press(view, "owed.done:task:1")
    assert "T-1" in words(office.clerk.modal())  # says that it was done before
    home_when(office.clerk, lambda seen: "Call the supplier" not in seen)


def test_a_long_list_is_cut_within_slacks_limits(office: Office) -> None:
    owe(office, "U0CLERK", TODAY, issues=40)
    now = office.clock.now()
    with office.store() as work:
        for number in range(1, 9):
            pilot = Pilot(
                number=number, name=Bilingual(f"Pilot {number}"), starts=TODAY, ends=TODAY + timedelta(days=30)
            )
            stored = work.of(Pilot).add(pilot, by="", at=now)
            metric = work.of(Metric).add(
                Metric(pilot_id=stored.id, name=Bilingual("Order cycle"), unit="days", target="≤3 days"), by="", at=now
            )
            work.of(Reading).add(Reading(metric_id=metric.id, week=1, value=4, at=now), by="", at=now)  # type: ignore[arg-type]
    view = home_of(office.clerk)
    seen = words(view)
    assert len(view["blocks"]) < 70 and "… and 29 more" in seen and "… and 32 more" in seen and "… and 3 more" in seen
    assert "Order cycle: 4 days (target ≤3 days)" in seen


def test_the_messages_tab_publishes_nothing(office: Office) -> None:
    office.clerk.open_home("messages")
    assert office.clerk.home() is None


def test_a_renamed_channel_and_a_changed_profile_are_taken_over(office: Office) -> None:
    with office.store() as work:
        register(work, office.program.gateway.member("U0CLERK"), now=office.clock.now())
        work.of(TeamChannel).add(TeamChannel(channel_id="C0SALES", name="sales"), by="", at=office.clock.now())
    program = office.program
    dispatcher = Dispatcher(all_routes(), program.database, program.gateway, program.people)
    for event, name in (("channel_rename", "sales-2"), ("group_rename", "sales-east")):  # public, and private
        renamed = {"type": event, "channel": {"id": "C0SALES", "name": name}}
        dispatcher.handle(Kind.EVENT, {"event": renamed, "event_id": event}, lambda: None, TEAM)
    address = f"{office.sandbox.url}/sandbox/api/people"
    change = json.dumps({"tz": "Asia/Shanghai", "locale": "zh-CN"}).encode()
    for user in ("U0CLERK", "U0AUDIT"):
        kind = {"Content-Type": "application/json"}
        urlopen(Request(f"{address}/{user}", change, kind, method="PATCH")).close()

    def moved() -> bool:
        with office.records() as work:
            member = work.of(Member).one(user_id="U0CLERK")
            return member is not None and (member.timezone, member.locale) == ("Asia/Shanghai", "zh-CN")

    office.clerk.wait_for(moved)
    with office.records() as work:
        assert work.of(TeamChannel).find()[0].name == "sales-east"
        assert work.of(Member).one(user_id="U0AUDIT") is None  # strangers stay strangers
    assert open_part(office.clerk, "me")["title"]["text"] != "My settings"
