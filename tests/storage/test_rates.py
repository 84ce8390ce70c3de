"""How fast messages go out: what Slack allows, by all replicas together, the urgent first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest

from bot.database import SCHEMA
from domain.cards.messages import Card
from domain.commitments.messages import Digest, Escalation
from domain.core import Ref, Urgency
from storage.outbox import outcomes, rates
from storage.outbox.queue import Queue
from storage.outbox.rates import CHANNEL, SLACKS, WORKSPACE, RateLimit, RateLimits
from storage.unit_of_work import Database
from tests.machine_time import MachineTime

TEAM = "T1"
DAY = date(2026, 11, 23)


class StandingTime(MachineTime):
    """Stands still but for what the test lets pass."""

    def __init__(self) -> None:
        super().__init__()
        self._start = super().__call__() + timedelta(minutes=1)  # after what the test writes

    def __call__(self) -> datetime:
        return self._start + self._ahead + self._set


@pytest.fixture
def time() -> StandingTime:
    return StandingTime()


@pytest.fixture
def queue(database: Database, time: StandingTime) -> Queue:
    return Queue(database.engine, SCHEMA.words, "one", time)


def cards(database: Database, *channels: str) -> None:
    with database.writing(TEAM) as work:
        for number, channel in enumerate(channels):
            work.outbox.say(Card(Ref("issue", number)), to=channel, once=f"{channel} {number}")


def sent(queue: Queue) -> list[str]:
    """Send what may go now, and name it."""
    keys = []
    while (delivery := queue.claim()) is not None:
        queue.settle(delivery, outcomes.sent(delivery.target, "100.1"))
        keys.append(delivery.key)
    return keys


def test_three_at_once_into_a_channel_then_one_a_second(database: Database, queue: Queue, time: StandingTime) -> None:
    cards(database, *["C1"] * 6)
    assert len(sent(queue)) == 3 and queue.next_turn() == pytest.approx(1, abs=0.01)
    for _ in range(3):
        time.pass_(seconds=0.9)
        assert sent(queue) == []
        time.pass_(seconds=0.11)
        assert len(sent(queue)) == 1


def test_after_a_rest_three_again_and_never_more(database: Database, queue: Queue, time: StandingTime) -> None:
    cards(database, *["C1"] * 9)
    sent(queue)
    time.pass_(seconds=3_000)
    assert len(sent(queue)) == 3


def test_another_channel_does_not_wait(database: Database, queue: Queue) -> None:
    cards(database, "C1", "C1", "C1", "C1", "C2")
    assert [key[:2] for key in sent(queue)] == ["C1", "C1", "C1", "C2"]


def test_a_workspace_says_several_hundred_a_minute(database: Database, queue: Queue, time: StandingTime) -> None:
    cards(database, *(f"C{number}" for number in range(400)))
    went = len(sent(queue))
    for _ in range(60 * 5):
        time.pass_(seconds=0.2)
        went += len(sent(queue))
    assert 290 <= went <= 320


def test_what_slack_asks_to_wait_for_holds_every_replica(database: Database, queue: Queue, time: StandingTime) -> None:
    cards(database, "C1", "C2")
    other = Queue(database.engine, SCHEMA.words, "two", time)
    refused = queue.claim()
    assert refused is not None
    queue.settle(refused, outcomes.limited(30))
    assert other.claim() is None and queue.claim() is None
    assert other.next_turn() == pytest.approx(30, abs=0.01)
    time.pass_(seconds=29)
    assert other.claim() is None
    time.pass_(seconds=2)
    assert len(sent(other)) == 2


def test_and_not_its_updates_which_slack_counts_apart(database: Database, queue: Queue) -> None:
    cards(database, "C1")
    sent(queue)
    cards_again = ("C2",)
    with database.writing(TEAM) as work:
        work.outbox.refresh("C1 0")
        work.outbox.say(Card(Ref("issue", 7)), to=cards_again[0], once="another")
    update = queue.claim()
    assert update is not None and update.action == "update"
    queue.settle(update, outcomes.limited(30))
    assert sent(queue) == ["another"]


def test_nor_another_workspace(database: Database, queue: Queue) -> None:
    cards(database, "C1")
    with database.writing("T2") as work:
        work.outbox.say(Card(Ref("issue", 1)), to="C1", once="theirs")
    refused = queue.claim()
    assert refused is not None
    queue.settle(refused, outcomes.limited(30))
    assert sent(queue) == ["theirs"]


def test_a_thousand_digests_delay_no_alert(database: Database, queue: Queue, time: StandingTime) -> None:
    with database.writing(TEAM) as work:
        for number in range(1_000):
            work.outbox.say(Digest(f"U{number}", DAY), to=f"U{number}", once=f"digest {number}")
    assert len(sent(queue)) == WORKSPACE["post"].burst
    with database.writing(TEAM) as work:
        work.outbox.say(Card(Ref("alert", 1)), to="C1", once="alert", urgency=Urgency.ALERT)
        work.outbox.say(Escalation("U1", DAY), to="UHEAD", once="escalation")
    time.pass_(seconds=0.2)
    assert sent(queue) == ["escalation"], "the first that may go, and before a thousand"
    time.pass_(seconds=0.2)
    assert sent(queue) == ["alert"]
    time.pass_(seconds=0.2)
    assert sent(queue) == ["digest 10"], "and the digests go on where they were"


def test_replicas_share_a_bucket_to_the_last_drop(database: Database, time: StandingTime) -> None:
    cards(database, *(f"C{number}" for number in range(40)))
    limits = RateLimits({"post": RateLimit(10, burst=7)}, RateLimit(0))
    together, taken = Barrier(4), []

    def take(name: str) -> None:
        own = Queue(database.engine, SCHEMA.words, name, time, limits=limits)
        together.wait()
        for _ in range(12):
            if (delivery := own.claim()) is not None:
                taken.append(delivery.id)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, "abcd"))
    assert len(taken) == len(set(taken)) == 7


def test_a_clock_that_is_set_back_holds_nothing_up(database: Database, queue: Queue, time: StandingTime) -> None:
    cards(database, *["C1"] * 4)
    sent(queue)
    time.set_clock(hours=-5)
    cards(database, "C2")
    assert len(sent(queue)) == 2, "neither the rates nor the rows of the future are believed"


def test_every_action_has_its_pace() -> None:
    assert set(WORKSPACE) == {"post", "whisper", "update", "pin"}
    assert SLACKS.of("post", "C1") == [("post", WORKSPACE["post"]), ("C1", CHANNEL)]
    assert SLACKS.of("update", "C1") == [("update", WORKSPACE["update"])]
    assert rates.FARTHEST == 3_600
