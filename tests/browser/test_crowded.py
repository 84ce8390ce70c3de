"""A crowded workspace: 200 people, 50 channels, 5,000 messages. The page draws what is in sight, and no more."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.server import Sandbox
from tests.browser.page import open_page

pytestmark = pytest.mark.browser

PEOPLE, CHANNELS, MESSAGES = 200, 50, 5_000
MOST_NODES = 4_000


@pytest.fixture(scope="module")
def crowded() -> Iterator[Sandbox]:
    people = [{"id": f"U0{n:04}", "name": f"person-{n}", "real_name": f"Person {n}"} for n in range(PEOPLE)]
    everybody = [person["id"] for person in people]
    channels: list[dict[str, Any]] = [
        {"id": f"C0{n:04}", "name": f"channel-{n:02}", "members": everybody, "bot": True} for n in range(CHANNELS)
    ]
    sandbox = Sandbox(workspace={"people": people, "channels": channels})
    workspace = sandbox.slack.workspace
    for n in range(MESSAGES):
        channel = "C00000" if n % 2 else f"C0{n % CHANNELS:04}"
        ts = workspace.stamps.next()
        message = {"type": "message", "user": everybody[n % PEOPLE], "text": f"message {n:04} *bold* :tada:", "ts": ts}
        workspace.messages[channel][ts] = message
    with sandbox:
        yield sandbox


@pytest.fixture
def page(browser: Browser, crowded: Sandbox) -> Iterator[Page]:
    with open_page(browser, f"{crowded.url}/#/U00007/C00000") as opened:
        yield opened


def nodes(page: Page) -> int:
    return int(page.evaluate("document.querySelectorAll('*').length"))


def test_reading_all_the_way_up_and_back_keeps_the_page_small_and_what_is_read_in_its_place(page: Page) -> None:
    articles = page.locator("#messages article")
    expect(articles.last).to_contain_text("message 4999")
    assert nodes(page) < MOST_NODES
    page.locator("#messages").hover()
    seen = set[str]()
    for _ in range(400):
        seen.update(article.split("message ")[1][:4] for article in articles.all_inner_texts())
        if page.locator("#messages").get_by_text("This is the very beginning").is_visible():
            break
        assert articles.count() <= 150
        page.mouse.wheel(0, -4_000)
        page.wait_for_timeout(30)
    assert {f"{n:04}" for n in range(1, MESSAGES, 2)} <= seen, "every message of the channel came by"
    assert nodes(page) < MOST_NODES
    page.locator("#messages").evaluate("node => { node.scrollTop = 0 }")
    for _ in range(400):
        if articles.last.inner_text().find("message 4999") >= 0:
            break
        page.mouse.wheel(0, 6_000)
        page.wait_for_timeout(10)
    expect(articles.last).to_contain_text("message 4999")


def test_what_is_read_stays_where_it_is_while_older_messages_come(page: Page) -> None:
    articles = page.locator("#messages article")
    expect(articles.last).to_contain_text("message 4999")
    page.locator("#messages").hover()
    page.mouse.wheel(0, -600)
    for _ in range(12):
        moved = page.evaluate(MOVED_BY_A_STEP)
        assert moved is None or abs(moved) < 2
        page.mouse.wheel(0, -700)
        page.wait_for_timeout(60)


MOVED_BY_A_STEP = """async () => {
  const root = document.getElementById("messages");
  const { top } = root.getBoundingClientRect();
  const held = [...root.querySelectorAll("article")].find((one) => one.getBoundingClientRect().top > top + 100);
  const before = held.getBoundingClientRect().top + root.scrollTop - root.scrollHeight;
  const first = root.querySelector("article");
  const y = held.getBoundingClientRect().top;
  root.scrollTop = Math.max(0, root.scrollTop - 1);
  await new Promise((done) => setTimeout(done, 120));
  if (root.querySelector("article") === first || !held.isConnected) return null;
  return held.getBoundingClientRect().top - y - 1;
}"""


def test_a_message_that_comes_while_reading_further_up_is_announced_and_one_click_away(
    page: Page, crowded: Sandbox
) -> None:
    articles = page.locator("#messages article")
    expect(articles.last).to_contain_text("message 4999")
    page.locator("#messages").hover()
    for _ in range(8):
        page.mouse.wheel(0, -3_000)
        page.wait_for_timeout(60)
    page.request.post(f"{crowded.url}/sandbox/api/as/U00003/messages", data={"channel": "C00000", "text": "just now"})
    page.get_by_role("button", name="New messages").click()
    expect(articles.last).to_contain_text("just now")


def test_typing_does_not_draw_the_conversation_again(page: Page) -> None:
    field = page.get_by_role("textbox", name="channel-00")
    page.evaluate(
        """() => {
          window.drawn = 0;
          new MutationObserver((all) => { window.drawn += all.length; })
            .observe(document.getElementById("messages"), { childList: true, subtree: true });
        }"""
    )
    field.press_sequentially("A longer sentence with @per and #chan in it", delay=0)
    expect(field).to_have_value("A longer sentence with @per and #chan in it")
    assert page.evaluate("window.drawn") == 0
