"""The rich text input of a modal, written in by a person in a real browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.limits import RICH_TEXT
from sandbox.person import Person
from sandbox.server import Sandbox
from tests.browser.page import check_accessibility, open_page

pytestmark = pytest.mark.browser

Json = dict[str, Any]
WORKSPACE = {
    "people": [
        {"id": "U0LEAD", "name": "lead", "real_name": "Improvement lead"},
        {"id": "U0STOCK", "name": "stock", "real_name": "库存管理员", "locale": "zh-CN"},
    ],
    "channels": [{"id": "C0SALES", "name": "sales", "members": ["U0LEAD", "U0STOCK"], "bot": True}],
}


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def text(words: str, **style: bool) -> Json:
    return {"type": "text", "text": words} | ({"style": style} if style else {})


def part(kind: str, *elements: Json, **more: Any) -> Json:
    return {"type": f"rich_text_{kind}", "elements": list(elements), **more}


def items(style: str, *lines: str, indent: int = 0) -> Json:
    return part("list", *(part("section", text(line)) for line in lines), style=style, indent=indent, border=0)


def block(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


EVERYTHING = block(
    part(
        "section",
        text("The "),
        text("scale", bold=True),
        text(" is "),
        text("off", italic=True, strike=True),
        text(", see "),
        {"type": "link", "url": "https://example.com/a", "text": "the log"},
        text(". Ask "),
        {"type": "user", "user_id": "U0STOCK"},
        text(" in "),
        {"type": "channel", "channel_id": "C0SALES"},
        text(" "),
        {"type": "emoji", "name": "tada"},
        text("\n\nSteps:\n"),
    ),
    items("ordered", "Weigh", "Note"),
    items("bullet", "twice", indent=1),
    items("ordered", "Send"),
    part("quote", text("It said 5\nand then 7")),
    part("preformatted", text("x = 1\n  y = @lead")),
    part("section", text("Then "), text("stop()", code=True)),
)


def form(**element: Any) -> Json:
    story = {"type": "rich_text_input", "action_id": "story", "placeholder": plain("Tell it"), **element}
    field = {"type": "input", "block_id": "story", "label": plain("What happened?"), "element": story}
    button = {"type": "button", "action_id": "redraw", "text": plain("Draw again")}
    below = {"type": "actions", "block_id": "below", "elements": [button]}
    view = {"type": "modal", "callback_id": "story", "title": plain("A story"), "submit": plain("Send")}
    return {**view, "blocks": [field, below]}


class Office:
    """A sandbox with an app that keeps what is sent to it, refuses stories that say `no`, and redraws its form."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.sent: list[Json | None] = []
        self.element: Json = {}

    def listen(self, app: App) -> None:
        @app.command("/story")
        def show(ack: Any, body: Json, client: WebClient) -> None:
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=form(**self.element))

        @app.view("story")
        def take(ack: Any, view: Json) -> None:
            value = view["state"]["values"]["story"]["story"].get("rich_text_value")
            if value == block(part("section", text("no"))):
                ack(response_action="errors", errors={"story": "Say a little more."})
                return
            self.sent.append(value)
            ack()

        @app.action("redraw")
        def redraw(ack: Any, body: Json, client: WebClient) -> None:
            ack()
            client.views_update(view_id=body["view"]["id"], view={**form(), "title": plain("Drawn again")})

        app.event("message")(lambda: None)

    def open(self, page: Page, **element: Any) -> Locator:
        """Open a fresh form; returns the field."""
        self.sent.clear()
        self.element = element
        Person(self.sandbox.url, "U0LEAD").command("/story")
        field = page.get_by_role("textbox", name="What happened?")
        field.click()
        return field

    def send(self, page: Page) -> Json | None:
        """Submit the form; returns what the app got, which Slack's rules allow."""
        page.get_by_role("button", name="Send", exact=True).last.click()
        expect(page.get_by_role("dialog")).to_be_hidden()
        (value,) = self.sent
        assert value is None or list(RICH_TEXT.check(value, "")) == []
        return value


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    sandbox = Sandbox(workspace=WORKSPACE).start()
    opened = Office(sandbox)
    app = App(client=WebClient(token="xoxb-sandbox", base_url=sandbox.api_url))
    opened.listen(app)
    handler = SocketModeHandler(app, "xapp-sandbox")
    handler.connect()
    yield opened
    handler.client.auto_reconnect_enabled = False
    sandbox.stop()
    handler.client.disconnect()


