"""Whatever Slack sends goes through a real Bolt app: always answered, never with an exception."""

import json
import re
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from bot.manifest import manifest
from domain.issues.record import Issue
from domain.people.record import Member
from domain.suggestions.record import Suggestion, SuggestionMode
from tests.bot.inbound.desk import Desk
from tests.bot.inbound.payloads import CLERK, MODAL, TEAM, action, command, in_message, of_organisation, view
from tests.bot.inbound.shapes import PAYLOADS
from tests.conftest import MONDAY


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("organisation", [False, True], ids=["a workspace", "an organisation"])
def test_it_is_answered(desk: Desk, payload: dict[str, Any], organisation: bool) -> None:
    body = of_organisation(payload) if organisation else payload
    desk.send(body)
    desk.send(body, **{"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"})


def test_every_event_of_the_manifest_is_among_them() -> None:
    sent = {payload["event"]["type"] for payload in PAYLOADS.values() if "event" in payload}
    asked = {name.partition(".")[0] for name in manifest()["settings"]["event_subscriptions"]["bot_events"]}
    assert asked <= sent


@pytest.mark.parametrize("payload", ["a command", "a submission"])
def test_closed_accounts_and_bots_are_refused_and_nothing_is_kept(desk: Desk, payload: str) -> None:
    desk.gateway.closed.add(CLERK)
    desk.send(PAYLOADS[payload])
    assert desk.outcomes == ["refused"]
    with desk.database.reading(TEAM) as work:
        assert not work.of(Issue).find() and not work.of(Member).find()


@pytest.mark.parametrize(
    "place",
    [in_message(), in_message(ephemeral=True), {**MODAL, "view": view("x")}, {**MODAL, "view": view("", kind="home")}],
    ids=["message", "ephemeral", "modal", "home"],
)
def test_a_button_of_an_older_version_says_so(desk: Desk, place: dict[str, Any]) -> None:
    desk.send(action("gone.long_ago", **place))
    shown = "".join(desk.gateway.said) + json.dumps(desk.gateway.opened)
    assert "older version" in shown and "/gemba" in shown


def test_a_form_of_an_older_version_says_so_and_stays(desk: Desk) -> None:
    answer = desk.send(PAYLOADS["a submission of a form that is gone"])
    assert answer["response_action"] == "errors" and "older version" in answer["errors"]["a"]
    assert desk.send(PAYLOADS["a submission of a form without inputs"])["response_action"] == "update"


def test_commands_are_named_as_they_are_typed_in_this_workspace(upgraded_file: Path, tmp_path: Path) -> None:
    desk = Desk(copy(upgraded_file, tmp_path / "prefix.db"), "acme-")
    said = [
        desk.send(command(text, f"/acme-{name}"))
        for name, text in (
            ("issue", "list"),
            ("gemba", "task list"),
            ("gemba", "xyzzy"),
            ("issue", "show I-9"),
            ("gemba", "settings nowhere"),
            ("gemba", "pilot"),
            ("optimize", "list"),
            ("gemba", "help"),
        )
    ]
    for answer in said:
        assert "/acme-" in json.dumps(answer["blocks"])
        assert not re.search(r"(?<![\w.])/(issue|gemba|feedback|optimize|suggest)\b", json.dumps(answer["blocks"]))
    desk.database.engine.dispose()


def test_a_message_without_text_gives_what_its_attachments_say(desk: Desk) -> None:
    desk.send(PAYLOADS["a shortcut on a message with attachments only"])
    assert '"initial_value": "Alarm"' in json.dumps(desk.gateway.opened[0])


def test_a_suggestion_of_strange_lines_can_become_an_issue(desk: Desk) -> None:
    with desk.database.writing(TEAM) as work:
        text = "\x1c\u2028More light"
        work.of(Suggestion).add(
            Suggestion(number=1, text=text, mode=SuggestionMode.NAMED, author=CLERK, on=MONDAY.date()), by="", at=MONDAY
        )
    desk.send(action("suggest.issue", "1:collected", **in_message()))
    assert desk.gateway.opened or desk.gateway.said
