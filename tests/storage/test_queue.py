"""Taking rows out of the outbox: whose turn it is, one at a time, also among processes and after crashes."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, update

from bot.database import SCHEMA
from domain.cards.messages import Card, Note
from domain.commitments.messages import Escalation
from domain.core import Outbox, Ref, Urgency
from domain.weekly_sync.messages import WeeklySync
from storage.outbox import outcomes
from storage.outbox.queue import LEASE, UNSURE_WAIT, Queue
from storage.outbox.rates import NONE, RateLimit, RateLimits
from storage.tables import outbox
from storage.unit_of_work import Database
from tests.machine_time import MachineTime

TEAM = "T1"
DAY = date(2026, 11, 23)


@pytest.fixture
def time() -> MachineTime:
    return MachineTime()


@pytest.fixture
def queue(database: Database, time: MachineTime) -> Queue:
    return Queue(database.engine, SCHEMA.words, owner="one", now=time, limits=NONE, steady=time.steady)


def card(box: Outbox, number: int, to: str = "C1") -> None:
    box.say(Card(Ref("issue", number)), to=to, once=f"issue:{number}:card")


def note(box: Outbox, number: int) -> None:
    box.say(Note(Ref("issue", number), 5), to="", once=f"issue:{number}:note", reply_to=f"issue:{number}:card")


def next_key(queue: Queue) -> str | None:
    """Claim, send and name the next one."""
    delivery = queue.claim()
    if delivery is None:
        return None
    queue.settle(delivery, outcomes.sent("C1", "100.1"))
    return delivery.key


def everything(queue: Queue) -> list[str]:
    keys = []
    while key := next_key(queue):
        keys.append(key)
    return keys


def test_an_empty_outbox_has_nothing(queue: Queue) -> None:
    assert queue.claim() is None and queue.depth() == {}


def test_a_lane_keeps_its_order(database: Database, queue: Queue) -> None:
    for number in (3, 1, 2):
        with database.writing(TEAM) as work:
            card(work.outbox, number)
    assert everything(queue) == ["issue:3:card", "issue:1:card", "issue:2:card"]


def test_one_of_a_lane_is_in_flight_while_other_lanes_go_on(database: Database, queue: Queue) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1, to="C1")
        card(work.outbox, 2, to="C1")
        card(work.outbox, 3, to="C2")
    first, other = queue.claim(), queue.claim()
    assert first is not None and other is not None
    assert (first.key, other.key) == ("issue:1:card", "issue:3:card")
    assert queue.claim() is None
    queue.settle(first, outcomes.sent("C1", "100.1"))
    assert next_key(queue) == "issue:2:card"


def test_lanes_of_two_workspaces_have_nothing_to_do_with_each_other(database: Database, queue: Queue) -> None:
    for team in (TEAM, "T2"):
        with database.writing(team) as work:
            card(work.outbox, 1)
    taken = [queue.claim(), queue.claim()]
    assert [one.team_id for one in taken if one] == [TEAM, "T2"]


def test_what_is_urgent_goes_first(database: Database, queue: Queue) -> None:
    with database.writing(TEAM) as work:
        work.outbox.say(WeeklySync("C1", DAY), to="C1", once="digest")
        work.outbox.say(Card(Ref("alert", 1)), to="C2", once="alert", urgency=Urgency.ALERT)
        work.outbox.say(Escalation("U1", DAY), to="U1", once="escalation")
        work.outbox.say(Card(Ref("issue", 1)), to="C3", once="reply")
    assert everything(queue) == ["reply", "escalation", "alert", "digest"]


def test_but_not_past_what_came_before_it_in_its_lane(database: Database, queue: Queue) -> None:
    with database.writing(TEAM) as work:
        work.outbox.say(WeeklySync("C1", DAY), to="C1", once="digest")
        work.outbox.say(Card(Ref("issue", 1)), to="C1", once="reply")
    assert everything(queue) == ["digest", "reply"]


def test_a_reply_waits_for_its_parent_and_finds_it(database: Database, queue: Queue, time: MachineTime) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
        note(work.outbox, 1)
    parent = queue.claim()
    assert parent is not None and queue.claim() is None
    queue.settle(parent, outcomes.doubt("time-out"))
    assert queue.claim() is None
    time.pass_(seconds=31)
    found = queue.claim()
    assert found is not None and found.unsure
    queue.settle(found, outcomes.sent("C1", "100.5"))
    reply = queue.claim()
    assert reply is not None and reply.in_thread
    assert queue.place_of(TEAM, reply.waits_for) == ("C1", "100.5")


@pytest.mark.parametrize("ending", ["failed", "skipped"])
def test_what_waits_for_a_message_that_is_given_up_goes_on(database: Database, queue: Queue, ending: str) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
        work.outbox.whisper(Card(Ref("issue", 1)), to="U1", channel="C1", once="filed", after="issue:1:card")
    parent = queue.claim()
    assert parent is not None
    queue.settle(parent, getattr(outcomes, ending)("why"))
    assert queue.place_of(TEAM, parent.key) is None
    assert next_key(queue) == "filed"


def test_a_row_that_failed_does_not_block_its_lane(database: Database, queue: Queue) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
        card(work.outbox, 2)
    poison = queue.claim()
    assert poison is not None
    queue.settle(poison, outcomes.failed("invalid_blocks"))
    assert everything(queue) == ["issue:2:card"]
    assert queue.depth() == {"failed": 1, "sent": 1}


def test_what_slack_put_off_comes_again_after_its_time_and_holds_its_lane(
    database: Database, queue: Queue, time: MachineTime
) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
        card(work.outbox, 2)
    refused = queue.claim()
    assert refused is not None
    queue.settle(refused, outcomes.again(timedelta(seconds=30), "ratelimited"))
    assert queue.claim() is None
    time.pass_(seconds=31)
    again = queue.claim()
    assert again is not None and (again.key, again.attempts, again.unsure) == ("issue:1:card", 2, False)


def test_what_is_in_doubt_comes_again_as_unsure(database: Database, queue: Queue, time: MachineTime) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
    sent = queue.claim()
    assert sent is not None
    queue.settle(sent, outcomes.doubt("TimeoutError"))
    time.pass_(seconds=UNSURE_WAIT.total_seconds() - 2)
    assert queue.claim() is None
    time.pass_(seconds=3)
    again = queue.claim()
    assert again is not None and again.unsure


def test_what_was_in_doubt_and_is_put_off_stays_in_doubt(database: Database, queue: Queue, time: MachineTime) -> None:
    """Slack may refuse to look it up for now; were it ready then, it would be posted a second time."""
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
    sent = queue.claim()
    assert sent is not None
    queue.settle(sent, outcomes.doubt("TimeoutError"))
    time.pass_(seconds=60)
    looked_up = queue.claim()
    assert looked_up is not None
    queue.settle(looked_up, outcomes.again(timedelta(seconds=1), "ratelimited"))
    time.pass_(seconds=60)
    again = queue.claim()
    assert again is not None and again.unsure


def test_the_row_of_a_process_that_died_while_sending_is_unsure(
    database: Database, queue: Queue, time: MachineTime
) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
        card(work.outbox, 2)
    assert queue.claim() is not None
    other = Queue(database.engine, SCHEMA.words, owner="two", now=time, limits=NONE)
    time.pass_(seconds=LEASE.total_seconds() - 2)
    assert other.claim() is None, "it may still be at work"
    time.pass_(seconds=3)
    taken = other.claim()
    assert taken is not None and (taken.key, taken.unsure, taken.attempts) == ("issue:1:card", True, 2)


def test_who_lost_the_lease_has_no_say_any_more(database: Database, queue: Queue, time: MachineTime) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
    late = queue.claim()
    time.pass_(seconds=LEASE.total_seconds() + 1)
    other = Queue(database.engine, SCHEMA.words, owner="two", now=time, limits=NONE)
    taken = other.claim()
    assert late is not None and taken is not None
    queue.settle(late, outcomes.failed("too late"))
    assert queue.depth() == {"sending": 1}
    other.settle(taken, outcomes.sent("C1", "100.1"))
    assert queue.depth() == {"sent": 1}


def test_nor_has_another_thread_of_the_same_process(database: Database, queue: Queue, time: MachineTime) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
    hung = queue.claim()
    time.pass_(seconds=LEASE.total_seconds() + 1)
    taken = queue.claim()
    assert hung is not None and taken is not None
    queue.settle(hung, outcomes.failed("too late"))
    assert queue.depth() == {"sending": 1}
    queue.settle(taken, outcomes.sent("C1", "100.1"))
    queue.settle(hung, outcomes.doubt("later still"))
    assert queue.depth() == {"sent": 1}


def test_what_is_put_off_through_no_fault_of_its_own_has_had_no_attempt(
    database: Database, queue: Queue, time: MachineTime
) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
    for _ in range(3):
        refused = queue.claim()
        assert refused is not None and refused.attempts == 1
        queue.settle(refused, outcomes.again(timedelta(seconds=1), "ratelimited", counts=False))
        time.pass_(seconds=2)


def test_a_row_that_cannot_be_read_does_not_hold_up_its_lane(database: Database, queue: Queue) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
        card(work.outbox, 2)
    with database.engine.begin() as connection:
        broken = update(outbox).where(outbox.c.key == "issue:1:card").values(about={"issue_id": "twelve"})
        connection.execute(broken)
    assert everything(queue) == ["issue:2:card"] and queue.depth() == {"failed": 1, "sent": 1}


def test_a_message_of_a_newer_version_is_left_to_it_and_holds_nobody_up(
    database: Database, queue: Queue, time: MachineTime
) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
        card(work.outbox, 2)
        note(work.outbox, 1)
    of_the_card = update(outbox).where(outbox.c.key == "issue:1:card")
    with database.engine.begin() as connection:
        connection.execute(of_the_card.values(kind="MadeUpName"))
    for _ in range(3):
        assert everything(queue) in (["issue:2:card"], []), "what waits for it waits on"
        time.pass_(minutes=2)
    with database.engine.connect() as connection:
        left = connection.execute(select(outbox).where(outbox.c.key == "issue:1:card")).one()
    assert (left.state, left.attempts, left.error) == ("ready", 0, "of another version")
    with database.engine.begin() as connection:
        connection.execute(of_the_card.values(kind="IssueCard"))  # as the newer one would read it
    assert everything(queue) == ["issue:1:card", "issue:1:note"] and queue.depth() == {"sent": 3}


def test_no_two_workers_get_the_same_row_and_no_lane_is_out_of_order(database: Database, time: MachineTime) -> None:
    lanes, each, workers = 6, 8, 4
    with database.writing(TEAM) as work:
        for number in range(lanes * each):
            card(work.outbox, number, to=f"C{number % lanes}")
    together, taken = Barrier(workers), []

    def deliver(worker: int) -> None:
        own = Queue(database.engine, SCHEMA.words, owner=f"worker {worker}", now=time, limits=NONE)
        together.wait()
        while own.depth().get("ready"):
            delivery = own.claim()
            while delivery is not None:
                taken.append(delivery)
                delivery = own.settle_and_claim(delivery, outcomes.sent(delivery.target, "100.1"))

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(deliver, range(workers)))
    assert Counter(one.id for one in taken) == {one.id: 1 for one in taken} and len(taken) == lanes * each
    for lane in range(lanes):
        ids = [one.id for one in taken if one.target == f"C{lane}"]
        assert ids == sorted(ids)


def test_what_was_settled_is_noted(database: Database, queue: Queue) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
    delivery = queue.claim()
    assert delivery is not None
    queue.settle(delivery, outcomes.sent("C1", "100.1"))
    with database.engine.connect() as connection:
        row = connection.execute(select(outbox)).one()
    assert (row.state, row.channel_id, row.ts, row.lease_until, row.attempts) == ("sent", "C1", "100.1", None, 1)
    assert row.settled_at is not None


def test_the_next_one_may_be_what_waited_for_the_one_before(database: Database, queue: Queue) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
        note(work.outbox, 1)
    parent = queue.claim()
    assert parent is not None
    reply = queue.settle_and_claim(parent, outcomes.sent("C1", "100.1"))
    assert reply is not None and (reply.key, queue.place_of(TEAM, parent.key)) == ("issue:1:note", ("C1", "100.1"))
    assert queue.settle_and_claim(reply, outcomes.doubt("TimeoutError")) is None
    assert queue.depth() == {"sent": 1, "unsure": 1}


def test_a_row_whose_own_turn_comes_again_at_once_is_held_again(
    database: Database, queue: Queue, time: MachineTime
) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
    first = queue.claim()
    assert first is not None
    again = queue.settle_and_claim(first, outcomes.again(timedelta(0), "ratelimited", counts=False))
    assert again is not None and again.id == first.id
    time.set_clock(hours=1)
    assert queue.claim() is None, "this process is sending it"


def test_one_is_settled_though_another_replica_has_used_the_rate_of_the_next_one_up(
    database: Database, time: MachineTime
) -> None:
    class Overtaking(RateLimits):
        """Takes from a bucket that is not looked at before."""

        def of(self, action: str, target: str) -> list[tuple[str, RateLimit]]:
            return [("overtaken", RateLimit(60))]

    queue = Queue(database.engine, SCHEMA.words, "one", time, limits=Overtaking({}, RateLimit(0)), steady=time.steady)
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
        card(work.outbox, 2, to="C2")
    first = queue.claim()
    assert first is not None and queue.settle_and_claim(first, outcomes.sent("C1", "100.1")) is None
    assert queue.depth() == {"sent": 1, "ready": 1}


def test_while_it_sends_a_clock_set_forward_does_not_make_it_doubt(
    database: Database, queue: Queue, time: MachineTime
) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
    sending = queue.claim()
    time.set_clock(hours=1)
    assert sending is not None and queue.claim() is None, "it holds the row, and knows that no time has passed"
    queue.settle(sending, outcomes.sent("C1", "100.1"))
    assert queue.depth() == {"sent": 1}


def test_a_clock_set_back_does_not_keep_a_dead_process_s_rows(database: Database, time: MachineTime) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
    dead = Queue(database.engine, SCHEMA.words, "dead", now=time, limits=NONE)
    assert dead.claim() is not None
    time.set_clock(hours=-3)
    other = Queue(database.engine, SCHEMA.words, "two", now=time, limits=NONE)
    taken = other.claim()
    assert taken is not None and taken.unsure


def test_who_stops_gives_back_what_it_has_not_come_to_the_end_of(
    database: Database, queue: Queue, time: MachineTime
) -> None:
    with database.writing(TEAM) as work:
        card(work.outbox, 1)
        card(work.outbox, 2, to="C2")
    hanging = queue.claim()
    other = Queue(database.engine, SCHEMA.words, owner="two", now=time, limits=NONE)
    theirs = other.claim()
    assert hanging is not None and theirs is not None
    queue.release()
    assert queue.depth() == {"unsure": 1, "sending": 1}, "its own, not another's"
    time.pass_(seconds=UNSURE_WAIT.total_seconds() + 1)
    taken = other.claim()
    assert taken is not None and (taken.key, taken.unsure) == ("issue:1:card", True)
    queue.settle(hanging, outcomes.sent("C1", "100.1"))
    assert queue.depth() == {"sending": 2}, "it has no say any more"
