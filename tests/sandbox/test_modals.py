"""Modals: opened by a trigger, filled in, refused, pushed, updated, closed."""

import time

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.person import Person


def text(words: str) -> dict:
    return {"type": "plain_text", "text": words}


def option(value: str) -> dict:
    return {"text": text(value.capitalize()), "value": value}


def field(block_id: str, element: dict, **more: object) -> dict:
    return {"type": "input", "block_id": block_id, "label": text(block_id), "element": element, **more}


def form(callback_id: str, *blocks: dict, **more: object) -> dict:
    view = {"type": "modal", "callback_id": callback_id, "title": text("Form"), "submit": text("File")}
    return {**view, "blocks": list(blocks), **more}


TITLE = field("title", {"type": "plain_text_input", "action_id": "typed"})
FULL = [
    TITLE,
    field("severity", {"type": "static_select", "action_id": "s", "options": [option("low"), option("high")]}),
    field("tags", {"type": "checkboxes", "action_id": "c", "options": [option("a"), option("b")]}, optional=True),
    field("due", {"type": "datepicker", "action_id": "d", "initial_date": "2026-12-24"}),
    field("who", {"type": "multi_users_select", "action_id": "w", "initial_users": ["U0MATE"]}),
    field("count", {"type": "number_input", "action_id": "n", "is_decimal_allowed": False}, optional=True),
]


def open_form(app: App, lead: Person, name: str, view: dict) -> dict:
    """Let the app open `view` on the command `/name`, and type the command."""

    @app.command(f"/{name}")
    def show(ack, body, client):
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    assert lead.command(f"/{name}").ok
    opened = lead.modal()
    assert opened is not None
    return opened


def test_a_submission_carries_typed_and_initial_values(app: App, lead: Person) -> None:
    seen: list[dict] = []

    @app.view("full")
    def take(ack, view):
        seen.append(view["state"]["values"])
        ack()

    opened = open_form(app, lead, "full", form("full", *FULL))
    outcome = lead.submit(opened, {"title": "Scale <broken>", "severity": "high", "c": ["b"], "count": 3})
    assert outcome.ok and lead.modal() is None
    assert seen[0]["title"]["typed"] == {"type": "plain_text_input", "value": "Scale <broken>"}
    assert seen[0]["severity"]["s"]["selected_option"] == option("high")
    assert seen[0]["tags"]["c"]["selected_options"] == [option("b")]
    assert seen[0]["due"]["d"]["selected_date"] == "2026-12-24"
    assert seen[0]["who"]["w"]["selected_users"] == ["U0MATE"]
    assert seen[0]["count"]["n"]["value"] == "3"


def test_errors_of_the_app_stand_at_the_field_and_the_form_stays(app: App, lead: Person) -> None:
    @app.view("picky")
    def take(ack, view):
        typed = view["state"]["values"]["title"]["typed"]["value"]
        ack() if typed == "good" else ack(response_action="errors", errors={"title": "Say more"})

    opened = open_form(app, lead, "picky", form("picky", TITLE))
    refused = lead.submit(opened, {"title": "bad"})
    assert not refused.ok and refused.acked and refused.errors == {"title": "Say more"}
    assert lead.modal()["state"]["values"]["title"]["typed"]["value"] == "bad"
    assert lead.submit(lead.modal(), {"title": "good"}).ok
    assert lead.modal() is None


def test_errors_for_a_block_that_is_no_input_are_the_apps_fault(app: App, lead: Person) -> None:
    @app.view("lost")
    def take(ack):
        ack(response_action="errors", errors={"nowhere": "?"})

    opened = open_form(app, lead, "lost", form("lost", TITLE))
    assert lead.submit(opened, {"title": "x"}).error == "invalid_errors"
    assert "invalid_errors" in lead.log()[-1]["broke"]
    lead.close(clear=True)


