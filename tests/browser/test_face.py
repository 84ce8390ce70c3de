"""The clock, the jobs, the inspector and the story, as a newcomer uses them, with the real bot behind the page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.person import Person
from sandbox.server import Sandbox
from tests.browser.page import check_accessibility, open_page
from tests.journeys import example_works

pytestmark = pytest.mark.browser

CLERK, STOCK = ("U0CLERK", "C0SALES"), ("U0STOCK", "C0WAREHOUSE")
LOOKS = [
    pytest.param(CLERK, {"width": 1280, "color_scheme": "light"}, id="English, light, wide"),
    pytest.param(CLERK, {"width": 390, "color_scheme": "dark"}, id="English, dark, narrow"),
    pytest.param(STOCK, {"width": 1280, "color_scheme": "dark"}, id="Chinese, dark, wide"),
    pytest.param(STOCK, {"width": 390, "color_scheme": "light"}, id="Chinese, light, narrow"),
]
Look = tuple[str, str]


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Sandbox]:
    with example_works(f"sqlite:///{tmp_path}/gemba.db") as (sandbox, _clock):
        Person(sandbox.url, "U0STOCK").wait_for(lambda: Person(sandbox.url, "U0STOCK").messages("C0WAREHOUSE"))
        yield sandbox


@pytest.fixture
def page(browser: Browser, works: Sandbox) -> Iterator[Page]:
    with open_page(browser, f"{works.url}/#/U0CLERK/C0SALES", reduced_motion="reduce") as opened:
        yield opened


@pytest.mark.parametrize("look, options", LOOKS)
def test_the_story_is_told_in_six_steps(browser: Browser, works: Sandbox, look: Look, options: dict[str, Any]) -> None:
    address = f"{works.url}/#/{'/'.join(look)}"
    with open_page(browser, address, reduced_motion="reduce", **options) as page:
        page.locator(".bar-button.story").click()
        card = page.locator("#story")
        for step in range(6):
            expect(card.locator(".steps .done")).to_have_count(step)
            check_accessibility(page)
            card.locator("footer .primary").click()
            expect(card.get_by_role("status")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= options["width"]
            if page.locator("dialog[open]").count():
                check_accessibility(page)
                page.keyboard.press("Escape")
                expect(page.locator("dialog[open]")).to_have_count(0)
            card.locator("footer .primary").click()
        expect(card.get_by_role("listitem")).to_have_count(4)
        card.locator("footer .primary").click()
        expect(card).to_be_hidden()
    digest = str(Person(works.url, look[0]).messages())
    assert "snoozed until" in digest or "再提醒" in digest


def test_the_clock_goes_to_monday_by_a_click_and_says_what_happened(page: Page) -> None:
    page.get_by_role("button", name="Move time forward").click()
    check_accessibility(page)
    page.get_by_role("menuitem", name="Next Monday morning").click()
    expect(page.locator(".clock")).to_contain_text("Mon")
    expect(page.locator(".clock")).to_contain_text("9:00")
    expect(page.locator("#toasts")).to_contain_text("Weekly sync")
    expect(page.locator("#messages article").last).to_contain_text("Weekly sync")
    check_accessibility(page)


def test_another_time_is_typed_and_the_past_is_refused_by_the_field(page: Page) -> None:
    page.get_by_role("button", name="Move time forward").click()
    page.get_by_role("menuitem", name="Another time").click()
    dialog = page.get_by_role("dialog", name="Move time forward")
    field = dialog.get_by_label("When? (Europe/Berlin)")
    expect(field).to_be_focused()
    check_accessibility(page)
    field.fill("2020-01-01T09:00")
    dialog.get_by_role("button", name="Go there").click()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_job_is_run_from_the_list_and_says_what_came_of_it(page: Page) -> None:
    page.get_by_role("button", name="What is due by itself").click()
    panel = page.get_by_role("complementary", name="What is due by itself")
    sync = panel.get_by_role("listitem").filter(has_text="#sales").filter(has_text="Weekly sync")
    expect(sync).to_contain_text("Mon, ")
    check_accessibility(page)
    sync.get_by_role("button", name="Run now: Weekly sync, #sales").click()
    expect(sync.get_by_role("status")).to_contain_text("Done.")
    expect(page.locator("#messages article").last).to_contain_text("Weekly sync")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name="What is due by itself")).to_be_focused()


def test_the_inspector_shows_what_is_said_as_it_is_said_and_what_broke_a_rule(page: Page, works: Sandbox) -> None:
    page.get_by_role("button", name="Inspector").click()
    panel = page.get_by_role("complementary", name="Inspector")
    page.get_by_role("textbox", name="sales").fill("/gemba task list")
    page.locator("#composer .send").click()
    command = panel.get_by_role("listitem").filter(has_text="command /gemba")
    expect(command).to_contain_text("ms")
    command.locator("summary").click()
    expect(command).to_contain_text('"text": "task list"')
    check_accessibility(page)

    broken = {
        "token": "xoxb-sandbox",
        "channel": "C0SALES",
        "blocks": '[{"type": "divider", "text": 1}, {"type": "x"}]',
    }
    page.request.post(f"{works.url}/api/chat.postMessage", form=broken)
    panel.get_by_label("Only what broke a rule").check()
    expect(command).to_be_hidden()
    flawed = panel.get_by_role("listitem").filter(has_text="chat.postMessage")
    flawed.locator("summary").click()
    expect(flawed).to_contain_text("invalid_blocks")
    panel.get_by_label("Only what broke a rule").uncheck()
    panel.get_by_role("searchbox", name="Filter").fill("task list")
    expect(flawed).to_be_hidden()
    expect(command).to_be_visible()
