"""Whose doing a payload is, in which workspace, and whether it came before."""

from typing import Any

import pytest

from domain.issues.record import Issue
from domain.people.record import Member
from tests.bot.inbound.desk import Desk
from tests.bot.inbound.payloads import (
    CHANNEL,
    CLERK,
    OLD,
    TEAM,
    action,
    an_input,
    event,
    in_message,
    interaction,
    of_organisation,
    typed,
    view,
)
from tests.bot.inbound.shapes import PAYLOADS
from tests.conftest import MONDAY


@pytest.mark.parametrize("organisation", [False, True])
def test_the_workspace_is_the_one_of_the_person(desk: Desk, organisation: bool) -> None:
    body = PAYLOADS["a submission"]
    desk.send(of_organisation(body) if organisation else body)
    with desk.database.reading(TEAM) as work:
        (issue,) = work.of(Issue).find()
    assert issue.reporter == ("W0CLERK" if organisation else CLERK)


ELSEWHERE = {"team": {"id": "T0OTHER"}, "user": {"id": CLERK, "team_id": "T0OTHER"}}
FILED = view("issue.file", an_input("title"), app_installed_team_id=TEAM, **typed(title="Broken"))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(interaction("view_submission", view=FILED) | ELSEWHERE, id="a form, in a shared channel"),
        pytest.param(action("issue.take", **in_message()) | ELSEWHERE, id="a button, in a shared channel"),
        pytest.param(
            event("app_mention", user=CLERK, text="hi", ts=OLD, channel=CHANNEL) | {"team_id": "T0OTHER"},
            id="an event that came by the other workspace",
        ),
        pytest.param(
            event("app_mention", user=CLERK, text="hi", ts=OLD, channel=CHANNEL, team="T0OTHER")
            | {"team_id": None, "authorizations": None, "enterprise_id": "E1"},
            id="of an organisation",
        ),
    ],
)
def test_people_of_other_workspaces_act_in_the_one_where_gemba_is(desk: Desk, body: dict[str, Any]) -> None:
    with desk.database.writing(TEAM) as work:
        work.of(Issue).add(
            Issue(number=7, title="No more labels", filed_at=MONDAY, reporter="U0LEAD"), by="", at=MONDAY
        )
    desk.send(body)
    with desk.database.reading(TEAM) as work:
        assert work.of(Member).one(user_id=CLERK) is not None
    assert desk.database.teams() == [TEAM]


@pytest.mark.parametrize(
    "body",
    [
        event("message", bot_id="B2", user="UOTHERBOT", text="hi", ts=OLD, channel="D1", channel_type="im"),
        event("message", subtype="bot_message", bot_id="B2", text="hi", ts=OLD, channel="D1", channel_type="im"),
        event("message", user="UBOT", text="hi", ts=OLD, channel="D1", channel_type="im"),
        event("message", user="USLACKBOT", text="hi", ts=OLD, channel="D1", channel_type="im"),
        event("app_mention", bot_id="B2", user="UOTHERBOT", text="<@UBOT>", ts=OLD, channel=CHANNEL),
    ],
    ids=["a bot", "a bot of old", "the bot itself", "Slackbot", "a mention by a bot"],
)
def test_bots_are_not_answered_and_nobody_asks_who_they_are(desk: Desk, body: dict[str, Any]) -> None:
    desk.send(body)
    assert desk.waiting() == 0 and desk.gateway.asked == []


def test_an_event_that_comes_again_does_nothing_more(desk: Desk) -> None:
    body = PAYLOADS["a mention"]
    desk.send(body)
    desk.send(body, **{"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"})
    desk.send(body, **{"x-slack-retry-num": "3"})
    assert desk.waiting() == 1


def test_an_event_that_comes_late_is_still_handled(desk: Desk) -> None:
    """Its first delivery may have found no connection: it is known only by its number."""
    desk.send(PAYLOADS["a mention"], **{"x-slack-retry-num": "2"})
    assert desk.waiting() == 1


def test_what_carries_no_number_of_its_own_is_handled_each_time(desk: Desk) -> None:
    for text in ("One", "Two"):
        body = interaction("view_submission", view=view("issue.file", an_input("title"), **typed(title=text)))
        body["view"]["id"] = f"V{text}"
        desk.send({key: value for key, value in body.items() if key != "trigger_id"})
    with desk.database.reading(TEAM) as work:
        assert len(work.of(Issue).find()) == 2
