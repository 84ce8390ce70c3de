"""A page of the sandbox whose console has to stay clean, and what accessibility asks of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page


@contextmanager
def open_page(browser: Browser, url: str, *, width: int = 1280, **options: Any) -> Iterator[Page]:
    """An opened page, ready. At its end the console must have said nothing."""
    opened = browser.new_page(viewport={"width": width, "height": 840}, **options)
    opened.set_default_timeout(30_000)
    problems: list[str] = []
    opened.on("console", lambda said: problems.append(said.text) if said.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.goto(url)
    opened.wait_for_selector("body.ready")
    yield opened
    opened.close()
    assert problems == []


def check_accessibility(page: Page) -> None:
    """No serious violation by axe-core."""
    found = Axe().run(page).response["violations"]
    grave = [(item["id"], item["nodes"][0]["html"]) for item in found if item["impact"] in ("serious", "critical")]
    assert grave == []