@pytest.fixture
def page(browser: Browser, office: Office) -> Iterator[Page]:
    with open_page(browser, f"{office.sandbox.url}/#/U0LEAD/C0SALES") as opened:
        yield opened


def keys(page: Page, *typed: str) -> None:
    """Type words, and press what is written in brackets."""
    for one in typed:
        page.keyboard.press(one[1:-1]) if one.startswith("[") else page.keyboard.type(one)


@pytest.mark.parametrize(
    "typed, expected",
    [
        pytest.param(
            ["a ", "[Control+b]", "b", "[Control+b]", " ", "[Control+i]", "c", "[Control+i]", "[Control+Shift+X]", "d"],
            [
                part(
                    "section",
                    text("a "),
                    text("b", bold=True),
                    text(" "),
                    text("c", italic=True),
                    text("d", strike=True),
                )
            ],
            id="styles",
        ),
        pytest.param(
            ["use ", "[Control+Shift+C]", "run()", "[Control+Shift+C]", " now"],
            [part("section", text("use "), text("run()", code=True), text(" now"))],
            id="code",
        ),
        pytest.param(
            ["one", "[Enter]", "two", "[Shift+Enter]", "three"],
            [part("section", text("one\ntwo\nthree"))],
            id="lines are one section",
        ),
        pytest.param(
            ["[Control+Shift+8]", "one", "[Enter]", "two", "[Enter]", "[Enter]", "end"],
            [items("bullet", "one", "two"), part("section", text("end"))],
            id="bullets, left by two Enters",
        ),
        pytest.param(
            ["first", "[Enter]", "[Control+Shift+7]", "one", "[Enter]", "two"],
            [part("section", text("first\n")), items("ordered", "one", "two")],
            id="numbers",
        ),
        pytest.param(
            ["[Control+Shift+9]", "one", "[Enter]", "two", "[Enter]", "[Enter]", "end"],
            [part("quote", text("one\ntwo")), part("section", text("end"))],
            id="quote",
        ),
        pytest.param(
            ["[Control+Alt+Shift+C]", "if x:", "[Enter]", "  @lead", "[Enter]", "[Enter]", "end"],
            [part("preformatted", text("if x:\n  @lead")), part("section", text("end"))],
            id="code block",
        ),
        pytest.param(
            ["see this", "[Control+Shift+ArrowLeft]", "[Control+Shift+U]", "example.com", "[Enter]"],
            [part("section", text("see "), {"type": "link", "url": "https://example.com", "text": "this"})],
            id="link",
        ),
        pytest.param(
            ["one", "[Enter]", "[Control+Shift+8]", "two", "[Enter]", "three", "[Control+Shift+8]", "!"],
            [part("section", text("one\n")), items("bullet", "two"), part("section", text("three!"))],
            id="a list that ends in its last line",
        ),
        pytest.param(
            ["[Control+Shift+7]", "one", "[Enter]", "two", "[Enter]", "three", "[ArrowUp]", "[Control+Shift+7]"],
            [items("ordered", "one"), part("section", text("two\n")), items("ordered", "three")],
            id="a list with a line taken out",
        ),
        pytest.param(
            ["use ", "[Control+Shift+C]", "run", "[Control+Shift+C]", *["[Backspace]"] * 4, "it"],
            [part("section", text("use it"))],
            id="code that is deleted",
        ),
        pytest.param(
            ["[Control+Alt+Shift+C]", "x", "[Backspace]", "[Backspace]", "y"],
            [part("section", text("y"))],
            id="a code block that is deleted",
        ),
        pytest.param(
            ["one", "[Enter]", "[Control+Shift+C]", "two", "[Control+Shift+C]", "[Home]", "[Backspace]"],
            [part("section", text("one"), text("two", code=True))],
            id="code that joins the line above",
        ),
        pytest.param(
            ["one", "[Enter]", "[Control+Shift+9]", "two", "[Home]", "[Backspace]", "!"],
            [part("section", text("one!two"))],
            id="a quote that joins the line above",
        ),
        pytest.param(
            ["a", "[Control+Shift+7]", "[Control+Shift+9]", "[Control+Alt+Shift+C]", "[Control+Alt+Shift+C]", "!"],
            [part("section", text("a!"))],
            id="one format after the other",
        ),
        pytest.param(
            ["a", "[Enter]", "b", "[Control+a]", "[Control+Shift+8]", "[Control+Shift+8]"],
            [part("section", text("a\nb"))],
            id="all lines become a list and lines again",
        ),
        pytest.param(
            ["@lead, @Improvement lead: #sales @here :tada: https://e.com/?a=1. 10:30:45 a@lead :what:"],
            [
                part(
                    "section",
                    {"type": "user", "user_id": "U0LEAD"},
                    text(", "),
                    {"type": "user", "user_id": "U0LEAD"},
                    text(": "),
                    {"type": "channel", "channel_id": "C0SALES"},
                    text(" "),
                    {"type": "broadcast", "range": "here"},
                    text(" "),
                    {"type": "emoji", "name": "tada"},
                    text(" "),
                    {"type": "link", "url": "https://e.com/?a=1"},
                    text(". 10:30:45 a@lead :what:"),
                )
            ],
            id="typed out",
        ),
        pytest.param(
            ["ask @库", "[Enter]", "in #sa", "[Tab]", ":tad", "[Enter]", "!"],
            [
                part(
                    "section",
                    text("ask "),
                    {"type": "user", "user_id": "U0STOCK"},
                    text(" in "),
                    {"type": "channel", "channel_id": "C0SALES"},
                    text(" "),
                    {"type": "emoji", "name": "tada"},
                    text(" !"),
                )
            ],
            id="completed",
        ),
    ],
)
def test_what_is_typed_is_what_the_app_gets(page: Page, office: Office, typed: list[str], expected: list[Json]) -> None:
    office.open(page)
    keys(page, *typed)
    assert office.send(page) == block(*expected)


