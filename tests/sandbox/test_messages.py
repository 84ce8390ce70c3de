"""What the app says, and what people do with it."""

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.person import ControlError, Person

BUTTON = {"type": "button", "action_id": "go", "value": "42", "text": {"type": "plain_text", "text": "Go"}}
CARD = [{"type": "actions", "block_id": "buttons", "elements": [BUTTON]}]


def test_a_command_carries_slacks_fields_and_its_text_raw(app: App, lead: Person) -> None:
    seen: list[dict] = []

    @app.command("/fields")
    def take(ack, body):
        seen.append(body)
        ack()

    assert lead.command("/fields  a <b> & c ", channel="C0TEAM").ok
    lead.command("/fields")
    first, second = seen
    assert first["text"] == "a <b> & c" and first["command"] == "/fields"
    assert (first["channel_id"], first["channel_name"], second["channel_name"]) == ("C0TEAM", "team", "directmessage")
    assert first["user_id"] == "U0LEAD" and first["is_enterprise_install"] == "false"
    assert {"token", "team_id", "team_domain", "api_app_id", "response_url", "trigger_id"} <= set(first)


@pytest.mark.parametrize("how, everyone", [("ephemeral", False), ("in_channel", True)])
def test_the_answer_to_a_command_is_for_one_unless_it_says_otherwise(app: App, lead, mate, how, everyone) -> None:
    @app.command(f"/answer-{how}")
    def take(ack):
        ack(text=f"here {how}", response_type=how) if everyone else ack(f"here {how}")

    lead.command(f"/answer-{how}", channel="C0TEAM")
    assert lead.messages("C0TEAM")[-1]["text"] == f"here {how}"
    assert (mate.messages("C0TEAM") or [{"text": ""}])[-1]["text"].endswith(how) is everyone
    lead.reload()
    assert any(said["text"] == f"here {how}" for said in lead.messages("C0TEAM")) is everyone


def test_a_command_nobody_answers_is_an_error_for_the_person(app: App, lead: Person) -> None:
    outcome = lead.command("/nobody-listens")
    assert (outcome.ok, outcome.acked, outcome.error) == (False, False, "operation_timeout")
    assert lead.log()[-1]["broke"] == ["not acknowledged within 3 seconds"]


def test_a_button_in_a_message_and_its_update(app: App, lead: Person, web: WebClient) -> None:
    seen: list[dict] = []

    @app.action("go")
    def go(ack, body, client):
        ack()
        seen.append(body)
        client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="gone")

    ts = web.chat_postMessage(channel="C0TEAM", text="card", blocks=CARD)["ts"]
    assert lead.press(lead.message("C0TEAM", ts), "go").ok
    updated = lead.wait_for(lambda: (said := lead.message("C0TEAM", ts))["text"] == "gone" and said)
    assert "blocks" not in updated and updated["edited"]
    action = seen[0]["actions"][0]
    assert (action["action_id"], action["block_id"], action["type"], action["value"]) == (
        "go",
        "buttons",
        "button",
        "42",
    )
    assert seen[0]["container"]["message_ts"] == seen[0]["message"]["ts"] == ts
    assert seen[0]["user"]["id"] == "U0LEAD" and seen[0]["trigger_id"] and seen[0]["response_url"]


def test_a_button_that_is_not_there_cannot_be_pressed(app: App, lead: Person, web: WebClient) -> None:
    ts = web.chat_postMessage(channel="C0TEAM", text="card", blocks=CARD)["ts"]
    with pytest.raises(AssertionError, match="buttons/go"):
        lead.press(lead.message("C0TEAM", ts), "stop")
    body = {"container": {"type": "message", "channel": "C0TEAM", "ts": ts}, "action": {"action_id": "stop"}}
    with pytest.raises(ControlError, match="no_such_element"):
        lead.post("actions", **body)


