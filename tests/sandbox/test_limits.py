"""Block Kit's limits: what Slack takes at the limit it refuses one beyond, and says where."""

import json

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.base import SlackError
from sandbox.validate import block_faults, check_message, check_view, view_faults


def plain(length: int) -> dict:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> dict:
    return {"type": "mrkdwn", "text": "x" * length}


def option(length: int = 5, value: int = 5) -> dict:
    return {"text": plain(length), "value": "v" * value}


def button(**fields: object) -> dict:
    return {"type": "button", "text": plain(5), **fields}


def actions(*elements: dict) -> dict:
    return {"type": "actions", "elements": list(elements)}


def menu(kind: str = "static_select", options: int = 1, **fields: object) -> dict:
    return actions({"type": kind, "options": [option()] * options, **fields})


def field(**element: object) -> dict:
    return {"type": "input", "label": plain(5), "element": element}


CELL = {"type": "raw_text", "text": "a"}
RICH = {"type": "rich_text", "elements": []}


def data_table(*rows: list[dict]) -> dict:
    return {"type": "data_table", "caption": "c", "rows": list(rows)}


def select(*options: dict) -> dict:
    return actions({"type": "static_select", "options": list(options)})


def confirm(title: int) -> dict:
    return {"title": plain(title), "text": plain(1), "confirm": plain(1), "deny": plain(1)}


def image(**fields: object) -> dict:
    return {"type": "image", "image_url": "u", "alt_text": "a", **fields}


def carousel(cards: int) -> dict:
    return {"type": "carousel", "elements": [{"type": "card", "title": mrkdwn(1)}] * cards}


def chart(points: int = 2, series: int = 1, label: int = 5, title: int = 10) -> dict:
    names = [str(n).rjust(label, "x") for n in range(points)]
    data = [{"label": name, "value": 1} for name in names]
    lines = [{"name": f"s{n}", "data": data} for n in range(series)]
    drawn = {"type": "line", "series": lines, "axis_config": {"categories": names}}
    return {"type": "data_visualization", "title": "t" * title, "chart": drawn}


def table(rows: int, cells: int, length: int = 1, kind: str = "table", **fields: object) -> dict:
    return {"type": kind, "rows": [[{"type": "raw_text", "text": "x" * length}] * cells] * rows, **fields}


def container(children: int) -> dict:
    return {"type": "container", "title": plain(5), "child_blocks": [{"type": "divider"}] * children}


LONGEST = [
    # what, block made with a figure, the figure that still goes, where the fault is
    ("section text", lambda n: {"type": "section", "text": mrkdwn(n)}, 3_000, "/text/text"),
    ("section fields", lambda n: {"type": "section", "fields": [mrkdwn(1)] * n}, 10, "/fields"),
    ("section field", lambda n: {"type": "section", "fields": [mrkdwn(n)]}, 2_000, "/fields/0/text"),
    ("header", lambda n: {"type": "header", "text": plain(n)}, 150, "/text/text"),
    ("context", lambda n: {"type": "context", "elements": [mrkdwn(1)] * n}, 10, "/elements"),
    ("actions", lambda n: actions(*[button()] * n), 25, "/elements"),
    ("block id", lambda n: {"type": "divider", "block_id": "b" * n}, 255, "/block_id"),
    ("action id", lambda n: actions(button(action_id="a" * n)), 255, "/elements/0/action_id"),
    ("button text", lambda n: actions(button(text=plain(n))), 75, "/elements/0/text/text"),
    ("button value", lambda n: actions(button(value="v" * n)), 2_000, "/elements/0/value"),
    ("button url", lambda n: actions(button(url="u" * n)), 3_000, "/elements/0/url"),
    ("options", lambda n: menu(options=n), 100, "/elements/0/options"),
    ("radio buttons", lambda n: menu("radio_buttons", n), 10, "/elements/0/options"),
    ("checkboxes", lambda n: menu("checkboxes", n), 10, "/elements/0/options"),
    ("overflow", lambda n: menu("overflow", n), 5, "/elements/0/options"),
    ("option text", lambda n: select(option(n)), 75, "/elements/0/options/0/text/text"),
    ("option value", lambda n: select(option(5, n)), 75, "/elements/0/options/0/value"),
    ("placeholder", lambda n: menu(placeholder=plain(n)), 150, "/elements/0/placeholder/text"),
    ("confirm title", lambda n: actions(button(confirm=confirm(n))), 100, "/elements/0/confirm/title/text"),
    ("label", lambda n: field(type="plain_text_input") | {"label": plain(n)}, 2_000, "/label/text"),
    ("hint", lambda n: field(type="plain_text_input") | {"hint": plain(n)}, 2_000, "/hint/text"),
    ("max_length", lambda n: field(type="plain_text_input", max_length=n), 3_000, "/element/max_length"),
    ("max_files", lambda n: field(type="file_input", max_files=n), 10, "/element/max_files"),
    ("alt text", lambda n: image(alt_text="x" * n), 2_000, "/alt_text"),
    ("markdown", lambda n: {"type": "markdown", "text": "x" * n}, 12_000, "/text"),
    ("table rows", lambda n: table(n, 1), 100, "/rows"),
    ("table cells", lambda n: table(1, n), 20, "/rows/0"),
    ("table characters", lambda n: table(1, 1, n), 10_000, "/rows/0/0/text"),
    ("data table rows", lambda n: table(n, 1, kind="data_table", caption="c"), 101, "/rows"),
    ("page size", lambda n: table(2, 1, kind="data_table", caption="c", page_size=n), 100, "/page_size"),
    ("chart title", lambda n: chart(title=n), 50, "/title"),
    ("chart points", lambda n: chart(points=n), 20, "/chart/series/0/data"),
    ("chart series", lambda n: chart(series=n), 6, "/chart/series"),
    ("chart labels", lambda n: chart(label=n), 20, "/chart/series/0/data/0/label"),
    ("card body", lambda n: {"type": "card", "body": mrkdwn(n)}, 200, "/body/text"),
    ("card actions", lambda n: {"type": "card", "actions": [button()] * n}, 3, "/actions"),
    ("carousel", carousel, 10, "/elements"),
    ("container", container, 10, "/child_blocks"),
]


