"""Everything that the machine moves: replicas on one database, people, Slack with its faults, two kinds of time."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Any

from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine, event
from structlog.testing import capture_logs

from bot.database import SCHEMA
from bot.scheduling.clock import FixedClock
from domain.commitments.queries import Commitment, commitment
from domain.core import AlreadyHandled, FormErrors, Ref, UnitOfWork, UserError
from domain.destinations.record import BlockedDestination
from domain.people.record import Member
from sandbox.base import BOT_USER, Json
from sandbox.platform import Platform
from sandbox.server import Sandbox
from sandbox.slack import Slack
from storage.outbox.rates import NONE, RateLimits
from storage.unit_of_work import Database
from tests.machine.edges import Crash, Edges
from tests.machine.line import Line, LineGateway
from tests.machine.replica import Replica
from tests.machine.still_time import SlackStamps, StillTime
from tests.machine.town import CHANNELS, SEED, TEAM, WITHOUT_EVENTS, furnish

Act = Callable[[UnitOfWork, Member, datetime], Any]


@dataclass
class Accepted:
    """What people were told is done: how each thing has to stand in the end."""

    requests: set[str] = field(default_factory=set)
    owed: dict[Ref, Commitment] = field(default_factory=dict)
    values: dict[date, Decimal] = field(default_factory=dict)
    by_hand: set[datetime] = field(default_factory=set)  # when an operator ran a job

    def keep(self, owed: Commitment) -> None:
        self.owed[owed.ref] = owed


class World:
    """`http`: a sandbox that runs; without one, its Slack is called without a network between."""

    def __init__(
        self,
        engine: Engine,
        begin: datetime,
        *,
        limits: RateLimits = NONE,
        http: Sandbox | None = None,
        looks: bool = False,
    ) -> None:
        self._limits, self._http, self._engine = limits, http, engine
        self.edges, self.time, self.accepted = Edges(looks=looks), StillTime(), Accepted()
        self.clock, self.began = FixedClock(begin), begin
        self._requests, self._replicas_so_far = count(1), count(1)
        self._last: tuple[str, str, Act] | None = None
        self._closing = ExitStack()
        self.logged: list[Any] = self._closing.enter_context(capture_logs())
        self.slack = self._open_slack()
        self._empty(engine)
        self.records = Database(engine, self.clock, SCHEMA, self.time)
        with self.records.writing(TEAM) as work:
            furnish(work, begin, datetime.now(UTC))
        self.replicas: list[Replica] = []
        self._busy: list[Replica] = []
        self.join()
        self._closing.enter_context(self.edges.watching(engine))

    def close(self) -> None:
        self._closing.close()

    # Replicas

    def join(self, skew: float = 0) -> Replica:
        """Another process starts."""
        while True:
            gateway = LineGateway(self.edges, self.line, self._http.api_url if self._http else "http://sandbox/api/")
            name = f"replica {next(self._replicas_so_far)}"
            replica = Replica(name, self._engine, self.clock, self.time, gateway, self._limits, skew)
            self.replicas.append(replica)
            try:
                replica.start()
            except (Crash, SlackApiError, OSError):
                self.replicas.remove(replica)  # whoever runs it starts it again
            else:
                return replica

    def leave(self, which: int) -> None:
        """One is stopped in order; somebody else goes on."""
        replica = self.pick(which)
        self._or_fall(replica, replica.worker.stop)
        self._fell(replica)

    def crash(self, which: int) -> None:
        """One is gone, between two things that it does."""
        self._fell(self.pick(which))

    def pick(self, which: int) -> Replica:
        return self.replicas[which % len(self.replicas)]

    # What replicas do

    def deliver(self, which: int, most: int = 1_000) -> int:
        """One carries out so many rows of the outbox; returns how many there were."""
        replica, done = self.pick(which), 0
        while done < most and (more := self._or_fall(replica, partial(replica.worker.deliver, min(3, most - done)))):
            done += more
        return done

    def deliver_beside(self) -> None:
        """Another thread of the process that is busy just now delivers as well."""
        for replica in self._busy[-1:]:
            self._or_fall(replica, replica.worker.drain)

    def tick(self, which: int) -> None:
        replica = self.pick(which)
        self._or_fall(replica, replica.runner.run_due)

    def run_by_hand(self, which: int, job: str) -> None:
        """An operator runs a job for the local day, be it due or not."""
        replica, now = self.pick(which), self.clock.now()
        self.accepted.by_hand.add(now)
        self._or_fall(replica, lambda: replica.runner.run_by_hand(job, now))

    # What people do

    def act(self, which: int, person: str, act: Act) -> Any:
        """Somebody presses something, and Slack sends it again until it is answered. None when it was refused."""
        once, result = f"request {next(self._requests)}", None
        self._last = once, person, act
        while True:
            replica = self.pick(which)
            try:
                with replica.database.writing(TEAM, once=once) as work:
                    member = work.of(Member).one(user_id=person)
                    assert member is not None
                    result = act(work, member, self.clock.now())
            except AlreadyHandled:
                break  # by the one that died before it could say so
            except (UserError, FormErrors):
                self._last = None  # it left no trace
                return None
            except Crash:
                self._fell(replica)
            else:
                break
        self.accepted.requests.add(once)
        return result

    def again(self, which: int) -> None:
        """The last request that was carried out is delivered once more."""
        if self._last is None:
            return
        once, person, act = self._last
        replica = self.pick(which)
        try:
            with replica.database.writing(TEAM, once=once) as work:
                act(work, work.of(Member).find(user_id=person)[0], self.clock.now())
        except AlreadyHandled:
            return
        raise AssertionError(f"{once} was carried out twice")

    def change(self, which: int, person: str, owed: Commitment, act: Act) -> Commitment | None:
        """Somebody changes something that is owed."""

        def changed(work: UnitOfWork, member: Member, now: datetime) -> Commitment:
            act(work, member, now)
            return commitment(work, owed.ref)

        result: Commitment | None = self.act(which, person, changed)
        if result is not None:
            self.accepted.keep(result)
        return result

    # Slack, and time

    def fail(self, rules: list[Json], seed: int = 0, late_by: float = 5) -> None:
        """Let the next calls go wrong."""
        if self.line is not None:
            self.line.late_by = late_by
        self.platform.faults.start(rules, seed)

    def throw_out(self, channel: str) -> None:
        members = self.slack.workspace.channels[channel]["members"]
        if BOT_USER in members:
            members.remove(BOT_USER)

    def invite(self, channel: str) -> None:
        """The bot is in the channel again, and hears of it."""
        members = self.slack.workspace.channels[channel]["members"]
        if BOT_USER not in members:
            members.append(BOT_USER)
        self._resume(channel)

    def mend(self) -> None:
        """People see to everything that keeps Slack from taking messages."""
        for channel in CHANNELS:
            self.invite(channel)
        self._resume(*(one.target for one in self.blocked()))

    def blocked(self) -> list[BlockedDestination]:
        """What Slack blocks, as the bot knows it."""
        with self.edges.unwatched(), self.records.reading(TEAM) as work:
            return work.of(BlockedDestination).find(held=True, mended_at=None)

    def pass_(self, seconds: float) -> None:
        """Machine time passes; what was on its way arrives."""
        self.time.pass_(seconds)
        if self.line is not None:
            self.line.land()

    def travel(self, ahead: timedelta) -> None:
        self.clock.travel_to(self.clock.now() + ahead)

    # Behind the scenes

    def _resume(self, *targets: str) -> None:
        replica = self.pick(0)
        self._or_fall(replica, lambda: replica.blocked_destinations.resume(TEAM, *targets))

    def _or_fall(self, replica: Replica, do: Callable[[], Any]) -> Any:
        self._busy.append(replica)
        try:
            return do()
        except Crash:
            self._fell(replica)
            return None
        finally:
            self._busy.pop()

    def _fell(self, replica: Replica) -> None:
        if replica in self.replicas:
            self.replicas.remove(replica)
        self._keep_one()

    def _keep_one(self) -> None:
        if not self.replicas:
            self.join()

    def _open_slack(self) -> Slack:
        self.line: Line | None = None
        self.platform = self._http.platform if self._http else Platform("http://sandbox", SEED, WITHOUT_EVENTS)
        if self._http is not None:
            self.platform.reset()
            self._http.slack.workspace.stamps = SlackStamps(self.time)
            return self._http.slack
        self.line = Line(self.platform, self.time)
        self._closing.callback(self.line.close)
        return self.platform.home

    def _empty(self, engine: Engine) -> None:
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _without_sync)
        with engine.begin() as connection:
            for name in SCHEMA.metadata.tables:
                connection.exec_driver_sql(f"DELETE FROM {name}")


def _without_sync(connection: Any, _record: Any) -> None:
    """A process dies here, no power is cut: the system keeps what was written."""
    connection.execute("PRAGMA synchronous=OFF")


def without_ladder(owed: Commitment) -> Commitment:
    """As a person left it: who was told that it is overdue is time's business."""
    return replace(owed, escalated=())
