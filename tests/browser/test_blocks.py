"""Every block and element that the sandbox accepts is drawn, light and dark, and is fit for assistive technology."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from slack_sdk import WebClient

from sandbox.limits import BLOCK_TYPES, BLOCKS, ELEMENTS, INPUTS
from sandbox.server import Sandbox
from sandbox.validate import check_view
from tests.browser.page import check_accessibility, open_page

pytestmark = pytest.mark.browser

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def option(text: str) -> Block:
    return {"text": plain(text), "value": text.lower()}


def rich(text: str, **style: bool) -> Block:
    run = {"type": "text", "text": text} | ({"style": style} if style else {})
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [run]}]}


def cells(*texts: str) -> list[Block]:
    return [{"type": "raw_text", "text": text} for text in texts]


def chart(kind: str) -> Block:
    points = [{"label": month, "value": value} for month, value in (("Sep", 4.2), ("Oct", 3.8), ("Nov", 3.5))]
    axes = {"series": [{"name": "Order cycle", "data": points}], "axis_config": {"categories": ["Sep", "Oct", "Nov"]}}
    body = {"segments": points} if kind == "pie" else axes
    return {"type": "data_visualization", "title": f"As {kind}", "chart": {"type": kind, **body}}


OPTIONS = {"options": [option("Low"), option("High")]}
PICTURE = {"type": "image", "image_url": "/page/icon.svg", "alt_text": "a picture"}
BUTTON = {"type": "button", "text": plain("Take it"), "action_id": "take", "style": "primary"}
CARD = {
    "type": "card",
    "title": marked("A card"),
    "subtitle": marked("below"),
    "body": marked("Said"),
    "actions": [BUTTON],
}
TASK = {"type": "task_card", "task_id": "1", "title": "A task", "status": "complete", "output": rich("Result")}
ELEMENT: dict[str, Block] = {
    **{name: {} for name in ELEMENTS},
    **dict.fromkeys(("checkboxes", "radio_buttons", "overflow", "static_select", "multi_static_select"), OPTIONS),
    "button": BUTTON,
    "workflow_button": {"text": plain("Start"), "workflow": {"trigger": {"url": "https://example.com/t"}}},
    "icon_button": {"icon": "trash", "text": plain("Remove")},
    "feedback_buttons": {
        "positive_button": {"text": plain("Good"), "value": "1"},
        "negative_button": {"text": plain("Bad"), "value": "0"},
    },
    "number_input": {"is_decimal_allowed": True},
    "datetimepicker": {"initial_date_time": 1795272550},
    "rich_text_input": {"initial_value": rich("Typed", bold=True)},
}
SAMPLES: dict[str, list[Block]] = {
    "section": [
        {"text": {"type": "mrkdwn", "text": "*bold* _italic_ ~gone~ `code` <https://example.com|link> :tada:"}},
        {"fields": [plain("One"), plain("Two")], "accessory": PICTURE},
    ],
    "header": [{"text": plain("A header")}],
    "divider": [{}],
    "context": [{"elements": [PICTURE, plain("small")]}],
    "context_actions": [{"elements": [{"type": n, **ELEMENT[n]} for n in ("feedback_buttons", "icon_button")]}],
    "actions": [{"elements": [BUTTON, {"type": "overflow", "action_id": "more", **OPTIONS}]}],
    "image": [{**PICTURE, "title": plain("Titled")}],
    "video": [
        {
            "title": plain("Shown"),
            "title_url": "https://example.com/",
            "alt_text": "a film",
            "thumbnail_url": "/page/icon.svg",
            "video_url": "https://example.com/v",
        }
    ],
    "rich_text": [rich("Rich", italic=True)],
    "markdown": [{"text": "# Head\n**bold** and [a link](https://example.com)"}],
    "table": [{"rows": [cells("Step", "Hours"), cells("Check stock", "2")]}],
    "data_table": [{"caption": "Steps", "page_size": 1, "rows": [cells("Step"), cells("Check"), cells("Ship")]}],
    "data_visualization": [chart("line"), chart("bar")],
    "card": [CARD],
    "carousel": [{"elements": [CARD, {**CARD, "title": marked("Another")}]}],
    "container": [{"title": plain("Folded"), "child_blocks": [{"type": "divider"}], "is_collapsible": True}],
    "plan": [{"title": "A plan", "tasks": [TASK]}],
    "task_card": [TASK],
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as opened:
        client = WebClient(token="xoxb-sandbox", base_url=opened.api_url)
        for name, samples in SAMPLES.items():
            blocks = json.dumps([{"type": name, **sample} for sample in samples])
            client.chat_postMessage(channel="C0GENERAL", text=name, blocks=blocks)
        more = json.dumps([chart("area"), chart("pie")])
        client.chat_postMessage(channel="C0GENERAL", text="more charts", blocks=more)
        shown = [{"type": n, **s} for n in SAMPLES if n in BLOCK_TYPES["home"] for s in SAMPLES[n]]
        client.views_publish(user_id="U0MEMBER", view={"type": "home", "blocks": shown})
        yield opened


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, sandbox: Sandbox, request: pytest.FixtureRequest) -> Iterator[Page]:
    with open_page(browser, f"{sandbox.url}/#/U0MEMBER/C0GENERAL", color_scheme=request.param) as opened:
        yield opened


def test_every_block_of_a_message_is_drawn(page: Page) -> None:
    assert set(SAMPLES) == set(BLOCKS) - {"input", "alert"}, "each block has its sample"
    expect(page.locator("#messages article")).to_have_count(len(SAMPLES) + 1)
    expect(page.locator(".unknown")).to_have_count(0)
    expect(page.locator(".chart svg[role=img]")).to_have_count(4)
    check_accessibility(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_every_block_of_the_home_tab_is_drawn(page: Page) -> None:
    page.goto(page.url.replace("C0GENERAL", "home"))
    expect(page.locator("#home .header-block")).to_have_text("A header")
    expect(page.locator("#home .unknown")).to_have_count(0)
    check_accessibility(page)


def test_every_field_and_notice_of_a_modal_is_drawn(page: Page, sandbox: Sandbox) -> None:
    fields = [
        {"type": "input", "label": plain(name), "element": {"type": name, "action_id": name, **ELEMENT[name]}}
        for name in sorted(INPUTS)
    ]
    levels = ("default", "info", "warning", "error", "success")
    alerts = [{"type": "alert", "text": plain(f"As {level}"), "level": level} for level in levels]
    view = {"type": "modal", "title": plain("Everything"), "submit": plain("Send"), "blocks": [*alerts, *fields]}
    check_view(view, "modal")
    sandbox.slack.modals.open("U0MEMBER", view)
    page.reload()
    dialog = page.get_by_role("dialog", name="Everything")
    expect(dialog.locator(".input")).to_have_count(len(INPUTS))
    expect(dialog.locator(".alert")).to_have_count(len(levels))
    expect(dialog.locator(".unknown")).to_have_count(0)
    check_accessibility(page)
    sandbox.slack.modals.clear("U0MEMBER")
