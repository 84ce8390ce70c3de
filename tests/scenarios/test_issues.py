"""Issues, from the command to the card, as people use them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from domain.core import Activity, Bilingual
from domain.issues.record import Dimension, Issue, IssueStatus
from domain.people.record import Member
from domain.processes.record import Process
from sandbox.person import Person
from tests.business_day import DAY, working_day
from tests.office import Office, texts


def filed(office: Office) -> dict[str, Any]:
    """An issue in the sales channel: its card."""
    office.clerk.command("/issue Broken scale", "C0SALES")
    office.clerk.submit(office.clerk.modal())
    office.settle()
    return office.clerk.messages("C0SALES")[0]


def shown_to(person: Person) -> dict[str, Any]:
    """The card as one person saw it: nothing brings it up to date."""
    person.command("/issue show I-1", "C0SALES")
    return person.messages("C0SALES")[-1]


def test_an_issue_goes_from_the_command_to_a_card_and_a_private_answer(office: Office) -> None:
    office.clerk.command("/issue Stock list is wrong", "C0SALES")
    outcome = office.clerk.submit(office.clerk.modal(), {"severity": "high", "times": "4", "minutes": "1.5 h"})
    assert outcome.ok and office.clerk.modal() is None
    office.settle()

    card, private = office.clerk.messages("C0SALES")
    assert card["text"] == "Issue I-1: Stock list is wrong (Open, High)"
    assert private["is_ephemeral"] and "I-1" in private["text"]
    with office.records() as work:
        issue = work.of(Issue).one(number=1)
        assert issue is not None and issue.reporter == "U0CLERK" and issue.minutes == 90
        assert issue.due == working_day(3)
        assert [activity.verb for activity in work.of(Activity).find(subject="issues")] == ["filed"]
    assert office.undelivered() == {}


def test_a_field_that_cannot_be_read_is_refused_beside_it_and_the_form_stays(office: Office) -> None:
    office.clerk.command("/issue Broken scale", "C0SALES")
    outcome = office.clerk.submit(office.clerk.modal(), {"times": "often"})
    assert list(outcome.errors) == ["times"]
    assert office.clerk.modal() is not None


def test_two_people_who_close_at_once_do_it_once(office: Office) -> None:
    card = filed(office)
    old = shown_to(office.clerk)
    office.lead.press(card, "issue.close")
    office.clerk.press(old, "issue.close")
    office.settle()
    thread = texts(office.lead.messages("C0SALES", thread=card["ts"]))[1:]
    assert thread == ["<@U0LEAD> set the status to *Closed*."]
    assert any("already" in text for text in texts(office.clerk.messages("C0SALES")))


def test_a_due_date_in_the_past_is_refused_beside_its_field(office: Office) -> None:
    office.clerk.command("/issue Labels fade", "C0SALES")
    refused = office.clerk.submit(office.clerk.modal(), {"due": str(DAY - timedelta(days=3))})
    assert list(refused.errors) == ["due"]
    assert office.clerk.submit(office.clerk.modal(), {"due": str(DAY + timedelta(days=7))}).ok
    office.settle()
    card = office.clerk.messages("C0SALES")[0]
    office.clerk.press(card, "issue.more", "postpone:1")
    refused = office.clerk.submit(office.clerk.modal(), {"due": str(DAY - timedelta(days=22)), "reason": "Late"})
    assert list(refused.errors) == ["due"]


def test_a_closed_issue_can_be_reopened(office: Office) -> None:
    office.clerk.command("/issue Labels fade", "C0SALES")
    office.clerk.submit(office.clerk.modal())
    office.settle()
    office.clerk.press(office.clerk.messages("C0SALES")[0], "issue.close")
    office.settle()
    office.clerk.press(office.clerk.messages("C0SALES")[0], "issue.reopen")
    office.settle()
    with office.records() as work:
        issue = work.of(Issue).get(1)
    assert issue.status is IssueStatus.OPEN and issue.finished_at is None
    assert "(Open, " in office.clerk.messages("C0SALES")[0]["text"]


def test_a_list_says_what_it_lists_and_a_show_without_a_number_asks_for_one(office: Office) -> None:
    office.clerk.command("/issue Labels fade", "C0SALES")
    office.clerk.submit(office.clerk.modal())
    office.settle()
    for command in ("/issue list mine", "/issue show", "/issue show I-9"):
        office.clerk.command(command, "C0SALES")
    office.settle()
    mine, which, none = texts(office.clerk.messages("C0SALES"))[-3:]
    assert mine == "My open issues"
    assert which == "Which one? Type its number behind it, such as I-12."
    assert none == "There is no I-9. Type /issue list to see the numbers."


def test_the_number_of_another_kind_is_not_taken_for_an_issues(office: Office) -> None:
    filed(office)
    told = {
        "/issue show T-1": "/gemba task list",
        "/issue show O-1": "/optimize show O-1",
        "/optimize show I-1": "/issue show I-1",
        "/suggest status I-1": "/issue show I-1",
        "/gemba task done I-1": "/issue show I-1",
    }
    for command, right in told.items():
        office.clerk.command(command, "C0SALES")
        answer = texts(office.clerk.messages("C0SALES"))[-1]
        assert "is something else" in answer and right in answer, command


def test_similar_issues_are_looked_up_again_when_the_title_is_edited(office: Office) -> None:
    for title in ("Order approval takes too long", "Labels fade in the sun"):
        office.clerk.command(f"/issue {title}", "C0SALES")
        office.clerk.submit(office.clerk.modal())
    office.lead.command("/issue Order approval is slow", "C0SALES")
    form = office.lead.modal()
    assert "I-1 · Order approval" in str(form) and "I-2" not in str(form)

    shown = office.lead.submit(form, {"title": "The labels fade", "same_as": "new", "times": "3"})
    form = office.lead.modal()
    assert shown.ok and "I-2 · Labels fade" in str(form) and "I-1" not in str(form)
    assert list(office.lead.submit(form).errors) == ["same_as"]  # the earlier answer was about another issue
    assert office.lead.submit(form, {"same_as": "2"}).ok
    with office.records() as work:
        assert [issue.title for issue in work.of(Issue).find(order="id")][2:] == []
        assert work.of(Issue).get(2).also == ("U0LEAD",)


def test_who_has_said_that_it_is_none_of_them_is_not_asked_again(office: Office) -> None:
    office.clerk.command("/issue Order approval takes too long", "C0SALES")
    office.clerk.submit(office.clerk.modal())
    office.clerk.command("/issue Order approval is slow", "C0SALES")
    edited = {"title": "Approval of an order is lost", "same_as": "new"}
    assert office.clerk.submit(office.clerk.modal(), edited).ok and office.clerk.modal() is None
    with office.records() as work:
        assert work.of(Issue).count() == 2


def test_a_process_that_was_mistyped_is_suggested_by_the_word_that_was_meant(office: Office) -> None:
    with office.store() as work:
        for name, name_zh in (("Complaint handling", "客户投诉处理流程"), ("Order fulfilment", "订单履约流程")):
            work.of(Process).add(Process(name=Bilingual(name, name_zh)), by="", at=office.clock.now())
    office.clerk.command("/issue list ordr", "C0SALES")
    assert "Did you mean “Order fulfilment”?" in texts(office.clerk.messages("C0SALES"))[-1]
    office.stock.command("/issue list 订单屡约", "C0WAREHOUSE")
    assert "订单履约流程" in texts(office.stock.messages("C0WAREHOUSE"))[-1]


def test_of_two_who_take_it_at_once_the_second_hears_who_has_it(office: Office) -> None:
    card = filed(office)
    old = shown_to(office.clerk)
    office.lead.press(card, "issue.take")
    office.clerk.press(old, "issue.take")
    office.settle()
    with office.records() as work:
        assert work.of(Issue).get(1).owner == "U0LEAD"
    thread = texts(office.lead.messages("C0SALES", thread=card["ts"]))[1:]
    assert thread == ["<@U0LEAD> takes it."]
    assert "lead has I-1 by now" in texts(office.clerk.messages("C0SALES"))[-1]


def test_what_was_rejected_keeps_its_reason_whatever_is_pressed_on_an_old_card(office: Office) -> None:
    card = filed(office)
    old = shown_to(office.clerk)
    office.clerk.press(card, "issue.more", "postpone:1")
    office.lead.press(card, "issue.more", "reject:1")
    assert office.lead.submit(office.lead.modal(), {"reason": "No money for it"}).ok

    late = office.clerk.submit(office.clerk.modal(), {"due": str(DAY + timedelta(days=17)), "reason": "Later"})
    office.clerk.close(clear=True)
    for action, value in (("issue.close", None), ("issue.same", None), ("issue.more", "hand:1")):
        office.clerk.press(old, action, value)
    office.settle()
    by_whom = "I-1 is already Rejected (lead)."
    assert list(late.errors.values()) == [by_whom]
    assert [by_whom in text for text in texts(office.clerk.messages("C0SALES"))[-3:]] == [True] * 3
    with office.records() as work:
        issue = work.of(Issue).get(1)
    assert (issue.status, issue.reason) == (IssueStatus.REJECTED, "No money for it")


def test_nobody_is_told_again_of_what_is_theirs_already(office: Office) -> None:
    card = filed(office)
    for _ in range(2):
        office.clerk.press(card, "issue.more", "hand:1")
        again = office.clerk.submit(office.clerk.modal(), {"owner": "U0STOCK"})
        office.settle()
    assert "has I-1 already" in again.errors["owner"]
    assert len(office.stock.messages(office.stock.dm)) == 1


def test_who_has_left_is_refused_as_an_owner_beside_the_field(office: Office) -> None:
    with office.store() as work:
        gone = Member(user_id="U0STOCK", name="stock-keeper", active=False)
        work.of(Member).add(gone, by="", at=office.clock.now())
    office.clerk.command("/issue Broken scale", "C0SALES")
    refused = office.clerk.submit(office.clerk.modal(), {"owner": "U0STOCK"})
    office.clerk.close(clear=True)
    office.clerk.press(filed(office), "issue.more", "hand:1")
    handed = office.clerk.submit(office.clerk.modal(), {"owner": "U0STOCK"})
    office.clerk.close(clear=True)
    office.clerk.command("/gemba task add Weigh it", "C0SALES")
    given = office.clerk.submit(office.clerk.modal(), {"owner": "U0STOCK"})
    assert [list(outcome.errors) for outcome in (refused, handed, given)] == [["owner"]] * 3
    assert office.stock.messages(office.stock.dm) == []


def test_a_list_says_how_many_there_are_and_shows_all_of_them(office: Office) -> None:
    with office.store() as work:
        for number in range(1, 131):
            owner = "U0CLERK" if number % 2 else ""
            work.of(Issue).add(
                Issue(
                    number=number,
                    title=f"Broken {number}",
                    reporter="U0CLERK",
                    owner=owner,
                    filed_at=office.clock.now(),
                ),
                by="",
                at=office.clock.now(),
            )
    for asked in ("", " mine"):
        office.clerk.command(f"/issue list{asked}", "C0SALES")
        shown = office.clerk.messages("C0SALES")[-1]
        assert "… and 120 more" in str(shown["blocks"])
        office.clerk.press(shown, "issue.all")
        listed = str(office.clerk.modal())
        assert all(f"Broken {number}" in listed for number in range(1, 131))


def test_a_rejected_issue_shows_its_reason_however_much_else_is_known(office: Office) -> None:
    with office.store() as work:
        process = work.of(Process).add(Process(name=Bilingual("Complaints")), by="", at=office.clock.now())
        work.of(Issue).add(
            Issue(
                number=1,
                title="Scale",
                process_id=process.id,
                dimensions=tuple(Dimension),
                times=Decimal(4),
                minutes=Decimal(30),
                people=Decimal(2),
                data_source="A guess",
                also=("U0LEAD",),
                owner="U0CLERK",
                due=office.clock.now().date(),
                status=IssueStatus.REJECTED,
                reason="Bought a new one",
                finished_at=office.clock.now(),
                filed_at=office.clock.now(),
            ),
            by="",
            at=office.clock.now(),
        )
    outcome = office.clerk.command("/issue show I-1", "C0SALES")
    assert "Bought a new one" in str(outcome.response["blocks"]) and "A guess" in str(outcome.response["blocks"])
