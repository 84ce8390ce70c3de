"""What happens at the bot, scene by scene: short, so that a crash can be tried at each edge of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from bot.database import SCHEMA
from domain.commitments.actions import TOMORROW, finish as finish_commitment, snooze as snooze_commitment
from domain.commitments.queries import commitment_of
from domain.issues import actions as issues
from domain.issues.form import IssueForm, Source
from domain.kpis.record import Kpi
from domain.kpis.values import actions as kpi_values
from domain.people.routing import today_of
from domain.tasks import actions as tasks
from domain.tasks.form import TaskForm
from tests.machine.town import CLOSED, KEEPER, OPEN
from tests.machine.world import World

HOWE = "U0HOWE"
Part = Callable[[World], None]


@dataclass(frozen=True)
class Scene:
    """`before`: what led to it, in which nothing dies."""

    name: str
    play: Part
    before: Part = lambda _world: None


def file(world: World, channel: str) -> None:
    """Somebody files an issue, and takes it over."""
    form = IssueForm(title=f"Something is wrong in {channel}")
    filed = world.act(
        0, HOWE, lambda work, member, now: issues.file_issue(work, member, form, Source(channel=channel), now=now)
    )
    world.accepted.keep(commitment_of(SCHEMA, filed))
    taken = world.act(0, HOWE, lambda work, member, now: issues.take_over(work, member, filed.id, filed.owner, now=now))
    world.accepted.keep(commitment_of(SCHEMA, taken))


def measure(world: World, value: str) -> None:
    reading = world.act(
        0,
        KEEPER,
        lambda work, member, now: kpi_values.record_value(
            work, member, work.of(Kpi).find()[0].id, Decimal(value), today_of(member, work.workspace, now), now=now
        ),
    )
    world.accepted.values[reading.period] = reading.value


def add_task(world: World) -> None:
    form = TaskForm(title="Count the stock", owner=KEEPER)
    task = world.act(0, HOWE, lambda work, member, now: tasks.add_task(work, member, form, OPEN, now))
    world.accepted.keep(commitment_of(SCHEMA, task))


def no_answer_to_a_post(world: World) -> None:
    """A card is out, and nobody says so: it is looked up in the channel, where Slack wants us to wait first."""
    file(world, OPEN)
    world.fail(
        [
            {"where": "chat.postMessage", "kind": "drop_after", "nth": [1]},
            {"where": "conversations.history", "kind": "429", "times": 1},
        ]
    )
    world.deliver(0)
    world.pass_(31)
    world.deliver(0)
    world.pass_(2)
    world.deliver(0)


def no_answer_to_a_reply(world: World) -> None:
    """The note in an alert's thread is out, and nobody says so: it is looked up in the thread."""
    measure(world, "2")
    world.fail(
        [
            {"where": "chat.update", "kind": "500_after", "times": 1},
            {"where": "chat.postMessage", "kind": "drop_after", "nth": [1]},
        ]
    )
    world.deliver(0)
    world.pass_(31)
    world.deliver(0)


def a_closed_channel(world: World) -> None:
    """The bot is not in the channel: everything for it waits, an admin hears of it, and the bot is invited."""
    world.throw_out(CLOSED)
    file(world, CLOSED)
    world.deliver(0)
    world.invite(CLOSED)
    world.deliver(0)


def the_night(world: World) -> None:
    """The clock goes forward, days pass, and digests, boards, escalations and syncs are due."""
    world.travel(timedelta(days=9))
    world.tick(0)
    world.deliver(0)


def the_morning_after(world: World) -> None:
    """What is done is gone from the digest, what is snoozed is out of it."""
    first, second, third = world.accepted.owed.values()
    for done in (first, third):
        world.change(
            0,
            done.owner,
            done,
            lambda work, member, now, done=done: finish_commitment(work, member, done.ref, now=now),
        )
    world.change(
        0, HOWE, second, lambda work, member, now: snooze_commitment(work, member, second.ref, TOMORROW, now=now)
    )
    world.deliver(0)


def work_is_there(world: World) -> None:
    file(world, OPEN)
    file(world, CLOSED)
    add_task(world)
    world.deliver(0)


def an_alert_is_open(world: World) -> None:
    measure(world, "5")
    world.deliver(0)
    world.travel(timedelta(days=1))


def digests_are_out(world: World) -> None:
    work_is_there(world)
    the_night(world)


SCENES = [
    Scene("no answer to a post", no_answer_to_a_post),
    Scene("no answer to a reply", no_answer_to_a_reply, an_alert_is_open),
    Scene("a closed channel", a_closed_channel),
    Scene("the night", the_night, work_is_there),
    Scene("the morning after", the_morning_after, digests_are_out),
]
