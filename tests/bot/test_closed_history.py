"""Where Slack gives no answer and lets nobody look either: a policy by kind, and nothing is stopped by it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.example.load import WORKSPACE
from bot.manifest import manifest
from bot.slack.gateway import Gateway
from domain.cards.messages import Card
from domain.core import Message, Ref
from domain.weekly_sync.messages import WeeklySync
from sandbox.person import Person
from sandbox.server import Sandbox
from storage.tables import blocked
from storage.unit_of_work import Database
from tests.bot.delivery.desk import Desk
from tests.office import texts

ALERT, DIGEST = Card(Ref("issue", 1)), WeeklySync("C0SALES", date(2026, 11, 23))
CLOSED = [
    pytest.param("C0SALES", "channels:history", id="no scope for the history of channels"),
    pytest.param("C0RANDOM", "", id="a public channel that it may write to and is not in"),
    pytest.param("U0CLERK", "im:history", id="no scope for the history of direct messages"),
    pytest.param("U0CLERK", "im:write", id="no scope to open direct messages"),
]


@contextmanager
def slack_without(scope: str) -> Iterator[Sandbox]:
    app = manifest()
    app["oauth_config"]["scopes"]["bot"] = [one for one in app["oauth_config"]["scopes"]["bot"] if one != scope]
    with Sandbox(workspace=WORKSPACE, manifest=app) as sandbox, capture_logs():
        yield sandbox


def say(desk: Desk, sandbox: Sandbox, message: Message, to: str) -> list[str]:
    """Say it to a Slack that takes it and loses the answer; returns what stands there in the end."""
    clerk = Person(sandbox.url, "U0CLERK")
    clerk.inject({"where": "chat.postMessage", "kind": "drop_after", "times": 1})
    with desk.saying() as box:
        box.say(message, to=to, once="card 1")
    desk.worker.drain()
    assert desk.states() == ["unsure"]
    desk.later()
    return texts(clerk.messages(clerk.dm if to == clerk.id else to))


@pytest.mark.parametrize("to, scope", CLOSED)
def test_a_card_is_said_again_and_says_so(database: Database, to: str, scope: str) -> None:
    with slack_without(scope) as sandbox:
        desk = Desk(database, Gateway("xoxb-sandbox", sandbox.api_url))
        said = say(desk, sandbox, ALERT, to)
    assert said == [repr(ALERT), f"{ALERT!r} again"] and desk.states() == ["sent"]
    assert nothing_is_stopped(database)


@pytest.mark.parametrize("to, scope", CLOSED)
def test_a_digest_is_not(database: Database, to: str, scope: str) -> None:
    with slack_without(scope) as sandbox:
        desk = Desk(database, Gateway("xoxb-sandbox", sandbox.api_url))
        said = say(desk, sandbox, DIGEST, to)
    assert said == [repr(DIGEST)] and desk.states() == ["skipped"]
    assert nothing_is_stopped(database)


def nothing_is_stopped(database: Database) -> bool:
    with database.engine.connect() as connection:
        return connection.execute(select(blocked.c.id)).first() is None