@pytest.mark.parametrize("make, most, where", [pytest.param(*case[1:], id=case[0]) for case in LONGEST])
def test_a_limit_is_kept_to_the_last_character(make, most: int, where: str) -> None:
    assert list(block_faults([make(most)], "message", "/blocks")) == []
    faults = list(block_faults([make(most + 1)], "message", "/blocks"))
    assert any(fault.endswith(f"[json-pointer:/blocks/0{where}]") for fault in faults), faults


WRONG = [
    ("unknown block", {"type": "novelty"}, "unsupported type: novelty", "/type"),
    ("no type", {"text": "x"}, "missing required field: type", ""),
    ("unknown element", actions({"type": "knob"}), "unsupported type: knob", "/elements/0/type"),
    ("out of place", actions({"type": "file_input"}), "unsupported type: file_input", "/elements/0/type"),
    ("unknown field", {"type": "divider", "colour": "red"}, "invalid additional property: colour", ""),
    ("missing text", {"type": "header"}, "missing required field: text", ""),
    ("neither text nor fields", {"type": "section"}, "must define one of: text, fields", ""),
    ("empty text", {"type": "section", "text": mrkdwn(0)}, "must be more than 0 characters", "/text/text"),
    ("mrkdwn in a header", {"type": "header", "text": mrkdwn(5)}, "unsupported type: mrkdwn", "/text/type"),
    ("style", actions(button(style="loud")), "must be a valid enum value", "/elements/0/style"),
    ("number input", field(type="number_input"), "missing required field: is_decimal_allowed", "/element"),
    ("two sources", image(slack_file={"id": "F"}), "cannot have both image_url and slack_file", ""),
    ("same action id", actions(button(action_id="a"), button(action_id="a")), "action_id already exists: a", ""),
    ("uneven table", data_table([CELL], [CELL, CELL]), "all rows must have the same number of cells", "/rows"),
    ("alert in a message", {"type": "alert", "text": plain(1)}, "unsupported type: alert", "/type"),
    (
        "alert in a container",
        container(1) | {"child_blocks": [{"type": "alert", "text": plain(1)}]},
        "unsupported type: alert",
        "/child_blocks/0/type",
    ),
    (
        "focus on a button",
        actions(button(focus_on_load=True)),
        "invalid additional property: focus_on_load",
        "/elements/0",
    ),
    (
        "mrkdwn under an option",
        select(option() | {"description": mrkdwn(5)}),
        "unsupported type: mrkdwn",
        "/elements/0/options/0/description/type",
    ),
    (
        "a link outside of an overflow menu",
        select(option() | {"url": "u"}),
        "invalid additional property: url",
        "/elements/0/options/0",
    ),
    (
        "bare text in rich text",
        {"type": "rich_text", "elements": [{"type": "text", "text": "x"}]},
        "unsupported type: text",
        "/elements/0/type",
    ),
    (
        "a smallest value that is no number",
        field(type="number_input", is_decimal_allowed=False, min_value="low"),
        "must be a number",
        "/element/min_value",
    ),
    ("a flag that is text", {"type": "header", "text": {**plain(1), "emoji": "y"}}, "must be a boolean", "/text/emoji"),
    (
        "a type that is none",
        {"type": "actions", "elements": [{"type": ["button"]}]},
        "unsupported type: ['button']",
        "/elements/0/type",
    ),
    (
        "empty rich text",
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}]},
        "must be more than 0 characters",
        "/elements/0/elements/0/text",
    ),
    (
        "a day that there is none of",
        actions({"type": "datepicker", "initial_date": "2026-02-30"}),
        "must be a valid value in the format YYYY-MM-DD",
        "/elements/0/initial_date",
    ),
    (
        "a time without its zero",
        actions({"type": "timepicker", "initial_time": "9:00"}),
        "must be a valid value in the format HH:mm",
        "/elements/0/initial_time",
    ),
    ("a choice that is no option", menu(initial_option=option(6)), "initial options must exactly match options", ""),
    (
        "a choice with another description",
        menu(initial_option={**option(), "description": plain(1)}),
        "initial options must exactly match options",
        "",
    ),
    (
        "choices of which one is no option",
        menu("checkboxes", initial_options=[option(), option(6)]),
        "initial options must exactly match options",
        "",
    ),
    (
        "a divider under a title that folds",
        {
            "type": "container",
            "title": plain(5),
            "child_blocks": [{"type": "divider"}],
            "is_collapsible": True,
            "has_header_divider": True,
        },
        "cannot have a header divider when it is collapsible",
        "/has_header_divider",
    ),
    ("rich header cell", data_table([RICH], [RICH]), "header cells cannot be rich_text", "/rows/0"),
]


