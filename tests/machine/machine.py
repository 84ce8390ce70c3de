"""The machine: what people, time, Slack and operators can do, in any order, with a promise that holds throughout."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import Engine

from bot.database import SCHEMA
from domain.commitments.actions import (
    MONDAY,
    TOMORROW,
    finish as finish_commitment,
    postpone as postpone_commitment,
    snooze as snooze_commitment,
)
from domain.commitments.queries import Commitment, commitment_of
from domain.destinations import actions as blocked_destinations
from domain.issues import actions as issues
from domain.issues.form import IssueForm, Source
from domain.kpis.record import Kpi
from domain.kpis.values import actions as kpi_values
from domain.people.routing import today_of
from domain.tasks import actions as tasks
from domain.tasks.form import TaskForm
from sandbox.server import Sandbox
from storage.outbox.queue import LEASE
from storage.outbox.rates import NONE, SLACKS
from tests.machine import promises
from tests.machine.edges import LOOK, Crash
from tests.machine.town import ADMIN, CHANNELS, KEEPER, PEOPLE
from tests.machine.world import World

BEGINNINGS = [
    datetime(2026, 3, 7, 12, tzinfo=UTC),  # the night before clocks go forward in America (Havana: at midnight)
    datetime(2026, 3, 28, 12, tzinfo=UTC),  # … in Europe
    datetime(2026, 4, 4, 10, tzinfo=UTC),  # … back by half an hour on Lord Howe
    datetime(2026, 10, 3, 10, tzinfo=UTC),  # … and forward
    datetime(2026, 10, 24, 12, tzinfo=UTC),  # … back in Europe
    datetime(2026, 10, 31, 12, tzinfo=UTC),  # … back in America
    datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
]
SPANS = [
    timedelta(minutes=1),
    timedelta(minutes=31),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=9),
]
SOMEBODY = st.sampled_from(sorted(PEOPLE))
WHICH = st.integers(0, 3)
FAULTS = ["429", "500", "503", "500_after", "drop_before", "drop_after", "timeout", "late", "refuse"]
CALLS = ["chat.postMessage", "chat.update", "chat.postEphemeral", "conversations.history", "conversations.replies"]
ANYWHERE = (LOOK, "after a commit", *(f"{side} {call}" for call in CALLS for side in ("before", "after")))
AT_A_CALL = tuple(edge for edge in ANYWHERE if "." in edge or edge == LOOK)
BETWEEN = {
    "deliver": ANYWHERE,
    "tick": ANYWHERE,
    "tick by hand": ANYWHERE,
    "pause": ANYWHERE,
    "long pause": ("after chat.postMessage", "after chat.update"),  # before a post nobody could help it
    "clock": ANYWHERE,
    "file": AT_A_CALL,
    "finish": AT_A_CALL,
}
"""What can come between, and at which edges: before a commit the database is locked."""
REFUSALS = [
    "internal_error",
    "fatal_error",
    "service_unavailable",  # part of it may have happened
    "token_revoked",
    "missing_scope",
    "restricted_action",
    "ratelimited",
]


class Machine(RuleBasedStateMachine):
    """`engine`: of a database with today's tables; `http`: a sandbox that runs."""

    def __init__(self, engine: Engine, http: Sandbox | None = None) -> None:
        super().__init__()
        self._engine, self._http = engine, http
        self._world: World | None = None
        self._titles = 0

    @initialize(begin=st.sampled_from(BEGINNINGS), paced=st.booleans())
    def open(self, begin: datetime, paced: bool) -> None:
        self._world = World(self._engine, begin, limits=SLACKS if paced else NONE, http=self._http, looks=True)

    @property
    def world(self) -> World:
        assert self._world is not None
        return self._world

    # People

    @rule(which=WHICH, person=SOMEBODY, channel=st.sampled_from(CHANNELS))
    def file(self, which: int, person: str, channel: str) -> None:
        form = IssueForm(title=self._title())
        filed = self.world.act(
            which,
            person,
            lambda work, member, now: issues.file_issue(work, member, form, Source(channel=channel), now=now),
        )
        taken = self.world.act(
            which, person, lambda work, member, now: issues.take_over(work, member, filed.id, filed.owner, now=now)
        )
        self.world.accepted.keep(commitment_of(SCHEMA, taken))

    @rule(which=WHICH, person=SOMEBODY, owner=SOMEBODY, channel=st.sampled_from(CHANNELS))
    def add_task(self, which: int, person: str, owner: str, channel: str) -> None:
        form = TaskForm(title=self._title(), owner=owner)
        added = self.world.act(
            which, person, lambda work, member, now: tasks.add_task(work, member, form, channel, now=now)
        )
        self.world.accepted.keep(commitment_of(SCHEMA, added))

    def something_owed(self) -> bool:
        return bool(self.world.accepted.owed)

    @precondition(something_owed)
    @rule(which=WHICH, pick=st.integers(0, 50))
    def finish(self, which: int, pick: int) -> None:
        owed = self._pick(pick)
        self.world.change(
            which,
            owed.owner,
            owed,
            lambda work, member, now: finish_commitment(work, member, owed.ref, now=now),
        )

    @precondition(something_owed)
    @rule(which=WHICH, pick=st.integers(0, 50))
    def reopen(self, which: int, pick: int) -> None:
        owed = self._pick(pick)
        if owed.ref.kind == "issue":
            self.world.change(
                which,
                owed.owner,
                owed,
                lambda work, member, now: issues.reopen(work, member, owed.ref.id, now=now),
            )

    @precondition(something_owed)
    @rule(which=WHICH, pick=st.integers(0, 50), until=st.sampled_from([TOMORROW, MONDAY]))
    def snooze(self, which: int, pick: int, until: str) -> None:
        owed = self._pick(pick)
        self.world.change(
            which,
            owed.owner,
            owed,
            lambda work, member, now: snooze_commitment(work, member, owed.ref, until, now=now),
        )

    @precondition(something_owed)
    @rule(which=WHICH, pick=st.integers(0, 50), days=st.integers(0, 4))
    def move(self, which: int, pick: int, days: int) -> None:
        owed = self._pick(pick)
        self.world.change(
            which,
            owed.owner,
            owed,
            lambda work, member, now: postpone_commitment(
                work,
                member,
                owed.ref,
                today_of(member, work.workspace, now) + timedelta(days=days),
                reason="later",
                now=now,
            ),
        )

    @precondition(something_owed)
    @rule(which=WHICH, pick=st.integers(0, 50), owner=SOMEBODY)
    def hand_over(self, which: int, pick: int, owner: str) -> None:
        owed = self._pick(pick)
        if owed.ref.kind == "issue":
            self.world.change(
                which,
                owed.owner,
                owed,
                lambda work, member, now: issues.hand_over(work, member, owed.ref.id, owner, now=now),
            )

    @rule(which=WHICH, value=st.sampled_from([Decimal("2"), Decimal("3"), Decimal("3.4"), Decimal("5")]))
    def measure(self, which: int, value: Decimal) -> None:
        reading = self.world.act(
            which,
            KEEPER,
            lambda work, member, now: kpi_values.record_value(
                work, member, work.of(Kpi).find()[0].id, value, today_of(member, work.workspace, now), now=now
            ),
        )
        self.world.accepted.values[reading.period] = value

    @rule(which=WHICH)
    def slack_sends_it_again(self, which: int) -> None:
        self.world.again(which)

    # The bot

    @rule(which=WHICH, most=st.sampled_from([1, 2, 5, 1_000]))
    def deliver(self, which: int, most: int) -> None:
        self.world.deliver(which, most)
        promises.said_once(self.world)

    @rule(which=WHICH)
    def tick(self, which: int) -> None:
        self.world.tick(which)

    @rule(which=WHICH, job=st.sampled_from(["overdue-reminders", "weekly-sync"]))
    def run_by_hand(self, which: int, job: str) -> None:
        self.world.run_by_hand(which, job)

    @precondition(lambda self: len(self.world.replicas) < 4)
    @rule(skew=st.sampled_from([0.0, -2.0, 2.0]))
    def a_replica_joins(self, skew: float) -> None:
        self.world.join(skew)

    @rule(which=WHICH)
    def a_replica_leaves(self, which: int) -> None:
        self.world.leave(which)

    @rule(which=WHICH)
    def a_replica_crashes(self, which: int) -> None:
        self.world.crash(which)

    @rule(ahead=st.integers(0, 20))
    def a_crash_is_ahead(self, ahead: int) -> None:
        def crash(edge: str) -> None:
            if edge == LOOK:  # leaves nothing behind, so it is the same as a crash at the next one
                self.world.edges.plan(0, crash)
            else:
                raise Crash(edge)

        self.world.edges.plan(ahead, crash)

    @rule(ahead=st.integers(0, 20), which=WHICH, what=st.sampled_from(list(BETWEEN)))
    def something_comes_between(self, ahead: int, which: int, what: str) -> None:
        """Another replica, or a person, does something just then."""
        doing: dict[str, Callable[[], None]] = {
            "deliver": lambda: self.deliver(which, 5),
            "tick": lambda: self.tick(which),
            "tick by hand": lambda: self.world.run_by_hand(which, "overdue-reminders"),
            "pause": lambda: self._pause(which, 20),
            "long pause": lambda: self._pause(which, LEASE.total_seconds() + 5),
            "clock": self._jump,
            "file": lambda: self.file(which, ADMIN, CHANNELS[0]),
            "finish": lambda: self.finish(which, which) if self.something_owed() else None,
        }

        def meanwhile(edge: str) -> None:
            if edge in BETWEEN[what]:
                doing[what]()

        self.world.edges.plan(ahead, meanwhile)

    # Slack

    @rule(
        kind=st.sampled_from(FAULTS),
        where=st.sampled_from(CALLS),
        times=st.integers(1, 3),
        delay=st.integers(1, 40),
        late_by=st.floats(0.5, 25),
        error=st.sampled_from(REFUSALS),
    )
    def slack_fails(self, kind: str, where: str, times: int, delay: int, late_by: float, error: str) -> None:
        fault = {"kind": kind, "where": where, "times": times, "error": error, "hold": self._hold()}
        self.world.fail([fault | ({"delay": delay} if kind == "429" else {})], late_by=late_by)

    @rule(channel=st.sampled_from(CHANNELS))
    def the_bot_is_thrown_out(self, channel: str) -> None:
        self.world.throw_out(channel)

    @rule(channel=st.sampled_from(CHANNELS))
    def the_bot_is_invited(self, channel: str) -> None:
        self.world.invite(channel)

    @rule(which=WHICH)
    def try_again(self, which: int) -> None:
        for destination in self.world.blocked():
            self.world.act(
                which,
                ADMIN,
                lambda work, member, now, one=destination: blocked_destinations.try_again(
                    work, member, one.id, now=now
                ),
            )

    # Time

    @rule(ahead=st.sampled_from(SPANS))
    def travel(self, ahead: timedelta) -> None:
        self.world.travel(ahead)

    @rule(seconds=st.sampled_from([1, 11, 31, 61, 301, 3_600, 90_000]))
    def pass_(self, seconds: int) -> None:
        self.world.pass_(seconds)
        promises.said_once(self.world)

    @rule(seconds=st.sampled_from([-50, -5, 5, 50]))
    def set_clock(self, seconds: int) -> None:
        self.world.time.set_clock(seconds)

    def teardown(self) -> None:
        """Let it come to rest, and look at everything; not where a step has failed, or was given up."""
        if self._world is None:
            return
        try:
            if sys.exc_info()[1] is None:
                promises.settle(self._world)
                promises.check(self._world)
        finally:
            self._world.close()

    def _title(self) -> str:
        self._titles += 1
        return f"Thing {self._titles}"

    def _pick(self, number: int) -> Commitment:
        owed = list(self.world.accepted.owed.values())
        return owed[number % len(owed)]

    def _pause(self, which: int, seconds: float) -> None:
        """The process stands still for a while; another goes on."""
        self.world.pass_(seconds)
        self.deliver(which, 5)

    def _jump(self) -> None:
        """The clock is set forward by more than a lease, while the process sends; another of its threads looks."""
        self.world.time.set_clock(LEASE.total_seconds() + 5)
        self.world.deliver_beside()

    def _hold(self) -> float:
        """Seconds after which a client that waits in vain is let go, where it waits in earnest."""
        return 60.0 if self._http is None else 0.02
