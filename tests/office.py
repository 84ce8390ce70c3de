"""An office for tests: the sandbox, the bot in it, a business clock that the test moves."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.request import Request, urlopen

from pydantic import SecretStr

from bot.program import Program, build
from bot.running.over_socket import SocketBot
from bot.scheduling.clock import FixedClock
from bot.settings import Settings
from domain.core import Kind, UnitOfWork
from domain.kinds import KINDS
from domain.kpis.sources.databases import Fetch
from handlers.core import Routes
from handlers.registry import ROUTES
from jobs.registry import Jobs, all_jobs
from sandbox.person import Person
from sandbox.server import Sandbox
from storage.outbox.queue import PATIENT, Patience
from storage.outbox.rates import NONE
from views.cards.looks import Look
from views.looks import LOOKS

TEAM = "T0SANDBOX"


class Office:
    """People by role (`office.clerk`), the records, the clock, the jobs."""

    def __init__(self, sandbox: Sandbox, program: Program, clock: FixedClock) -> None:
        self.sandbox, self.program, self.clock = sandbox, program, clock
        self.lead, self.sponsor = self.person("U0LEAD"), self.person("U0SPONSOR")
        self.clerk, self.sales_head = self.person("U0CLERK"), self.person("U0SALESHEAD")
        self.stock, self.warehouse_head = self.person("U0STOCK"), self.person("U0WAREHEAD")
        self.planner, self.service = self.person("U0PLANNER"), self.person("U0SERVICE")

    @classmethod
    @contextmanager
    def open(
        cls,
        sandbox: Sandbox,
        database: str,
        now: datetime,
        *,
        kinds: tuple[Kind[Any], ...] = KINDS,
        jobs: Callable[[Fetch, int], Jobs] = all_jobs,
        looks: tuple[Look[Any, Any], ...] = LOOKS,
        rooms: tuple[Routes, ...] = ROUTES,
        patience: Patience = PATIENT,
        **others: Any,
    ) -> "Iterator[Office]":
        urlopen(Request(f"{sandbox.url}/sandbox/api/reset", method="POST")).close()
        clock = FixedClock(now)
        settings = Settings(
            _env_file=None,
            slack_bot_token=SecretStr("xoxb-sandbox"),
            slack_app_token=SecretStr("xapp-sandbox"),
            slack_api_url=sandbox.api_url,
            database_url=database,
            **{"gemba_anonymous_wait": 0, **others},
        )
        program = build(
            settings, clock, patience=patience, limits=NONE, kinds=kinds, jobs=jobs, looks=looks, rooms=rooms
        )
        bot = SocketBot(program)
        bot.start(tick=False)
        try:
            yield cls(sandbox, program, clock)
        finally:
            bot.stop()

    def person(self, user_id: str) -> Person:
        return Person(self.sandbox.url, user_id)

    def records(self) -> AbstractContextManager[UnitOfWork]:
        """Read what is stored."""
        return self.program.database.reading(TEAM)

    def store(self) -> AbstractContextManager[UnitOfWork]:
        """Store what a test starts from."""
        return self.program.database.writing(TEAM)

    def travel(self, **ahead: float) -> datetime:
        """Move the business clock forward (`days=1`, `hours=3`), run what is due then, and deliver it."""
        self.clock.travel_to(self.clock.now() + timedelta(**ahead))
        self.tick()
        return self.clock.now()

    def tick(self) -> None:
        """Run what is due now, and wait until it is delivered."""
        self.program.runner.run_due()
        self.settle()

    def settle(self, timeout: float = 30.0) -> None:
        """Wait until everything that was to be said is out."""

        def quiet() -> bool:
            depth = self.program.queue.depth()
            return not any(depth.get(state) for state in ("ready", "sending"))

        self.lead.wait_for(lambda: quiet() or None, timeout)

    def undelivered(self) -> dict[str, int]:
        """Rows of the outbox that failed or are in doubt, by state; empty when all is well."""
        return {state: n for state, n in self.program.queue.depth().items() if state in ("failed", "unsure")}


def texts(messages: list[dict[str, Any]]) -> list[str]:
    return [str(message["text"]) for message in messages]
