"""Who holds a row: leases that run out, are renewed, and are left behind by a dead process."""

from typing import cast

import pytest
from sqlalchemy.exc import OperationalError

from bot.database import SCHEMA
from bot.delivery.sender import Sender
from bot.delivery.worker import CHAIN, Worker
from bot.slack.gateway import Gateway
from storage.outbox.outcomes import DeliveryResult
from storage.outbox.queue import Delivery, Queue
from storage.outbox.rates import NONE
from storage.unit_of_work import Database
from tests.bot.delivery.desk import Desk, FakeSlack

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the queue itself is tested on both


def test_what_takes_longer_than_its_lease_is_posted_once(desk: Desk) -> None:
    """The lease is made whole right before the post; where somebody else has the row by then, it does not go out."""
    desk.card()
    other = Worker(desk.queue, Sender(desk.queue, cast(Gateway, desk.slack), desk.render, desk))

    def slowly() -> None:
        desk.slack.uploads = lambda: None
        desk.time.pass_(seconds=61)
        other.drain()  # notes it as unsure
        desk.time.pass_(seconds=1)
        other.drain()  # looks it up, and posts it

    desk.slack.uploads = slowly
    desk.worker.drain()
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1


def test_while_it_is_held_on_to_nobody_else_takes_it(desk: Desk) -> None:
    desk.card()
    other = Worker(desk.queue, Sender(desk.queue, cast(Gateway, desk.slack), desk.render, desk))
    delivery = desk.queue.claim()
    assert delivery is not None
    for _ in range(4):
        desk.time.pass_(seconds=30)
        desk.queue.hold(delivery)
        assert other.drain() == 0


def test_what_is_quick_costs_no_commit_more(desk: Desk) -> None:
    desk.card()
    delivery = desk.queue.claim()
    assert delivery is not None
    until = desk.row().lease_until
    desk.time.pass_(seconds=9)
    desk.queue.hold(delivery)
    assert desk.row().lease_until == until


def test_in_a_long_backlog_too_what_a_dead_process_left_behind_is_taken_up(desk: Desk) -> None:
    desk.card()
    assert Queue(desk.database.engine, SCHEMA.words, "dead", desk.time, limits=NONE).claim() is not None
    desk.time.pass_(seconds=61)
    for number in range(2, 2 * CHAIN):
        desk.card(number, to=f"C{number}")
    desk.worker.deliver()
    desk.worker.deliver()
    assert (desk.row("card 1").attempts, desk.row("card 1").state) == (2, "sent")


def test_no_more_is_claimed_than_is_asked_for(desk: Desk) -> None:
    for number in range(3):
        desk.card(number, to=f"C{number}")
    assert desk.worker.deliver(2) == 2
    assert desk.states() == ["sent", "sent", "ready"]


class ForgetfulQueue(Queue):
    """Loses its database for a moment, right after Slack took the message."""

    def settle_and_claim(self, delivery: Delivery, outcome: DeliveryResult) -> Delivery | None:
        if delivery.attempts == 1:
            raise OperationalError("UPDATE", {}, Exception("database is locked"))
        return super().settle_and_claim(delivery, outcome)


def test_what_could_not_be_noted_is_looked_up_and_not_said_twice(database: Database) -> None:
    desk = Desk(database, FakeSlack(), ForgetfulQueue)
    desk.card()
    with pytest.raises(OperationalError):
        desk.worker.drain()
    assert desk.states() == ["sending"]
    desk.later(seconds=61)
    assert desk.states() == ["sent"] and len(desk.slack.posts) == 1
