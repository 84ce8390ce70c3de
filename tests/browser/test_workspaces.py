"""The workspace bar: from one workspace to another, by mouse and by keyboard, with what is unread there."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.person import Person
from sandbox.server import Sandbox
from tests.browser.page import check_accessibility, open_page
from tests.browser.test_page import WORKSPACE

pytestmark = pytest.mark.browser

PLANT = {
    "team": {"id": "T0PLANT", "name": "Plant South"},
    "people": [
        {"id": "U0LEAD", "name": "chief", "real_name": "Plant chief", "tz": "America/Sao_Paulo"},
        {"id": "U0LINE", "name": "line", "real_name": "产线组长", "locale": "zh-CN", "tz": "Asia/Shanghai"},
    ],
    "channels": [{"id": "C0SALES", "name": "line-2", "members": ["U0LEAD", "U0LINE"]}],
}
LAB = {
    "team": {"id": "T0LAB", "name": "Lab"},
    "people": [{"id": "U0LAB", "name": "lab"}],
    "channels": [{"id": "C0TESTS", "name": "tests", "members": ["U0LAB"]}],
}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workspace={**WORKSPACE, "workspaces": [PLANT]}) as running:
        yield running


@pytest.fixture
def line(sandbox: Sandbox) -> Person:
    return Person(sandbox.url, "U0LINE", "T0PLANT")


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["wide and light", "narrow and dark"])
def page(browser: Browser, sandbox: Sandbox, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, colours = request.param
    with open_page(browser, f"{sandbox.url}/#/U0LEAD/C0SALES", width=width, color_scheme=colours) as opened:
        yield opened


def bar(page: Page) -> None:
    """On a narrow screen the bar stands beside the list of channels."""
    back = page.get_by_role("button", name="Back to the channel list").or_(
        page.get_by_role("button", name="返回频道列表")
    )
    if back.is_visible():
        back.click()


def test_a_click_leads_to_another_workspace_and_back_to_where_one_was(page: Page, line: Person) -> None:
    bar(page)
    workspaces = page.get_by_role("navigation", name="Workspaces")
    expect(workspaces.get_by_role("link")).to_have_count(2)
    expect(workspaces.get_by_role("link", name="Example Works")).to_have_attribute("aria-current", "true")
    line.say("C0SALES", "The line stands still")
    line.say("C0SALES", "It runs again")
    plant = workspaces.get_by_role("link", name="Plant South, 2 unread")
    expect(plant).to_be_visible()
    check_accessibility(page)
    plant.click()
    expect(page.locator("#messages article").last).to_contain_text("It runs again")
    assert page.url.endswith("#/T0PLANT/U0LEAD/C0SALES"), "the same ids, and another person in another channel"
    bar(page)
    expect(page.get_by_role("heading", name="Plant South")).to_be_visible()
    expect(page.locator("#sidebar")).to_contain_text("App is not installed in this workspace.")
    expect(page.locator(".you")).to_contain_text("America/Sao_Paulo")
    expect(page.get_by_role("link", name="See the workspace as 产线组长")).to_be_visible()
    check_accessibility(page)
    page.get_by_role("link", name="Example Works").click()
    expect(page.get_by_role("textbox", name="sales")).to_be_visible()
    assert page.url.endswith("#/U0LEAD/C0SALES") and "The line" not in page.locator("#messages").inner_text()
    bar(page)
    expect(page.get_by_role("link", name="Plant South", exact=True)).to_be_visible()


def test_the_keyboard_leads_there_too_and_the_person_is_remembered(page: Page, sandbox: Sandbox) -> None:
    page.keyboard.press("Alt+2")
    expect(page.get_by_role("textbox", name="line-2")).to_be_visible()
    bar(page)
    page.get_by_role("link", name="See the workspace as 产线组长").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.keyboard.press("Alt+1")
    expect(page.get_by_role("textbox", name="sales")).to_be_visible()
    Person(sandbox.url, "U0LEAD", "T0PLANT").say("C0SALES", "Welcome")
    bar(page)
    expect(page.get_by_role("link", name="Plant South, 1 unread")).to_be_visible()
    page.keyboard.press("Alt+2")
    expect(page.locator("#messages article").last).to_contain_text("Welcome")
    assert page.url.endswith("#/T0PLANT/U0LINE/C0SALES")
    bar(page)
    expect(page.get_by_role("navigation", name="工作区")).to_be_visible()


def test_what_is_typed_in_one_workspace_stays_there(page: Page) -> None:
    page.get_by_role("textbox", name="sales").fill("not yet sent")
    page.keyboard.press("Alt+2")
    expect(page.get_by_role("textbox", name="line-2")).to_have_value("")
    page.keyboard.press("Alt+1")
    expect(page.get_by_role("textbox", name="sales")).to_have_value("not yet sent")


def test_a_workspace_comes_into_the_bar_when_it_is_added_and_goes_with_a_reset(
    page: Page, sandbox: Sandbox, line: Person
) -> None:
    bar(page)
    links = page.get_by_role("navigation", name="Workspaces").get_by_role("link")
    expect(links).to_have_count(2)
    line._call("POST", "/workspaces", json.dumps(LAB).encode())
    expect(links).to_have_count(3)
    links.nth(2).click()
    expect(page.get_by_role("textbox", name="tests")).to_be_visible()
    Person(sandbox.url, "U0LAB", "T0LAB").say("C0TESTS", "hello")
    expect(page.locator("#messages")).to_contain_text("hello")
    page.wait_for_load_state("networkidle")  # else it asks for what is there no more
    line._call("POST", "/reset", b"{}")
    expect(page.get_by_role("textbox", name="sales")).to_be_visible()
    bar(page)
    expect(links).to_have_count(2)


def test_after_a_reset_the_page_shows_the_workspace_file_again(page: Page, sandbox: Sandbox) -> None:
    lead = Person(sandbox.url, "U0LEAD")
    lead.say("C0SALES", "soon gone")
    expect(page.locator("#messages")).to_contain_text("soon gone")
    lead._call("POST", "/people", b'{"id": "U0NEW", "name": "new"}')
    lead._call("POST", "/channels", b'{"id": "C0NEW", "name": "brand-new", "members": ["U0NEW"]}')
    expect(page.locator("#rail a")).to_have_count(3)
    page.goto(f"{sandbox.url}/#/U0NEW/C0NEW")
    expect(page.get_by_role("textbox", name="brand-new")).to_be_visible()
    page.wait_for_load_state("networkidle")
    lead._call("POST", "/reset", b"{}")
    expect(page.get_by_role("textbox", name="sales")).to_be_visible()
    expect(page.locator("#messages")).not_to_contain_text("soon gone")


def test_a_link_to_a_message_opens_its_workspace(browser: Browser, sandbox: Sandbox, line: Person) -> None:
    said = line.say("C0SALES", "Look here")
    address = f"{sandbox.url}/workspaces/T0PLANT/archives/C0SALES/p{said['ts'].replace('.', '')}"
    with open_page(browser, address) as page:
        expect(page.locator("#messages article").last).to_contain_text("Look here")


def test_one_workspace_alone_has_no_bar(browser: Browser) -> None:
    with Sandbox(workspace=WORKSPACE) as alone, open_page(browser, alone.url) as page:
        expect(page.locator("#rail")).to_be_visible()
        expect(page.locator("#workspaces")).to_be_hidden()
