"""The sandbox with the example team and data, and a bot in it whose time can be moved from the page."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bot.example.load import STORY, WORKSPACE, load_example
from bot.manifest import manifest
from bot.program import build
from bot.running.over_socket import SocketBot
from bot.sandboxed import connected_to
from bot.settings import Settings
from bot.time_travel.hook import Hook
from bot.time_travel.journey import Journey, TravelClock
from sandbox.server import Sandbox
from storage.outbox.rates import NONE
from tests.business_day import NOW


class SetClock(TravelClock):
    """Starts at a moment, whatever the machine's clock shows."""

    def __init__(self, moment: datetime) -> None:
        super().__init__()
        self._ahead = moment - datetime.now(UTC)


@contextmanager
def example_works(database: str, begins: datetime = NOW) -> Iterator[tuple[Sandbox, TravelClock]]:
    """As `gemba demo`, on the day of the run, in this process; only journeys look at what is due."""
    with Sandbox(workspace=WORKSPACE, manifest=manifest(), story=STORY) as sandbox:
        clock = SetClock(begins)
        sandbox.platform.stamps.ahead = round((begins - datetime.now(UTC)) / timedelta(microseconds=1))
        settings = connected_to(Settings(_env_file=None, database_url=database), sandbox.url)
        program = build(settings, clock, limits=NONE)
        bot, hook = SocketBot(program), Hook(Journey(program, clock))
        load_example(program, program.register_workspace())
        bot.start(tick=False)
        ask(sandbox, "hook", url=hook.start())
        try:
            yield sandbox, clock
        finally:
            hook.stop()
            bot.stop()


def ask(sandbox: Sandbox | str, path: str, **body: Any) -> dict[str, Any]:
    """Use the control API; a refusal is an answer too."""
    url = sandbox if isinstance(sandbox, str) else sandbox.url
    data = json.dumps(body).encode() if body else None
    request = Request(f"{url}/sandbox/api/{path}", data, {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=60) as answer:
            return dict(json.load(answer))
    except HTTPError as refusal:
        return dict(json.load(refusal))
