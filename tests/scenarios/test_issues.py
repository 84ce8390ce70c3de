"""Issues, from the command to the card, as people use them."""

from tests.office import Office, texts


def test_an_issue_goes_from_the_command_to_a_card_and_a_private_answer(office: Office) -> None:
    office.clerk.command("/issue Stock list is wrong", "C0SALES")
    outcome = office.clerk.submit(office.clerk.modal(), {"severity": "high", "times": "4", "minutes": "1.5 h"})
    assert outcome.ok and office.clerk.modal() is None
    office.settle()

    card, private = office.clerk.messages("C0SALES")
    assert card["text"] == "Issue I-1: Stock list is wrong (Open, High)"
    assert private["is_ephemeral"] and "I-1" in private["text"]
    with office.records() as work:
        issue = work.issues.one(number=1)
        assert issue is not None and issue.reporter == "U0CLERK" and issue.minutes == 90
        assert str(issue.due) == "2026-11-26"  # three working days after Monday
        assert [activity.verb for activity in work.activities.find(subject="issues")] == ["filed"]
    assert office.undelivered() == {}


def test_a_field_that_cannot_be_read_is_refused_beside_it_and_the_form_stays(office: Office) -> None:
    office.clerk.command("/issue Broken scale", "C0SALES")
    outcome = office.clerk.submit(office.clerk.modal(), {"times": "often"})
    assert list(outcome.errors) == ["times"]
    assert office.clerk.modal() is not None


def test_two_people_who_close_at_once_do_it_once(office: Office) -> None:
    office.clerk.command("/issue Broken scale", "C0SALES")
    office.clerk.submit(office.clerk.modal())
    office.settle()
    card = next(message for message in office.lead.messages("C0SALES") if not message.get("is_ephemeral"))
    office.lead.press(card, "issue.close")
    office.clerk.press(card, "issue.close")
    office.settle()
    thread = texts(office.lead.messages("C0SALES", thread=card["ts"]))[1:]
    assert thread == ["<@U0LEAD> set the status to *Closed*."]
    assert any("already" in text for text in texts(office.clerk.messages("C0SALES")))
