"""`make pictures`: takes the pictures of docs/ from the sandbox with the example data, in both languages."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from bot.example.load import WORKSPACE, load_example
from bot.manifest import manifest
from sandbox.server import Sandbox
from tests.browser.chromium import ARGUMENTS, chromium
from tests.journeys import example_works
from tests.office import TEAM, Office

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        Sandbox(workspace=WORKSPACE, manifest=manifest()) as sandbox,
        TemporaryDirectory() as folder,
        Office.open(sandbox, f"sqlite:///{folder}/gemba.db", MONDAY) as office,
        sync_playwright() as playwright,
    ):
        load_example(office.program, TEAM)
        office.settle(20)
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 860}, device_scale_factor=1)
        for take in (_channels, _forms, _answers, _home, _jobs):
            take(office, Camera(page, sandbox.url))
        _face(Path(folder), browser.new_page(viewport={"width": 1280, "height": 860}))
        browser.close()


class Camera:
    """Goes to a place as a person, and takes a picture of it."""

    def __init__(self, page: Page, url: str) -> None:
        self._page, self._url = page, url

    def take(self, name: str, user: str, place: str, then: Callable[[Page], None] | None = None) -> None:
        self._page.goto("about:blank")
        self._page.goto(f"{self._url}/#/{user}/{place}")
        self._page.wait_for_timeout(900)
        if then is not None:
            then(self._page)
            self._page.wait_for_timeout(900)
        self._page.screenshot(path=PICTURES / f"{name}.png")


def _channels(office: Office, camera: Camera) -> None:
    camera.take("sales-en", "U0CLERK", "C0SALES")
    camera.take("warehouse-zh", "U0STOCK", "C0WAREHOUSE")


def _forms(office: Office, camera: Camera) -> None:
    for name, user, channel in (("en", "U0CLERK", "C0SALES"), ("zh", "U0STOCK", "C0WAREHOUSE")):
        for command in ("issue", "feedback", "optimize", "suggest"):
            camera.take(f"{command}-{name}", user, channel, _typing(f"/{command}"))
            office.person(user).close(clear=True)


def _answers(office: Office, camera: Camera) -> None:
    camera.take("gemba-en", "U0LEAD", "C0SALES", _typing("/gemba"))
    camera.take("settings-zh", "U0WAREHEAD", "C0WAREHOUSE", _typing("/gemba settings"))
    office.warehouse_head.close(clear=True)


def _home(office: Office, camera: Camera) -> None:
    camera.take("home-en", "U0CLERK", "home")
    camera.take("home-zh", "U0STOCK", "home")


def _jobs(office: Office, camera: Camera) -> None:
    for job in ("weekly-sync", "overdue-reminders"):
        office.program.runner.run_by_hand(job, office.clock.now())
    office.clerk.command("/gemba kpi record Order fulfilment cycle 3.4 days", "C0SALES")
    office.settle(20)
    camera.take("sync-en", "U0SALESHEAD", "C0SALES")
    camera.take("board-zh", "U0WAREHEAD", "C0WAREHOUSE")
    camera.take("digest-en", "U0CLERK", "D0CLERK")
    office.lead.command("/gemba kpi record Process exception rate 3.4 %", "C0GENERAL")
    office.settle(20)
    camera.take("kpi-alert-en", "U0LEAD", "C0GENERAL")
    camera.take("kpi-zh", "U0WAREHEAD", "C0GENERAL", _typing("/gemba kpi show 流程异常率"))


def _face(folder: Path, page: Page) -> None:
    """The clock over the list of jobs, and the story; time is the machine's here."""
    with example_works(f"sqlite:///{folder}/face.db", MONDAY) as (sandbox, _clock):
        camera = Camera(page, sandbox.url)

        def look_at_time(page: Page) -> None:
            page.locator("[data-tool=jobs]").click()
            page.locator(".clock").click()

        camera.take("clock-en", "U0CLERK", "C0SALES", look_at_time)
        camera.take("story-zh", "U0STOCK", "C0WAREHOUSE", lambda page: page.locator(".bar-button.story").click())


def _typing(command: str) -> Callable[[Page], None]:
    def type_it(page: Page) -> None:
        page.keyboard.type(command)
        page.keyboard.press("Escape")
        page.keyboard.press("Enter")

    return type_it


if __name__ == "__main__":
    main()
