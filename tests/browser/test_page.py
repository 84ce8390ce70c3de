"""The page of the sandbox, used by a person in a real browser, with a small Bolt app behind it."""

from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.server import Sandbox
from tests.browser.page import check_accessibility, open_page

pytestmark = pytest.mark.browser

WORKSPACE = {
    "team": {"id": "T0SANDBOX", "name": "Example Works", "domain": "example-works"},
    "people": [
        {"id": "U0LEAD", "name": "lead", "real_name": "Improvement lead", "tz": "Europe/Berlin"},
        {"id": "U0STOCK", "name": "stock", "real_name": "库存管理员", "locale": "zh-CN", "tz": "Asia/Shanghai"},
    ],
    "channels": [{"id": "C0SALES", "name": "sales", "members": ["U0LEAD", "U0STOCK"], "bot": True}],
}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def form() -> dict[str, Any]:
    options = [{"text": plain(word), "value": word.lower()} for word in ("Low", "High")]
    return {
        "type": "modal",
        "callback_id": "issue",
        "title": plain("Report an issue"),
        "submit": plain("File issue"),
        "blocks": [
            _input("title", "What happened?", {"type": "plain_text_input"}),
            _input("severity", "Severity", {"type": "static_select", "options": options}),
        ],
    }


def card(title: str, below: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "section", "text": {"type": "mrkdwn", "text": f"*I-1* · {title}"}}, below]


def _input(name: str, label: str, element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "input", "block_id": name, "label": plain(label), "element": element | {"action_id": name}}


def _note(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def listen(app: App) -> None:
    """Report an issue, refuse short ones, acknowledge."""

    @app.command("/issue")
    def open_form(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form())

    @app.view("issue")
    def file(ack: Any, view: dict[str, Any], client: WebClient) -> None:
        title = view["state"]["values"]["title"]["title"]["value"]
        if len(title) < 5:
            ack(response_action="errors", errors={"title": "Say a little more."})
            return
        ack()
        button = {"type": "button", "action_id": "acknowledge", "text": plain("Acknowledge"), "style": "primary"}
        actions = {"type": "actions", "elements": [button]}
        client.chat_postMessage(channel="C0SALES", text=title, blocks=card(title, actions))

    @app.action("acknowledge")
    def acknowledge(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        done = _note(f":white_check_mark: Acknowledged by <@{body['user']['id']}>")
        client.chat_update(**where, text="Acknowledged", blocks=card(body["message"]["text"], done))

    @app.event("app_home_opened")
    def publish(event: dict[str, Any], client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": card("One task waits", _note("…"))})

    app.event("message")(lambda: None)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    sandbox = Sandbox(workspace=WORKSPACE).start()
    app = App(client=WebClient(token="xoxb-sandbox", base_url=sandbox.api_url))
    listen(app)
    handler = SocketModeHandler(app, "xapp-sandbox")
    handler.connect()
    yield sandbox.url
    handler.client.auto_reconnect_enabled = False
    sandbox.stop()
    handler.client.disconnect()


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The lead's view of #sales, as at the beginning."""
    urlopen(Request(f"{url}/sandbox/api/reset", method="POST")).close()
    with open_page(browser, f"{url}/#/U0LEAD/C0SALES", color_scheme=request.param) as opened:
        yield opened


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="sales").fill(text)
    page.keyboard.press("Enter")


def test_a_person_files_an_issue_and_another_one_sees_it_in_chinese(page: Page) -> None:
    write(page, "/issue")
    form_ = page.get_by_role("dialog", name="Report an issue")
    title = form_.get_by_label("What happened?")
    title.fill("ab")
    form_.get_by_role("combobox", name="Severity").click()
    page.get_by_role("option", name="High").click()
    form_.get_by_role("button", name="File issue").click()
    expect(title).to_have_accessible_description("Say a little more.")
    expect(title).to_be_focused()
    expect(form_.get_by_role("combobox", name="Severity")).to_have_value("High")
    check_accessibility(page)

    title.fill("The scale is broken")
    form_.get_by_role("button", name="File issue").click()
    expect(form_).to_be_hidden()
    message = page.get_by_role("article").last
    expect(message).to_contain_text("I-1 · The scale is broken")
    message.get_by_role("button", name="Acknowledge").click()
    expect(message).to_contain_text("Acknowledged by @Improvement lead")
    check_accessibility(page)

    page.get_by_role("link", name="See the workspace as 库存管理员").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_role("textbox", name="发消息到 #sales")).to_be_visible()
    expect(page.get_by_role("article").last).to_contain_text("The scale is broken")


def test_an_empty_form_says_at_each_field_what_is_missing_and_escape_closes_it(page: Page) -> None:
    write(page, "/issue")
    form_ = page.get_by_role("dialog", name="Report an issue")
    form_.get_by_role("button", name="File issue").click()
    expect(form_.get_by_text("Please complete this required field.")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(form_).to_be_hidden()
    expect(page.get_by_role("textbox", name="sales")).to_be_focused()


def test_text_of_people_stays_text_and_a_reply_opens_beside_it(page: Page) -> None:
    write(page, "<img src=x onerror=alert(1)> *bold* & :tada:")
    message = page.locator("#messages article").last
    expect(message).to_contain_text("<img src=x onerror=alert(1)> bold & 🎉")
    message.hover()
    message.get_by_role("button", name="Reply in thread").click()
    page.get_by_role("textbox", name="Reply…").fill("Seen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Thread").get_by_role("article").last).to_contain_text("Seen")
    expect(message.get_by_role("button", name="1 reply")).to_be_visible()
    check_accessibility(page)


def test_the_apps_page_shows_what_it_published_for_this_person(page: Page) -> None:
    page.get_by_role("navigation", name="Channels").get_by_role("link", name="is connected").click()
    expect(page.locator("#home")).to_contain_text("One task waits")
    check_accessibility(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_answer_asked_for_before_the_apps_page_was_published_does_not_come_over_it(page: Page, url: str) -> None:
    reads: list[Route] = []

    def answer(route: Route) -> None:
        reads.append(route)
        if len(reads) == 1 and route.request.method == "GET":
            urlopen(Request(f"{url}/sandbox/api/as/U0LEAD/home", method="POST")).close()
            expect(page.locator("#home")).to_contain_text("One task waits")  # pushed, while the answer is on its way
            route.fulfill(json={"ok": True, "view": None})  # what follows stays without an answer

    page.route("**/as/U0LEAD/home*", answer)
    with page.expect_request(lambda request: request.method == "POST" and "/home" in request.url):
        page.get_by_role("navigation", name="Channels").get_by_role("link", name="is connected").click()
    expect(page.locator("#home")).to_contain_text("One task waits")
