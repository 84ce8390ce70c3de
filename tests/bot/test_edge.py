"""What Slack sends, in all its shapes, through a real Bolt app: always answered, never with an exception."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from pydantic import SecretStr
from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.inbound.dispatcher import Dispatcher
from bot.inbound.responder import LARGEST_ACK
from bot.manifest import manifest
from bot.program import build
from bot.scheduling.clock import FixedClock
from bot.settings import Settings
from bot.slack.gateway import Gateway
from domain.core.bilingual import Bilingual
from domain.issues.record import Issue
from domain.people.record import Member, TeamChannel
from domain.processes.record import Process
from domain.suggestions.record import Suggestion, SuggestionMode
from handlers.registry import all_routes
from sandbox.validate import check_message, check_view
from tests.bot.delivery.desk import refusal
from tests.conftest import MONDAY

TEAM, CLERK, CHANNEL, OLD = "T1", "U0CLERK", "C0SALES", "1790000000.000100"


class RecordingGateway(Gateway):
    """Notes what would be asked of Slack, and checks it as Slack would. Slack knows everybody."""

    def __init__(self) -> None:
        super().__init__("xoxb-1", "http://127.0.0.1:9/api/")
        self.opened: list[dict[str, Any]] = []
        self.updated: list[dict[str, Any]] = []
        self.homes: list[str] = []
        self.said: list[str] = []
        self.asked: list[str] = []
        self.newest = ""  # the hash of a view that has changed meanwhile

    def open_view(self, trigger: str, view: dict[str, Any]) -> str:
        check_view(view, "modal")
        self.opened.append(view)
        return "V1"

    push_view = open_view

    def update_view(self, view_id: str, view: dict[str, Any], hash_: str = "") -> None:
        check_view(view, "modal")
        if hash_ and self.newest not in ("", hash_):
            raise refusal("hash_conflict")
        self.updated.append(view)

    def publish_home(self, user_id: str, view: dict[str, Any]) -> None:
        check_view(view, "home")
        self.homes.append(user_id)

    def respond(self, url: str, body: dict[str, Any]) -> None:
        check_message(body, 40_000)
        self.said.append(str(body["text"]))

    def permalink(self, channel_id: str, ts: str) -> str:
        return ""

    def member(self, user_id: str) -> Member:
        self.asked.append(user_id)
        return Member(user_id=user_id, name=user_id, locale="en-US", seen_at=datetime.now(UTC))


class Desk:
    """A Bolt app with our listeners, without network."""

    def __init__(self, database: Path, prefix: str = "") -> None:
        known: dict[str, Any] = {"database_url": f"sqlite:///{database}", "slack_bot_token": SecretStr("xoxb-1")}
        program = build(Settings(_env_file=None, gemba_prefix=prefix, **known), FixedClock(MONDAY))
        self.database, self.gateway, self.queue = program.database, RecordingGateway(), program.queue
        program.people._gateway = self.gateway
        authorized = AuthorizeResult(
            enterprise_id=None, team_id=TEAM, bot_token="xoxb-1", bot_id="B1", bot_user_id="UBOT"
        )
        self.app = App(
            process_before_response=True,
            authorize=lambda: authorized,
            signing_secret="not used",
            request_verification_enabled=False,
        )
        self.outcomes: list[str] = []
        Dispatcher(
            all_routes(),
            self.database,
            self.gateway,
            program.people,
            prefix=prefix,
            answered=lambda _kind, outcome: self.outcomes.append(outcome),
        ).register(self.app)
        with self.database.writing(TEAM) as work:
            work.set_workspace(by="", at=MONDAY, country="CN", bot_user_id="UBOT")
            work.of(TeamChannel).add(TeamChannel(channel_id=CHANNEL), by="", at=MONDAY)

    def send(self, body: dict[str, Any], **headers: str) -> Any:
        """Dispatch a payload; it must be answered. Returns what the acknowledgement says."""
        request = BoltRequest(body=json.dumps(body), mode="socket_mode", headers={k: [v] for k, v in headers.items()})
        response = self.app.dispatch(request)
        assert response.status == 200, (response.status, response.body)
        answer = json.loads(response.body) if response.body else None
        if isinstance(answer, dict) and "view" in answer:
            check_view(answer["view"], "modal")
        if isinstance(answer, dict) and "text" in answer:
            check_message(answer, 40_000)
        return answer

    def waiting(self) -> int:
        """How much is to be said."""
        return sum(self.queue.depth().values())


@pytest.fixture
def desk(upgraded_file: Path, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(copy(upgraded_file, tmp_path / "edge.db"))
    yield made
    made.database.engine.dispose()
    assert "failed" not in made.outcomes


def command(text: str, name: str = "/issue", **more: Any) -> dict[str, Any]:
    return {
        "token": "x",
        "team_id": TEAM,
        "team_domain": "example",
        "channel_id": CHANNEL,
        "channel_name": "sales",
        "user_id": CLERK,
        "user_name": "clerk",
        "command": name,
        "text": text,
        "api_app_id": "A1",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T1/1/x",
        "trigger_id": "13345224609.738474920.8088930838d88f008e0",
        **more,
    }


def interaction(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "user": {"id": CLERK, "username": "clerk", "name": "clerk", "team_id": TEAM},
        "api_app_id": "A1",
        "token": "x",
        "trigger_id": "12466734323.1395872398",
        "enterprise": None,
        "team": {"id": TEAM, "domain": "example"},
        "is_enterprise_install": False,
        **more,
    }


def action(action_id: str, value: Any = "1", kind: str = "button", **more: Any) -> dict[str, Any]:
    chosen = value if isinstance(value, dict) else {"value": value}
    given = {"type": kind, "action_id": action_id, "block_id": "=qXel", "action_ts": "1548426417.840180", **chosen}
    return interaction("block_actions", actions=[given], **more)


def in_message(*, ephemeral: bool = False, **message: Any) -> dict[str, Any]:
    """Where a button in a message was pressed. Of an ephemeral one Slack sends no message."""
    container = {"type": "message", "message_ts": OLD, "channel_id": CHANNEL, "is_ephemeral": ephemeral}
    shown = {"bot_id": "B1", "type": "message", "text": "", "user": "UBOT", "ts": OLD, "team": TEAM, **message}
    where = {
        "container": container,
        "channel": {"id": CHANNEL, "name": "sales"},
        "response_url": "https://hooks.slack.com/actions/T1/1/x",
    }
    return where if ephemeral else {**where, "message": shown, "state": {"values": {}}}


def view(callback: str, *blocks: dict[str, Any], kind: str = "modal", **more: Any) -> dict[str, Any]:
    return {
        "id": "VNHU13V36",
        "team_id": TEAM,
        "type": kind,
        "blocks": list(blocks),
        "private_metadata": "",
        "callback_id": callback,
        "state": {"values": {}},
        "hash": "156663117.cd33ad1f",
        "title": {"type": "plain_text", "text": "x", "emoji": True},
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        "previous_view_id": None,
        "root_view_id": "VNHU13V36",
        "app_id": "A1",
        "external_id": "",
        "app_installed_team_id": TEAM,
        "bot_id": "B1",
        **more,
    }


def event(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "token": "x",
        "team_id": TEAM,
        "api_app_id": "A1",
        "event": {"type": kind, "event_ts": OLD, **more},
        "type": "event_callback",
        "event_id": "Ev1",
        "event_time": 1_790_000_000,
        "is_ext_shared_channel": False,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "authorizations": [
            {"enterprise_id": None, "team_id": TEAM, "user_id": "UBOT", "is_bot": True, "is_enterprise_install": False}
        ],
    }


def an_input(name: str) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": name,
        "label": {"type": "plain_text", "text": name},
        "optional": True,
        "element": {"type": "plain_text_input", "action_id": name},
    }


def typed(**texts: Any) -> dict[str, Any]:
    values = {name: {name: {"type": "plain_text_input", "value": text}} for name, text in texts.items()}
    return {"state": {"values": values}}


def message_action(**message: Any) -> dict[str, Any]:
    return interaction(
        "message_action",
        callback_id="message_to_issue",
        channel={"id": CHANNEL, "name": "sales"},
        message_ts=OLD,
        action_ts=OLD,
        response_url="https://hooks.slack.com/app/T1/1/x",
        message={"type": "message", "ts": OLD, **message},
    )


MODAL = {"container": {"type": "view", "view_id": "VNHU13V36"}}
PAYLOADS = {
    "a command": command("list"),
    "a command of an organisation": command("list", enterprise_id="E1", enterprise_name="Example"),
    "a command without text": command(""),
    "a command that is not ours": command("x", "/unknown"),
    "a command of 4,000 characters": command("word " * 800, "/optimize"),
    "one word of 3,000 characters": command("x" * 3_000, "/gemba"),
    "a list that nobody knows": command("task list " + "😀" * 500, "/gemba"),
    "a button in a message": action("command.run", "gemba", **in_message()),
    "a button in a message with blocks only": action("issue.take", **in_message(blocks=[], text=None)),
    "a button in an ephemeral message": action("issue.take", **in_message(ephemeral=True)),
    "a button without a value": action("issue.take", None, **in_message()),
    "a button with somebody else's value": action("issue.close", "abc", **in_message()),
    "a button in a modal": action("settings.menu", view=view("settings.menu"), **MODAL),
    "a button in a view without state": action("settings.menu", view=view("x", state=None), **MODAL),
    "a button on the Home tab": action("home.issue", view=view("", kind="home"), **MODAL),
    "a choice taken back": action("suggest.move", {"selected_option": None}, "static_select", **in_message()),
    "a pilot taken back": action("feedback.pilot", {"selected_option": None}, "static_select", view=view("x"), **MODAL),
    "an emptied field": action("issue.how_much.times", None, "plain_text_input", view=view("issue.file"), **MODAL),
    "a global shortcut": interaction("shortcut", callback_id="file_issue", action_ts=OLD),
    "a shortcut on a message": message_action(text="Broken", user="U1"),
    "a shortcut on a message without text": message_action(text="", bot_id="B2", blocks=[{"type": "image"}]),
    "a shortcut on a message with attachments only": message_action(attachments=[{"fallback": "Alarm"}, {}], text=None),
    "a shortcut that is gone": interaction("shortcut", callback_id="gone", action_ts=OLD),
    "options": interaction(
        "block_suggestion", action_id="optimize.issue", block_id="issue", value="", **MODAL, view=view("optimize.log")
    ),
    "options that are gone": interaction("block_suggestion", action_id="gone", block_id="x", value="a", **MODAL),
    "a closed view": interaction("view_closed", view=view("issue.file"), is_cleared=True),
    "a submission": interaction(
        "view_submission", view=view("issue.file", an_input("title"), **typed(title="Broken")), response_urls=[]
    ),
    "a submission without a hash": interaction(
        "view_submission", view=view("suggest.send", an_input("text"), hash=None, **typed(text="More light"))
    ),
    "a submission with elements missing": interaction(
        "view_submission", view=view("issue.file", an_input("title"), state={"values": {"title": {}, "owner": None}})
    ),
    "a submission without values": interaction("view_submission", view=view("task.add", an_input("title"), state={})),
    "a submission of a form that is gone": interaction("view_submission", view=view("gone", an_input("a"))),
    "a submission of a form without inputs": interaction("view_submission", view=view("gone")),
    "the Home tab": event("app_home_opened", user=CLERK, channel="D1", tab="home", view=None),
    "the messages tab": event("app_home_opened", user=CLERK, channel="D1", tab="messages"),
    "a direct message": event("message", user=CLERK, text="hi", ts=OLD, channel="D1", channel_type="im", team=TEAM),
    "a direct message without text": event(
        "message",
        user=CLERK,
        ts=OLD,
        channel="D1",
        channel_type="im",
        subtype="file_share",
        files=[{"id": "F1"}],
        text="",
    ),
    "an edited message": event(
        "message",
        subtype="message_changed",
        channel="D1",
        channel_type="im",
        hidden=True,
        message={"user": CLERK, "text": "b", "ts": OLD},
        previous_message={},
        ts=OLD,
    ),
    "a deleted message": event("message", subtype="message_deleted", channel="D1", channel_type="im", deleted_ts=OLD),
    "a mention": event("app_mention", user=CLERK, text="<@UBOT> hi", ts=OLD, channel=CHANNEL),
    "a new channel": event("member_joined_channel", user="UBOT", channel=CHANNEL, channel_type="C", team=TEAM),
    "somebody joins": event("member_joined_channel", user=CLERK, channel=CHANNEL, channel_type="C", team=TEAM),
    "a renamed channel": event("channel_rename", channel={"id": CHANNEL, "name": "new", "created": 1}),
    "a renamed private channel": event("group_rename", channel={"id": CHANNEL, "name": "new", "created": 1}),
    "a changed profile": event("user_change", user={"id": CLERK, "profile": {}, "deleted": False}, cache_ts=1),
    "a button in no view": action("command.run", "gemba", view=None, message=None, **MODAL),
    "a button in a view of null values": action("settings.menu", view=view("x", state={"values": None}), **MODAL),
    "a button whose value is too large": action("issue.close", "9" * 20, **in_message()),
    "a command of null": {**command(""), "text": None},
    "a form without metadata": interaction(
        "view_submission",
        view=view("issue.postpone", an_input("due"), an_input("reason"), **typed(due="2026-12-01", reason="x")),
    ),
    "a form whose metadata is a list": interaction(
        "view_submission", view=view("issue.hand", an_input("owner"), private_metadata="[1]", **typed(owner=CLERK))
    ),
    "a form with a field missing": interaction(
        "view_submission", view=view("issue.status", an_input("status"), private_metadata='{"issue": 1}')
    ),
    "a form with a null": interaction(
        "view_submission",
        view=view("issue.status", an_input("status"), private_metadata='{"issue": 1}', **typed(status=None)),
    ),
    "a form with a file of nulls": interaction(
        "view_submission",
        view=view(
            "issue.file",
            an_input("title"),
            state={
                "values": {
                    "title": {"title": {"type": "plain_text_input", "value": "Broken lamp"}},
                    "files": {"files": {"type": "file_input", "files": [{"id": "F1", "name": None, "mimetype": None}]}},
                },
            },
        ),
    ),
    "somebody joins, but nobody": event("member_joined_channel", channel=CHANNEL, channel_type="C", team=TEAM),
    "an event that nobody asked for": event("reaction_added", user=CLERK, reaction="+1", item={}),
    "the app is removed": event("app_uninstalled"),
}


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("organisation", [False, True], ids=["a workspace", "an organisation"])
def test_it_is_answered(desk: Desk, payload: dict[str, Any], organisation: bool) -> None:
    body = of_organisation(payload) if organisation else payload
    desk.send(body)
    desk.send(body, **{"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"})


def of_organisation(payload: dict[str, Any]) -> dict[str, Any]:
    """The same from an app that is installed for a whole organisation: no team, people with ids of their own."""
    changed = json.loads(json.dumps(payload).replace(f'"{CLERK}"', '"W0CLERK"'))
    if "user" in changed:
        changed |= {"team": None, "enterprise": {"id": "E1", "name": "Example"}, "is_enterprise_install": True}
    if "authorizations" in changed:
        changed |= {"authorizations": None, "enterprise_id": "E1", "is_enterprise_install": True}
    return changed


def test_every_event_of_the_manifest_is_among_them() -> None:
    sent = {payload["event"]["type"] for payload in PAYLOADS.values() if "event" in payload}
    asked = {name.partition(".")[0] for name in manifest()["settings"]["event_subscriptions"]["bot_events"]}
    assert asked <= sent


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


def test_an_older_view_never_takes_the_place_of_a_newer_one(desk: Desk) -> None:
    desk.gateway.newest = "newer"
    typing = action("issue.how_much.times", "4", "plain_text_input", view=view("issue.file"), **MODAL)
    desk.send(typing)
    assert desk.gateway.updated == []
    desk.send(action("optimize.more", view=view("optimize.log", private_metadata='{"effects": 1}'), **MODAL))
    assert len(desk.gateway.updated) == 1  # nobody would press again in their place


def test_a_message_without_text_gives_what_its_attachments_say(desk: Desk) -> None:
    desk.send(PAYLOADS["a shortcut on a message with attachments only"])
    assert '"initial_value": "Alarm"' in json.dumps(desk.gateway.opened[0])


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


def test_a_suggestion_of_strange_lines_can_become_an_issue(desk: Desk) -> None:
    with desk.database.writing(TEAM) as work:
        text = "\x1c\u2028More light"
        work.of(Suggestion).add(
            Suggestion(number=1, text=text, mode=SuggestionMode.NAMED, author=CLERK, on=MONDAY.date()), by="", at=MONDAY
        )
    desk.send(action("suggest.issue", "1:collected", **in_message()))
    assert desk.gateway.opened or desk.gateway.said