@pytest.mark.parametrize(
    "element, value, says",
    [
        pytest.param({"type": "plain_text_input"}, None, "Please complete this required field.", id="left empty"),
        pytest.param({"type": "plain_text_input", "min_length": 3}, "ab", "Must be at least 3 characters.", id="short"),
        pytest.param(
            {"type": "plain_text_input", "max_length": 3}, "abcd", "Must be less than 4 characters.", id="long"
        ),
        pytest.param(
            {"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a valid number.", id="1.5"
        ),
        pytest.param(
            {"type": "number_input", "is_decimal_allowed": True, "max_value": "9"},
            "10",
            "Must be at most 9.",
            id="10 > 9",
        ),
        pytest.param({"type": "email_text_input"}, "me@", "Please enter a valid email address.", id="half an address"),
    ],
)
def test_what_the_client_checks_never_reaches_the_app(app: App, lead: Person, request, element, value, says) -> None:
    name = f"strict-{len(request.node.name)}"
    opened = open_form(app, lead, name, form("strict", field("it", {**element, "action_id": "a"})))
    outcome = lead.submit(opened, {"it": value})
    assert (outcome.error, outcome.errors, outcome.acked) == ("invalid_input", {"it": says}, False)
    lead.close()


def test_a_stack_of_three_and_no_more(app: App, lead: Person) -> None:
    answers: list[str] = []
    button = {"type": "button", "action_id": "deeper", "text": text("Deeper")}

    @app.action("deeper")
    def deeper(ack, body, client):
        ack()
        try:
            client.views_push(
                trigger_id=body["trigger_id"], view=form("stack", {"type": "actions", "elements": [button]})
            )
        except SlackApiError as refused:
            answers.append(refused.response["error"])

    open_form(app, lead, "stack", form("stack", {"type": "actions", "elements": [button]}))
    for depth in (2, 3):
        lead.press(lead.modal(), "deeper")
        lead.wait_for(lambda depth=depth: len(lead.modals()) == depth)
    lead.press(lead.modal(), "deeper")
    lead.wait_for(lambda: answers == ["push_limit_reached"])
    top = lead.modal()
    assert top["previous_view_id"] == lead.modals()[1]["id"] and top["root_view_id"] == lead.modals()[0]["id"]
    lead.close()
    assert len(lead.modals()) == 2
    lead.close(clear=True)


@pytest.mark.parametrize("action", ["update", "push", "clear"])
def test_response_actions(app: App, lead: Person, action: str) -> None:
    @app.view(f"first-{action}")
    def take(ack):
        view = {} if action == "clear" else {"view": form("second", TITLE)}
        ack(response_action=action, **view)

    opened = open_form(app, lead, f"first-{action}", form(f"first-{action}", TITLE))
    assert lead.submit(opened, {"title": "x"}).ok
    stack = [view["callback_id"] for view in lead.modals()]
    assert stack == {"update": ["second"], "push": ["first-push", "second"], "clear": []}[action]
    if stack:
        lead.close(clear=True)


def test_an_update_keeps_what_was_typed_and_a_stale_hash_conflicts(app: App, lead: Person, web: WebClient) -> None:
    @app.action("more")
    def more(ack, body, client):
        ack()
        blocks = [*form("grow", TITLE)["blocks"], {"type": "section", "text": text("one more")}]
        client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=form("grow", *blocks))

    button = {"type": "actions", "elements": [{"type": "button", "action_id": "more", "text": text("More")}]}
    opened = open_form(app, lead, "grow", form("grow", TITLE, button))
    lead.press(opened, "more", fill={"title": "half a title"})
    grown = lead.wait_for(lambda: (view := lead.modal()) and view["hash"] != opened["hash"] and view)
    assert grown["state"]["values"]["title"]["typed"]["value"] == "half a title"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        web.views_update(view_id=opened["id"], hash=opened["hash"], view=form("grow", TITLE))
    lead.close()


def test_the_app_hears_of_a_close_only_when_it_asked(app: App, lead: Person) -> None:
    closed: list[bool] = []

    @app.view_closed("told")
    def told(ack, body):
        closed.append(body["is_cleared"])
        ack()

    lead.close(open_form(app, lead, "quiet", form("quiet", TITLE)))
    lead.close(open_form(app, lead, "told", form("told", TITLE, notify_on_close=True)))
    assert closed == [False]


def test_options_of_an_external_select_come_from_the_app(app: App, lead: Person) -> None:
    @app.options("search")
    def search(ack, payload):
        ack(options=[option(word) for word in ("apple", "pear") if payload["value"] in word])

    seen: list[dict] = []

    @app.view("find")
    def take(ack, view):
        seen.append(view["state"]["values"]["fruit"]["search"]["selected_option"])
        ack()

    select = {"type": "external_select", "action_id": "search", "min_query_length": 1}
    opened = open_form(app, lead, "find", form("find", field("fruit", select)))
    assert [found["value"] for found in lead.options(opened, "search", "pe")] == ["pear"]
    assert lead.submit(opened, {"fruit": "apple"}).ok
    assert seen == [option("apple")]


def test_a_trigger_opens_once_and_for_three_seconds(app: App, lead: Person, web: WebClient) -> None:
    triggers: list[str] = []

    @app.command("/trigger")
    def take(ack, body):
        triggers.append(body["trigger_id"])
        ack()

    lead.command("/trigger")
    lead.command("/trigger")
    fresh, late = triggers
    web.views_open(trigger_id=fresh, view=form("once", TITLE))
    lead.close()
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        web.views_open(trigger_id=fresh, view=form("once", TITLE))
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        web.views_open(trigger_id="1.2.3", view=form("once", TITLE))
    time.sleep(3.1)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        web.views_open(trigger_id=late, view=form("once", TITLE))
