"""Rich text: what people write carries it, and rich text inputs return it."""

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from sandbox.limits import RICH_TEXT
from sandbox.person import ControlError, Person
from sandbox.rich_text import rich_text
from tests.sandbox.test_modals import field, form, open_form

RICH = {"type": "rich_text_input", "action_id": "story"}


def text(words: str, **style: bool) -> dict:
    return {"type": "text", "text": words} | ({"style": style} if style else {})


def part(kind: str, *elements: dict) -> dict:
    return {"type": f"rich_text_{kind}", "elements": list(elements)}


def block(*parts: dict) -> dict:
    return {"type": "rich_text", "elements": list(parts)}


def section(*elements: dict) -> dict:
    return part("section", *elements)


WRITTEN = [
    pytest.param("plain & simple", section(text("plain & simple")), id="plain"),
    pytest.param(
        "a *b* _c_ ~d~ `e*f*`",
        section(
            text("a "),
            text("b", bold=True),
            text(" "),
            text("c", italic=True),
            text(" "),
            text("d", strike=True),
            text(" "),
            text("e*f*", code=True),
        ),
        id="styles; code is left alone",
    ),
    pytest.param("*b _both_*", section(text("b ", bold=True), text("both", bold=True, italic=True)), id="nested"),
    pytest.param("snake_case 2*3*4 10:30:45", section(text("snake_case 2*3*4 10:30:45")), id="signs inside words"),
    pytest.param(
        "<@U1> in <#C1> <!here> <!subteam^S1>",
        section(
            {"type": "user", "user_id": "U1"},
            text(" in "),
            {"type": "channel", "channel_id": "C1"},
            text(" "),
            {"type": "broadcast", "range": "here"},
            text(" "),
            {"type": "usergroup", "usergroup_id": "S1"},
        ),
        id="mentions",
    ),
    pytest.param("*<@U1>*", section({"type": "user", "user_id": "U1", "style": {"bold": True}}), id="bold mention"),
    pytest.param(
        "<https://e.com/?a=1&amp;b=2|here>, <https://e.com>",
        section(
            {"type": "link", "url": "https://e.com/?a=1&b=2", "text": "here"},
            text(", "),
            {"type": "link", "url": "https://e.com"},
        ),
        id="links",
    ),
    pytest.param(
        ":tada: :+1::skin-tone-3:",
        section({"type": "emoji", "name": "tada"}, text(" "), {"type": "emoji", "name": "+1", "skin_tone": 3}),
        id="emoji",
    ),
    pytest.param("- one\n- two", section(text("- one\n- two")), id="lists stay lines"),
    pytest.param("&lt;img&gt; <!date^1>", section(text("<img> <!date^1>")), id="what is no reference is text"),
]


@pytest.mark.parametrize("typed, expected", WRITTEN)
def test_mrkdwn_as_rich_text(typed: str, expected: dict) -> None:
    made = rich_text(typed)
    assert made == block(expected)
    assert list(RICH_TEXT.check(made, "")) == []


def test_quotes_and_code_blocks_are_parts_of_their_own_and_a_section_before_them_ends_with_a_line_break() -> None:
    assert rich_text("a\n&gt; b *c*\n&gt; d\ne\n```\nx &lt; 1\n  y\n```\nf\n&gt;&gt;&gt; g\nh") == block(
        section(text("a\n")),
        part("quote", text("b "), text("c", bold=True), text("\nd")),
        section(text("e\n")),
        part("preformatted", text("x < 1\n  y")),
        section(text("f\n")),
        part("quote", text("g\nh")),
    )


def test_a_message_of_a_person_carries_rich_text_in_its_event_and_in_the_history(
    app: App, lead, web: WebClient
) -> None:
    def events() -> list[dict]:
        sent = [entry["request"]["payload"]["event"] for entry in lead.log() if entry["what"].startswith("event ")]
        return [event for event in sent if event.get("ts") == said["ts"]]

    said = lead.say("C0TEAM", "<@U0MATE> the *scale* is < 5 kg, see https://example.com/a?b=1&c=2.")
    assert said["text"] == "<@U0MATE> the *scale* is &lt; 5 kg, see <https://example.com/a?b=1&amp;c=2>."
    (told,) = lead.wait_for(events)
    stored = web.conversations_history(channel="C0TEAM", limit=1)["messages"][0]
    expected = section(
        {"type": "user", "user_id": "U0MATE"},
        text(" the "),
        text("scale", bold=True),
        text(" is < 5 kg, see "),
        {"type": "link", "url": "https://example.com/a?b=1&c=2"},
        text("."),
    )
    for message in (told, stored):
        (block_,) = message["blocks"]
        assert block_.pop("block_id") and block_ == block(expected)
        assert message["client_msg_id"] and message["team"]