def test_an_initial_value_is_shown_with_all_it_has_and_comes_back_as_it_was(page: Page, office: Office) -> None:
    field = office.open(page, initial_value=EVERYTHING)
    expect(field).to_contain_text("@库存管理员 in #sales 🎉")
    expect(field.locator("ol > li")).to_have_text(["Weigh", "Notetwice", "Send"])
    keys(page, "[Control+End]", "!", "[Backspace]")
    assert office.send(page) == EVERYTHING


def test_an_empty_one_says_so_beside_it_and_what_was_typed_survives_errors_and_updates(page, office: Office) -> None:
    field = office.open(page)
    page.get_by_role("button", name="Send", exact=True).last.click()
    expect(field).to_have_accessible_description("Please complete this required field.")
    expect(field).to_be_focused()
    keys(page, "no")
    expect(field).not_to_have_accessible_description("Please complete this required field.")
    page.get_by_role("button", name="Send", exact=True).last.click()
    expect(field).to_have_accessible_description("Say a little more.")
    expect(field).to_be_focused()
    keys(page, "t", "[Enter]", "[Control+b]", "good")
    page.get_by_role("button", name="Draw again").click()
    expect(page.get_by_role("dialog", name="Drawn again")).to_be_visible()
    expect(field).to_have_text("notgood")
    field.focus()  # the caret is where it was
    keys(page, "!")
    assert office.send(page) == block(part("section", text("not\n"), text("good!", bold=True)))


def test_what_is_pasted_is_plain_text(page: Page, office: Office) -> None:
    field = office.open(page)
    field.evaluate(
        """(node) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", "<h1 style='color:red'>Loud</h1><img src=x onerror=alert(1)>");
          clipboardData.setData("text/plain", "Loud <b>&amp;</b>");
          node.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }"""
    )
    assert office.send(page) == block(part("section", text("Loud <b>&amp;</b>")))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_toolbar_is_one_stop_of_the_keyboard_and_says_what_is_on(browser: Browser, office: Office, scheme) -> None:
    with open_page(browser, f"{office.sandbox.url}/#/U0LEAD/C0SALES", color_scheme=scheme, width=390) as page:
        field = office.open(page)
        check_accessibility(page)
        keys(page, "[Shift+Tab]", "[ArrowRight]", "[ArrowLeft]", "[Enter]")  # Bold
        bar = page.get_by_role("toolbar", name="Formatting")
        expect(bar.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "true")
        expect(field).to_be_focused()
        keys(page, "loud")
        bar.get_by_role("button", name="Numbered list").click()
        expect(bar.get_by_role("button", name="Numbered list")).to_have_attribute("aria-pressed", "true")
        bar.get_by_role("button", name="Link").click()
        keys(page, "not an address", "[Enter]")
        expect(page.get_by_role("alert")).to_have_text("Enter a valid link (https://…).")
        check_accessibility(page)
        keys(page, "[Escape]")
        expect(field).to_be_focused()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        loud = part("section", text("loud", bold=True))
        assert office.send(page) == block(part("list", loud, style="ordered", indent=0, border=0))
