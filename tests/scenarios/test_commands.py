"""What is typed behind a command, however it is typed, and what the buttons of menus lead to."""

import pytest

from bot.example.load import load_example
from tests.office import TEAM, Office
from tests.scenarios.test_home import home_of, owe
from tests.scenarios.test_settings import words


def title_of(office: Office) -> str:
    """The text of the first field of the form that is open."""
    view = office.clerk.modal()
    return next(block["element"].get("initial_value", "") for block in view["blocks"] if block["type"] == "input")  # type: ignore[index]


@pytest.mark.parametrize(
    "command",
    [
        "/issue help desk answers too late",
        "/issue top shelf is too high",
        "/issue 帮助台太慢了 换人",
        "/suggest help newcomers find their way",
        "/issue A & B < C",
    ],
)
def test_a_text_that_begins_like_a_subcommand_is_a_text(office: Office, command: str) -> None:
    office.clerk.command(command, "C0SALES")
    assert title_of(office) == command.partition(" ")[2]


@pytest.mark.parametrize("sent, typed", [("A &amp; B &lt; C", "A & B < C"), ("A & B is &amp;", "A & B is &amp;")])
def test_what_slack_escapes_is_read_as_it_was_typed(office: Office, sent: str, typed: str) -> None:
    office.clerk.command(f"/issue {sent}", "C0SALES")
    assert title_of(office) == typed


def test_words_behind_optimize_become_the_background(office: Office) -> None:
    office.clerk.command("/optimize Orders were pushed by hand", "C0SALES")
    view = office.clerk.modal()
    background = next(block for block in view["blocks"] if block["block_id"] == "background")  # type: ignore[index]
    assert background["element"]["initial_value"] == "Orders were pushed by hand"


@pytest.mark.parametrize(
    "typed", ["/gemba 任务　列表", "/gemba task\tlist", "/gemba task\nlist mine", "/gemba  task  list"]
)
def test_any_space_parts_words(office: Office, typed: str) -> None:
    outcome = office.clerk.command(typed, "C0SALES")
    assert "You have no open tasks" in outcome.response["text"]


def test_a_word_that_nobody_knows_leads_to_the_help_alone(office: Office) -> None:
    outcome = office.clerk.command("/gemba xyzzy foo", "C0SALES")
    (button,) = outcome.response["blocks"][-1]["elements"]
    assert button["value"] == "gemba help"


def test_the_settings_that_were_meant_are_those_of_this_channel(office: Office) -> None:
    office.lead.command("/gemba setings channel", "C0SALES")
    office.lead.press(office.lead.messages("C0SALES")[-1], "command.run", "gemba settings channel")
    view = office.lead.modal()
    assert "<#C0SALES>" in words(view)


def test_the_report_from_the_home_tab_asks_for_a_channel_and_silences_nobody(office: Office) -> None:
    office.clerk.press(home_of(office.clerk), "command.run:gemba")
    office.clerk.press(office.clerk.modal(), "command.run:gemba-report")
    assert "Type this in a team's channel" in words(office.clerk.modal())
    office.settle()
    assert office.undelivered() == {}


def test_done_in_a_list_from_the_home_tab_brings_the_list_up_to_date(office: Office) -> None:
    owe(office, "U0CLERK", office.clock.now().date(), issues=0)
    office.clerk.press(home_of(office.clerk), "command.run:gemba")
    office.clerk.press(office.clerk.modal(), "command.run:gemba-task-list")
    shown = office.clerk.modals()
    office.clerk.press(shown[-1], "owed.done:task:1")
    assert len(office.clerk.modals()) == len(shown)
    assert "Call the supplier" not in words(office.clerk.modal())


def test_the_way_from_the_home_tab_never_ends_at_the_third_modal(office: Office) -> None:
    load_example(office.program, TEAM)
    office.settle(10)
    office.lead.press(home_of(office.lead), "command.run:gemba")
    office.lead.press(office.lead.modal(), "command.run:gemba-pilot")
    office.lead.press(office.lead.modal(), "command.run", "gemba pilot show P-1")
    outcome = office.lead.press(office.lead.modal(), "pilot.enter")
    assert outcome.ok and office.lead.modal()["callback_id"] == "pilot.enter"  # type: ignore[index]
    assert "went wrong" not in words(office.lead.modal())