@pytest.mark.parametrize("block, says, where", [pytest.param(*case[1:], id=case[0]) for case in WRONG])
def test_what_is_wrong_is_named(block: dict, says: str, where: str) -> None:
    assert f"[ERROR] {says} [json-pointer:/blocks/0{where}]" in block_faults([block], "message", "/blocks")


@pytest.mark.parametrize(
    "blocks, surface, says",
    [
        ([{"type": "divider"}] * 51, "message", "no more than 50 items allowed"),
        ([{"type": "divider"}] * 101, "home", "no more than 100 items allowed"),
        ([{"type": "divider", "block_id": "a"}] * 2, "home", "block_id already exists: a"),
        ([table(1, 1)] * 2, "message", "no more than 1 blocks of type table allowed"),
        ([chart()] * 3, "message", "no more than 2 blocks of type data_visualization allowed"),
        ([table(1, 1)], "modal", "unsupported type: table"),
        ([{"type": "markdown", "text": "x" * 6_001}] * 2, "message", "markdown blocks hold no more than 12000"),
        ([field(type="plain_text_input", focus_on_load=True)] * 2, "modal", "only one element may set focus_on_load"),
    ],
)
def test_what_a_whole_surface_may_hold(blocks: list[dict], surface: str, says: str) -> None:
    assert any(says in fault for fault in block_faults(blocks, surface, "/blocks"))


MODAL = {"type": "modal", "title": plain(24), "blocks": []}


@pytest.mark.parametrize(
    "fields, says",
    [
        pytest.param({"title": plain(25)}, "less than 25 characters [json-pointer:/view/title/text]", id="title"),
        pytest.param({"submit": plain(25)}, "[json-pointer:/view/submit/text]", id="submit"),
        pytest.param({"private_metadata": "x" * 3_001}, "[json-pointer:/view/private_metadata]", id="private_metadata"),
        pytest.param({"callback_id": "x" * 256}, "[json-pointer:/view/callback_id]", id="callback_id"),
        pytest.param({"blocks": [field(type="plain_text_input")]}, "missing required field: submit", id="no submit"),
        pytest.param({"title": None}, "missing required field: title", id="no title"),
        pytest.param({"submit_disabled": True}, "invalid additional property: submit_disabled", id="a step's field"),
        pytest.param({"colour": "red"}, "invalid additional property: colour", id="unknown field"),
        pytest.param(
            {"type": "home"}, "must be a valid enum value [json-pointer:/view/type]", id="a home tab is no modal"
        ),
    ],
)
def test_what_a_modal_must_be(fields: dict, says: str) -> None:
    assert list(view_faults(MODAL, "modal")) == []
    assert any(says in fault for fault in view_faults(MODAL | fields, "modal"))


def test_a_view_of_250_kb_is_too_large() -> None:
    rows = [{"type": "section", "text": mrkdwn(3_000)}] * 84
    with pytest.raises(SlackError, match="view_too_large"):
        check_view({**MODAL, "blocks": rows}, "modal")


def test_a_message_of_13200_characters_is_too_long() -> None:
    check_message({"blocks": [{"type": "section", "text": mrkdwn(3_000)}] * 4}, 40_000)
    with pytest.raises(SlackError, match="msg_blocks_too_long"):
        check_message({"blocks": [{"type": "section", "text": mrkdwn(3_000)}] * 5}, 40_000)


def test_the_web_api_answers_with_pointers(web: WebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        web.chat_postMessage(channel="C0TEAM", text="x", blocks=[{"type": "divider"}, actions(button(text=plain(76)))])
    answer = refused.value.response
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 76 characters [json-pointer:/blocks/1/elements/0/text/text]"
    ]
    with pytest.raises(SlackApiError, match="invalid_blocks_format"):
        web.api_call("chat.postMessage", params={"channel": "C0TEAM", "blocks": "{not json"})
    with pytest.raises(SlackApiError, match="too_many_attachments"):
        web.chat_postMessage(channel="C0TEAM", text="x", attachments=json.dumps([{"text": "a"}] * 101))
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        web.views_publish(user_id="U0LEAD", view={"type": "home", "blocks": [{"type": "novelty"}]})
