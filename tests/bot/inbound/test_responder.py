"""Where an answer goes: over the modals that are open, into the acknowledgement, or by itself."""

import json
from typing import Any

from bot.inbound.responder import LARGEST_ACK
from domain.core import Bilingual
from domain.processes.record import Process
from tests.bot.inbound.desk import Desk
from tests.bot.inbound.payloads import MODAL, TEAM, action, an_input, interaction, typed, view
from tests.conftest import MONDAY


def third(**more: Any) -> dict[str, Any]:
    """The topmost modal of three: Slack takes no fourth."""
    return {"id": "V3", "previous_view_id": "V2", "root_view_id": "V1", **more}


def test_above_three_modals_the_third_makes_way(desk: Desk) -> None:
    desk.send(action("command.run", "gemba task list", view=view("notice", **third()), **MODAL))
    desk.send(action("issue.close", "77", view=view("notice", **third()), **MODAL))
    assert desk.gateway.opened == [] and len(desk.gateway.updated) == 2


def test_and_a_form_keeps_what_is_typed_below_what_went_wrong(desk: Desk) -> None:
    submit = {"type": "plain_text", "text": "File"}
    shown = view("issue.file", an_input("title"), submit=submit, **third(**typed(title="Broken lamp")))
    for _ in range(2):
        desk.send(action("issue.close", "77", view=shown, **MODAL))
    told = desk.gateway.updated[-1]
    assert [block.get("block_id") for block in told["blocks"]] == ["notice", "title"]
    assert told["blocks"][1]["element"]["initial_value"] == "Broken lamp"


def test_an_older_view_never_takes_the_place_of_a_newer_one(desk: Desk) -> None:
    desk.gateway.newest = "newer"
    typing = action("issue.how_much.times", "4", "plain_text_input", view=view("issue.file"), **MODAL)
    desk.send(typing)
    assert desk.gateway.updated == []
    desk.send(action("optimize.more", view=view("optimize.log", private_metadata='{"effects": 1}'), **MODAL))
    assert len(desk.gateway.updated) == 1  # nobody would press again in their place


def test_a_form_that_is_too_large_for_the_answer_goes_by_itself_and_stays_open(desk: Desk) -> None:
    """A hundred processes with long Chinese names are beyond what a socket takes in one frame."""
    with desk.database.writing(TEAM) as work:
        for number in range(100):
            work.of(Process).add(Process(name=Bilingual(f"{number} {'订单履约流程' * 20}")), by="", at=MONDAY)
    titles = ["Stock list is wrong", "Stock list is wrong again"]
    for number, title in enumerate(titles):
        blocks = [an_input(name) for name in ("title", "what")]
        shown = view("issue.file", *blocks, id=f"V{number}", **typed(title=title, what="库存" * 1_500))
        answer = desk.send(interaction("view_submission", view=shown))
    (updated,) = desk.gateway.updated
    assert len(json.dumps(updated)) > LARGEST_ACK > len(json.dumps(answer))
    assert answer["response_action"] == "errors" and set(answer["errors"]) <= {
        b["block_id"] for b in updated["blocks"] if b["type"] == "input"
    }
