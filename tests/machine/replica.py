"""One process of the bot: everything of its own but the database."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

from pydantic import SecretStr
from sqlalchemy import Engine

from bot.database import SCHEMA
from bot.delivery.blocked_destinations import BlockedDestinations
from bot.delivery.rendering import renderer
from bot.delivery.sender import Sender
from bot.delivery.worker import Worker
from bot.inbound.people import People
from bot.kpi_sources.sources import SqlSources
from bot.program import Program
from bot.scheduling.runner import ScheduleRunner
from bot.settings import Settings
from bot.slack.gateway import Gateway
from domain.core import Clock
from jobs.registry import JOBS
from storage.outbox.queue import Queue
from storage.outbox.rates import RateLimits
from storage.unit_of_work import Database
from tests.machine.still_time import StillTime
from views.cards.looks import Looks
from views.looks import LOOKS, OF_NO_KIND

SETTINGS = Settings(_env_file=None, slack_bot_token=SecretStr("xoxb-sandbox"))


class Forgetful(dict[Any, Any]):
    """Keeps nothing. What is remembered for some seconds of real time would make a seed play differently each time."""

    def __setitem__(self, key: Any, value: Any) -> None:
        """Forgotten at once."""


class Replica:
    """Its clock goes `skew` seconds before the others'."""

    def __init__(
        self,
        name: str,
        engine: Engine,
        clock: Clock,
        time: StillTime,
        gateway: Gateway,
        limits: RateLimits,
        skew: float,
    ) -> None:
        def now() -> datetime:
            return time() + timedelta(seconds=skew)

        self.name = name
        self.database = Database(engine, clock, SCHEMA, now)
        self.people = People(self.database, gateway, SETTINGS)
        self.people._remembered = Forgetful()
        self.queue = Queue(engine, SCHEMA.words, name, now, limits=limits, steady=time.steady)
        self.blocked_destinations = BlockedDestinations(self.database)
        self.render = renderer(self.database, self.people, Looks(LOOKS, OF_NO_KIND))
        self.worker = Worker(self.queue, Sender(self.queue, gateway, self.render, self.blocked_destinations), threads=1)
        self.runner = ScheduleRunner(self.database, JOBS, gateway)
        self.database.listeners.append(self.worker.heard)
        taking_part = {"settings": SETTINGS, "database": self.database, "gateway": gateway, "sources": SqlSources()}
        program = SimpleNamespace(**taking_part)
        self.start: Callable[[], str] = partial(Program.register_workspace, cast(Program, program))