def test_an_ephemeral_is_replaced_and_deleted_by_its_response_url(app: App, lead: Person, mate: Person, web) -> None:
    @app.action("whisper-go")
    def go(ack, body, respond):
        ack()
        assert "message" not in body and body["container"]["is_ephemeral"] is True
        respond(text="replaced", replace_original=True)

    blocks = [{"type": "actions", "elements": [{**BUTTON, "action_id": "whisper-go"}]}]
    ts = web.chat_postEphemeral(channel="C0TEAM", user="U0LEAD", text="psst", blocks=blocks)["message_ts"]
    assert all(said["ts"] != ts for said in mate.messages("C0TEAM"))
    lead.press(lead.message("C0TEAM", ts), "whisper-go")
    lead.wait_for(lambda: lead.message("C0TEAM", ts)["text"] == "replaced")
    with pytest.raises(SlackApiError, match="message_not_found"):
        web.chat_update(channel="C0TEAM", ts=ts, text="no")


def test_a_response_url_lives_for_five_uses(app: App, lead: Person) -> None:
    codes: list[int] = []

    @app.command("/often")
    def often(ack, respond):
        ack()
        codes.extend(respond(f"use {n}", response_type="in_channel").status_code for n in range(6))

    lead.command("/often", channel="C0TEAM")
    lead.wait_for(lambda: len(codes) == 6)
    assert codes == [200] * 5 + [404]
    assert [said["text"] for said in lead.messages("C0TEAM")][-5:] == [f"use {n}" for n in range(5)]


def test_a_thread_and_its_metadata_read_back(web: WebClient, lead: Person) -> None:
    key = {"event_type": "delivery", "event_payload": {"id": "7"}}
    parent = web.chat_postMessage(channel="C0TEAM", text="parent", metadata=key)["ts"]
    reply = web.chat_postMessage(channel="C0TEAM", text="reply", thread_ts=parent)["ts"]
    lead.say("C0TEAM", "me too", thread=reply)
    thread = web.conversations_replies(channel="C0TEAM", ts=parent, include_all_metadata=True)["messages"]
    assert [said["text"] for said in thread] == ["parent", "reply", "me too"]
    assert thread[0]["metadata"] == key and thread[0]["reply_count"] == 2 and thread[2]["thread_ts"] == parent
    assert web.conversations_replies(channel="C0TEAM", ts=parent)["messages"][0]["metadata"] == {
        "event_type": "delivery"
    }
    history = web.conversations_history(channel="C0TEAM", oldest=parent, inclusive=True)["messages"]
    assert [said["text"] for said in history] == ["parent"]


def test_history_comes_in_pages_newest_first(web: WebClient) -> None:
    channel = web.conversations_open(users="U0MATE,U0LEAD")["channel"]["id"]
    for number in range(5):
        web.chat_postMessage(channel=channel, text=str(number))
    first = web.conversations_history(channel=channel, limit=3)
    rest = web.conversations_history(channel=channel, limit=3, cursor=first["response_metadata"]["next_cursor"])
    assert [said["text"] for said in [*first["messages"], *rest["messages"]]] == ["4", "3", "2", "1", "0"]
    assert (first["has_more"], rest["has_more"]) == (True, False)


def test_what_people_type_is_escaped_once_and_mentions_live(app: App, lead: Person, mate: Person, web) -> None:
    heard: list[str] = []

    @app.event("app_mention")
    def mentioned(event):
        heard.append(event["text"])

    lead.say("C0TEAM", "<@U0APPBOT> a < b & &lt;c&gt;")
    lead.wait_for(lambda: heard)
    assert heard == ["<@U0APPBOT> a &lt; b &amp; &lt;c&gt;"]


@pytest.mark.parametrize(
    "channel, error",
    [
        pytest.param("C0ALONE", "not_in_channel", id="public, but not a member"),
        pytest.param("C0HIDDEN", "channel_not_found", id="private and unknown to the app"),
        pytest.param("#nowhere", "channel_not_found", id="no channel of that name"),
        pytest.param("U0NOBODY", "channel_not_found", id="nobody"),
    ],
)
def test_where_the_app_may_not_post(web: WebClient, channel: str, error: str) -> None:
    with pytest.raises(SlackApiError, match=error):
        web.chat_postMessage(channel=channel, text="hello")


