"""A kind that only this folder knows is reminded of, settled, moved and escalated; no line elsewhere is about it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.database import schema_of
from domain.commitments.actions import finish
from domain.core import Bilingual, NotFound, Ref
from domain.kinds import KINDS
from domain.lifecycle.numbers import next_number
from domain.people.actions import register
from domain.people.record import Department, Member, OverdueMode, TeamChannel
from domain.schedules.actions import schedule_channel
from handlers.registry import ROUTES as ALL_ROUTES
from sandbox.server import Sandbox
from storage.engine import open_engine
from tests.business_day import MONDAY, day
from tests.office import Office, texts
from tests.toy import visit
from tests.toy.visit import VISIT, Visit
from views.looks import LOOKS

NIGHT = MONDAY - timedelta(hours=10, minutes=30)
WITH_VISITS = (*KINDS, VISIT)


@pytest.fixture
def office(workspace_server: Sandbox, upgraded_url: str) -> Iterator[Office]:
    """The clerk has promised three visits; the first is long overdue. A department head and a channel hear of it."""
    engine = open_engine(upgraded_url)
    schema_of(WITH_VISITS).of(Visit).drop(engine, checkfirst=True)
    schema_of(WITH_VISITS).of(Visit).create(engine)
    with Office.open(
        workspace_server,
        upgraded_url,
        MONDAY,
        kinds=WITH_VISITS,
        looks=(*LOOKS, visit.LOOK),
        rooms=(*ALL_ROUTES, visit.ROUTES),
    ) as opened:
        with opened.store() as work:
            for user_id in ("U0CLERK", "U0SALESHEAD"):
                known = Member(user_id=user_id, name=user_id, timezone="Europe/Berlin", seen_at=datetime.now(UTC))
                register(work, known, now=NIGHT)
            sales = Department(name=Bilingual("Sales"), head="U0SALESHEAD", members=("U0CLERK",))
            sales = work.of(Department).add(sales, by="", at=NIGHT)
            channel = TeamChannel(
                channel_id="C0SALES", department_id=sales.id, timezone="Europe/Berlin", overdue=OverdueMode.DAILY
            )
            schedule_channel(work, work.of(TeamChannel).add(channel, by="", at=NIGHT), now=NIGHT)
            for number, due in enumerate((day(-21), day(-1), day(1)), start=1):
                planned = Visit(
                    number=next_number(work, Visit),
                    title=f"Look {number}",
                    owner="U0CLERK",
                    due=due,
                    channel="C0SALES",
                    planned_at=NIGHT,
                )
                work.of(Visit).add(planned, by="U0CLERK", at=NIGHT)
        yield opened
    schema_of(WITH_VISITS).of(Visit).drop(engine)
    engine.dispose()


def test_it_goes_from_the_digest_to_done_a_new_date_and_a_snooze(office: Office) -> None:
    office.tick()
    [digest] = [said for said in office.clerk.messages() if "owed.done:visit:1" in str(said["blocks"])]
    assert all(f"V-{number}" in str(digest["blocks"]) for number in (1, 2, 3))
    office.clerk.press(digest, "owed.done:visit:1")
    office.clerk.press(digest, "owed.date:visit:2")
    assert office.clerk.submit(office.clerk.modal(), {"due": str(day(14)), "reason": "the line stands still"}).ok
    office.clerk.press(digest, "owed.snooze:visit:3", "Snooze until tomorrow")
    office.settle()
    with office.records() as work:
        made, moved, snoozed = (work.of(Visit).get(number) for number in (1, 2, 3))
    assert made.finished and moved.due == day(14) and snoozed.snoozed_until == day(1)
    shown = str(office.clerk.messages()[-1]["blocks"])
    assert "~Look 1~" in shown and "📅 *V-2*" in shown and "💤 *V-3*" in shown and "owed.done" not in shown


def test_the_channel_and_the_head_hear_of_what_is_late(office: Office) -> None:
    office.tick()
    told = [str(said["blocks"]) for said in office.clerk.messages("C0SALES") if "V-1" in str(said["blocks"])]
    board, sync = sorted(told, key=lambda shown: "V-3" in shown)  # the sync tells what comes next, too
    assert "V-2" in board and "V-3" not in board and "V-2" in sync
    [escalated] = [said for said in office.sales_head.messages() if "V-1" in str(said["blocks"])]
    assert "V-2" not in str(escalated["blocks"])
    with office.records() as work:
        assert work.of(Visit).get(1).escalated != ()


def test_who_presses_again_is_told_that_it_is_done(office: Office) -> None:
    office.tick()
    [digest] = [said for said in office.clerk.messages() if "owed.done:visit:1" in str(said["blocks"])]
    office.program.worker.stop()  # the digest stays as it is for the second press
    office.clerk.press(digest, "owed.done:visit:1")
    office.clerk.press(digest, "owed.done:visit:1")
    assert "V-1 is done already (U0CLERK)." in texts(office.clerk.messages())


def test_an_old_digest_that_offers_what_is_done_offers_it_no_longer_after_a_press(office: Office) -> None:
    office.tick()
    [digest] = [said for said in office.clerk.messages() if "owed.done:visit:1" in str(said["blocks"])]
    with office.store() as work:  # as an earlier version left it: done, and the digest not redrawn
        work.of(Visit).change(work.of(Visit).get(1), by="U0LEAD", at=NIGHT, made_at=NIGHT)
    office.clerk.press(digest, "owed.done:visit:1")
    office.settle()
    assert "owed.done:visit:1" not in str([said for said in office.clerk.messages() if said["ts"] == digest["ts"]])


@pytest.mark.parametrize("kind", ["kpi", "nonsense"])
def test_what_nobody_promises_cannot_be_done(office: Office, kind: str) -> None:
    with office.store() as work, pytest.raises(NotFound):
        member = work.of(Member).one(user_id="U0CLERK")
        assert member is not None
        finish(work, member, Ref(kind, 1), now=NIGHT)


def planned(office: Office) -> Visit:
    """One that the clerk has planned for the stock keeper, by the command and its form."""
    office.clerk.command("/gemba visit add Look at the packing table", "C0SALES")
    form = office.clerk.modal()
    assert form is not None
    refused = office.clerk.submit(form, {"title": "\u200b", "owner": "U0STOCK", "due": str(day(14))})
    assert refused.errors == {"title": "Please fill this in."} and office.clerk.modal() is not None
    whole = {"title": "Look at the packing table", "owner": "U0STOCK", "due": str(day(14))}
    assert office.clerk.submit(form, whole).ok
    office.settle()
    with office.records() as work:
        [made] = work.of(Visit).find(owner="U0STOCK")
    return made


def test_it_goes_from_the_command_and_its_form_to_card_receipt_and_its_owner(office: Office) -> None:
    made = planned(office)
    posted = [said for said in office.clerk.messages("C0SALES") if made.reference in str(said["blocks"])]
    card, receipt = sorted(posted, key=lambda said: bool(said.get("is_ephemeral")))
    assert "Look at the packing table" in card["text"] and "owed.done:visit" in str(card["blocks"])
    assert receipt["text"].startswith(f"Added as *{made.reference}*: Look at the packing table. <@U0STOCK> owns it")
    assert f"/gemba visit done {made.reference}" in str(receipt["blocks"])
    [given] = [said for said in office.stock.messages() if made.reference in said["text"]]
    office.stock.press(given, f"owed.date:visit:{made.id}")
    assert office.stock.submit(office.stock.modal(), {"due": str(day(21)), "reason": "the line stands still"}).ok
    office.settle()
    [note] = [said for said in office.clerk.messages("C0SALES", thread=card["ts"]) if said["ts"] != card["ts"]]
    assert "<@U0STOCK> moved the due date" in note["text"] and "the line stands still" in note["text"]


def test_it_is_listed_shown_and_finished_by_its_commands_in_both_languages(office: Office) -> None:
    made = planned(office)
    office.stock.command("/gemba visit list", "C0SALES")
    office.stock.command(f"/gemba 走访 查看 {made.number}", "C0SALES")
    office.clerk.command("/gemba visit list channel", "C0SALES")
    mine, shown = [str(said["blocks"]) for said in office.stock.messages("C0SALES")[-2:]]
    here = str(office.clerk.messages("C0SALES")[-1]["blocks"])
    assert "我的visits" in mine and "packing table" in mine and "Look 1" not in mine
    assert f"{made.reference} · Look at the packing table" in shown
    assert "Open visits of this channel" in here and "Look 1" in here
    office.lead.command(f"/gemba visit done {made.reference}", "C0SALES")
    office.lead.command(f"/gemba visit done {made.reference}", "C0SALES")
    done, again = texts(office.lead.messages("C0SALES"))[-2:]
    assert done.startswith(f"*{made.reference}* is done") and again == f"{made.reference} is done already (U0STOCK)."


def test_the_help_tells_of_it_and_a_number_of_another_kind_is_told_apart(office: Office) -> None:
    office.clerk.command("/gemba help", "C0SALES")
    office.clerk.command("/gemba visit show I-1", "C0SALES")
    office.clerk.command("/gemba task done V-1", "C0SALES")
    office.clerk.command("/gemba visit lsit", "C0SALES")
    office.settle()
    told, other, theirs, near = office.clerk.messages("C0SALES")[-4:]
    assert "/gemba visit add TITLE" in str(told["blocks"])
    assert other["text"] == "I-1 is something else. Look at it with /issue show I-1."
    assert theirs["text"] == "V-1 is something else. Look at it with /gemba visit show V-1."
    assert "Did you mean `/gemba visit list`?" in near["text"]


def test_who_may_not_change_it_is_told_who_may(office: Office) -> None:
    made = planned(office)
    office.clerk.command(f"/gemba visit done {made.reference}", "C0SALES")
    refused = texts(office.clerk.messages("C0SALES"))[-1]
    assert refused.startswith("Only its owner, the owner's deputy, leads and admins can change")
    with office.records() as work:
        assert not work.of(Visit).get(made.id).finished
