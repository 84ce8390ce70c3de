"""A browser for each module of tests."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.chromium import ARGUMENTS, chromium

expect.set_options(timeout=30_000)  # a busy machine is no failure


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    assert program, "CI needs Chromium (apt-get install chromium)"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield opened
        opened.close()