def test_others_messages_are_not_the_apps_to_change(web: WebClient, lead: Person) -> None:
    theirs = lead.say("C0TEAM", "mine")
    with pytest.raises(SlackApiError, match="cant_update_message"):
        web.chat_update(channel="C0TEAM", ts=theirs["ts"], text="yours")
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        web.chat_delete(channel="C0TEAM", ts=theirs["ts"])


def test_texts_too_long_are_refused(web: WebClient) -> None:
    with pytest.raises(SlackApiError, match="msg_too_long"):
        web.chat_postMessage(channel="C0TEAM", text="x" * 40_001)
    ts = web.chat_postMessage(channel="C0TEAM", text="x" * 4_001)["ts"]
    with pytest.raises(SlackApiError, match="msg_too_long"):
        web.chat_update(channel="C0TEAM", ts=ts, text="x" * 4_001)
    with pytest.raises(SlackApiError, match="no_text"):
        web.chat_postMessage(channel="C0TEAM", text="")


def test_a_channel_is_known_by_its_name_too_where_the_app_speaks(web: WebClient) -> None:
    assert web.chat_postMessage(channel="#team", text="x")["channel"] == "C0TEAM"
    with pytest.raises(SlackApiError, match="not_in_channel"):
        web.chat_postMessage(channel="alone", text="x")
    with pytest.raises(SlackApiError, match="channel_not_found"):
        web.chat_postMessage(channel="hidden", text="x")
    with pytest.raises(SlackApiError, match="channel_not_found"):
        web.pins_add(channel="#team", timestamp="1.2")


def test_a_message_shortcut_carries_the_message(app: App, lead: Person) -> None:
    seen: list[dict] = []

    @app.shortcut("file_it")
    def take(ack, body):
        seen.append(body)
        ack()

    said = lead.say("C0TEAM", "the scale is broken")
    assert lead.message_shortcut("file_it", said).ok and lead.shortcut("file_it").ok
    assert (seen[0]["type"], seen[0]["message"]["text"], seen[1]["type"]) == (
        "message_action",
        "the scale is broken",
        "shortcut",
    )


def test_pins_and_reactions(web: WebClient, lead: Person) -> None:
    ts = web.chat_postMessage(channel="C0TEAM", text="pin me")["ts"]
    web.pins_add(channel="C0TEAM", timestamp=ts)
    web.reactions_add(channel="C0TEAM", timestamp=ts, name="eyes")
    lead.react(lead.message("C0TEAM", ts), "eyes")
    assert web.pins_list(channel="C0TEAM")["items"][0]["message"]["ts"] == ts
    reactions = web.reactions_get(channel="C0TEAM", timestamp=ts)["message"]["reactions"]
    assert reactions == [{"name": "eyes", "users": ["U0APPBOT", "U0LEAD"], "count": 2}]
    web.pins_remove(channel="C0TEAM", timestamp=ts)
    with pytest.raises(SlackApiError, match="already_reacted"):
        web.reactions_add(channel="C0TEAM", timestamp=ts, name="eyes")


def test_a_file_is_uploaded_in_three_steps_and_can_be_fetched(web: WebClient, lead: Person) -> None:
    import urllib.request

    answer = web.files_upload_v2(
        filename="线 图.png", content=b"\x89PNG", title="Chart", channel="C0TEAM", initial_comment="See"
    )
    file = web.files_info(file=answer["file"]["id"])["file"]
    assert (file["title"], file["mimetype"], file["size"]) == ("Chart", "image/png", 4)
    assert lead.messages("C0TEAM")[-1]["files"][0]["id"] == file["id"]
    with urllib.request.urlopen(file["url_private"]) as fetched:
        assert fetched.read() == b"\x89PNG" and fetched.headers["content-type"] == "image/png"
    web.files_delete(file=file["id"])
    assert lead.messages("C0TEAM")[-1].get("files") == []
    shared = lead.say("C0TEAM", "", files=[lead.upload("note.txt", b"hello")["id"]])
    assert shared["files"][0]["mimetype"] == "text/plain"
