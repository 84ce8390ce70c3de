"""Tasks: added, given, listed, finished, as people type them."""

from datetime import timedelta
from typing import Any

from domain.core import Activity
from domain.tasks.record import Task
from tests.business_day import DAY, working_day
from tests.office import Office, texts


def add(office: Office, who: Any, title: str, channel: str = "C0SALES", **fields: Any) -> None:
    who.command(f"/gemba task add {title}", channel)
    outcome = who.submit(who.modal(), fields)
    assert outcome.ok, outcome
    office.settle()


def test_a_task_goes_from_the_command_to_a_private_answer_and_a_message_to_its_owner(office: Office) -> None:
    add(office, office.clerk, "Ask three suppliers", owner="U0STOCK")
    answer = office.clerk.messages("C0SALES")[-1]
    assert answer["is_ephemeral"] and answer["text"].startswith("Added as *T-1*: Ask three suppliers. <@U0STOCK>")
    with office.records() as work:
        task = work.of(Task).one(number=1)
        assert task is not None and task.due == working_day(5)
        assert (task.channel, task.created_by, task.owner) == ("C0SALES", "U0CLERK", "U0STOCK")
        assert [row.verb for row in work.of(Activity).find(subject="tasks")] == ["added"]
    given = office.stock.messages()[-1]
    assert "Ask three suppliers" in given["text"]
    office.stock.press(given, "owed.done:task:1")
    with office.records() as work:
        assert work.of(Task).get(1).done_by == "U0STOCK"


def test_a_day_that_is_over_is_refused_beside_the_field(office: Office) -> None:
    office.clerk.command("/gemba task add Buy a scale", "C0SALES")
    outcome = office.clerk.submit(office.clerk.modal(), {"due": str(DAY - timedelta(days=3))})
    assert list(outcome.errors) == ["due"] and office.clerk.modal() is not None


def test_a_task_is_finished_by_its_number_once(office: Office) -> None:
    add(office, office.clerk, "Buy a scale")
    office.clerk.command("/gemba task done 1", "C0SALES")
    office.clerk.command("/gemba task done T-1", "C0SALES")
    office.clerk.command("/gemba task done I-1", "C0SALES")
    office.clerk.command("/gemba task done T-9", "C0SALES")
    done, again, other, unknown = texts(office.clerk.messages("C0SALES"))[-4:]
    assert done.startswith("*T-1* is done") and again == "T-1 is done already (order-clerk)."
    assert other.startswith("I-1 is something else.") and unknown.startswith("There is no T-9.")


def test_only_who_is_involved_changes_a_task(office: Office) -> None:
    add(office, office.clerk, "Buy a scale")
    office.stock.command("/gemba task done T-1", "C0GENERAL")
    office.lead.command("/gemba task done T-1", "C0GENERAL")
    with office.records() as work:
        assert work.of(Task).get(1).done_by == "U0LEAD"


def test_a_list_has_buttons_and_shows_what_is_left_after_them(office: Office) -> None:
    add(office, office.clerk, "Buy a scale")
    add(office, office.clerk, "Read the manual")
    office.clerk.command("/gemba task list", "C0SALES")
    listed = office.clerk.messages("C0SALES")[-1]
    office.clerk.press(listed, "owed.done:task:1")
    office.clerk.wait_for(lambda: "Buy a scale" not in str(office.clerk.messages("C0SALES")[-1]["blocks"]))
    left = office.clerk.messages("C0SALES")[-1]
    assert "Read the manual" in str(left["blocks"])
    office.clerk.press(left, "owed.date:task:2")
    office.clerk.submit(office.clerk.modal(), {"due": str(DAY + timedelta(days=31)), "reason": "the manual is late"})
    with office.records() as work:
        assert (str(work.of(Task).get(2).due), work.of(Task).get(2).reason) == (
            str(DAY + timedelta(days=31)),
            "the manual is late",
        )


def test_nothing_that_was_typed_is_lost(office: Office) -> None:
    office.clerk.command("/gemba task lsit mine", "C0SALES")
    office.clerk.command("/gemba task Buy a scale", "C0SALES")
    near, far = office.clerk.messages("C0SALES")[-2:]
    assert "/gemba task list mine" in near["text"] and "/gemba task add Buy a scale" in far["text"]
    office.clerk.press(far, "command.run")
    assert "Buy a scale" in str(office.clerk.modal())


def test_an_empty_list_says_what_to_do(office: Office) -> None:
    for wanted in ("", "mine", "channel", "overdue"):
        office.clerk.command(f"/gemba task list {wanted}", "C0SALES")
        assert "/gemba task add" in office.clerk.messages("C0SALES")[-1]["text"]
    office.clerk.command("/gemba task list yours", "C0SALES")
    assert "Try mine, channel or overdue" in office.clerk.messages("C0SALES")[-1]["text"]