def test_a_file_without_words_carries_no_blocks(lead: Person) -> None:
    assert "blocks" not in lead.say("C0TEAM", "", files=[lead.upload("a.txt", b"x")["id"]])


def stories(app: App, name: str) -> list[dict]:
    """The states of the story that the app is sent with submissions of form `name`."""
    seen: list[dict] = []

    @app.view(name)
    def take(ack, view) -> None:
        seen.append(view["state"]["values"]["story"]["story"])
        ack()

    return seen


@pytest.mark.parametrize(
    "given, sent",
    [
        pytest.param("the *scale*\nis broken", block(section(text("the *scale*\nis broken"))), id="plain text"),
        pytest.param(block(part("quote", text("q", bold=True))), block(part("quote", text("q", bold=True))), id="rich"),
    ],
)
def test_a_rich_text_input_is_filled_in_with_plain_text_or_with_rich_text(app: App, lead, request, given, sent) -> None:
    name = f"filled-{request.node.callspec.id.replace(' ', '-')}"
    seen = stories(app, name)
    assert lead.submit(open_form(app, lead, name, form(name, field("story", RICH))), {"story": given}).ok
    assert seen == [{"type": "rich_text_input", "rich_text_value": sent}]


def test_an_initial_value_comes_back_untouched(app: App, lead: Person) -> None:
    seen = stories(app, "initial-rich")
    opened = open_form(
        app, lead, "initial-rich", form("initial-rich", field("story", {**RICH, "initial_value": block(section())}))
    )
    assert lead.submit(opened).errors == {"story": "Please complete this required field."}
    assert lead.submit(lead.modal(), {"story": block(section({"type": "emoji", "name": "tada"}))}).ok
    assert seen[0]["rich_text_value"] == block(section({"type": "emoji", "name": "tada"}))


@pytest.mark.parametrize("empty", [None, "", "  \n", block(), block(section(text(" ")))])
def test_an_empty_one_has_no_value_at_all(app: App, lead: Person, request, empty) -> None:
    name = f"empty-{abs(hash(request.node.name))}"
    seen = stories(app, name)
    opened = open_form(app, lead, name, form(name, field("story", RICH, optional=True)))
    assert lead.submit(opened, {"story": empty}).ok and seen == [{"type": "rich_text_input"}]


def test_an_empty_one_that_is_required_is_refused_beside_its_field(app: App, lead: Person) -> None:
    opened = open_form(app, lead, "needed-rich", form("needed-rich", field("story", RICH)))
    outcome = lead.submit(opened, {"story": " "})
    assert (outcome.error, outcome.errors) == ("invalid_input", {"story": "Please complete this required field."})
    lead.close()


def test_what_is_no_rich_text_is_refused(app: App, lead: Person) -> None:
    opened = open_form(app, lead, "wrong-rich", form("wrong-rich", field("story", RICH)))
    with pytest.raises(ControlError, match=r"invalid_rich_text.*json-pointer:/rich_text_value/elements/0/type"):
        lead.submit(opened, {"story": block(text("bare"))})
    lead.close()


def test_what_is_typed_is_told_to_an_app_that_asks_for_it(app: App, lead: Person) -> None:
    told: list[dict] = []

    @app.action("live-story")
    def typed(ack, body) -> None:
        told.append(body["actions"][0])
        ack()

    live = {
        **RICH,
        "action_id": "live-story",
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
    }
    opened = open_form(app, lead, "live-rich", form("live-rich", field("story", live, dispatch_action=True)))
    assert lead.press(opened, "live-story", "so far").ok
    assert told[0]["type"] == "rich_text_input" and told[0]["rich_text_value"] == block(section(text("so far")))
    assert lead.modal()["state"]["values"]["story"]["live-story"]["rich_text_value"] == block(section(text("so far")))
    lead.close()
