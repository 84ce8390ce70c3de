"""Filing an issue durably, in process: verified form → issue, activity, outbox in one transaction → ack.

The floor is bare Bolt dispatching the same payload, plus a bare commit of the same three rows with SQLAlchemy Core, on
the same SQLite settings (WAL, synchronous=FULL). Bolt's default empty app stands beside it for the reader.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from pydantic import SecretStr
from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import insert

from benchmarks.databases import Databases
from benchmarks.figures import Figure, in_turn, middle, p99
from bot.database import SCHEMA
from bot.inbound.dispatcher import Dispatcher
from bot.program import Program, build
from bot.settings import Settings
from domain.core import Bilingual
from domain.issues.record import Issue
from domain.people.record import Member, TeamChannel
from domain.processes.record import Process
from handlers.registry import all_routes
from storage import tables

TEAM, CLERK, ROUNDS = "T1", "U1", 600


def figures(databases: Databases) -> Iterator[Figure]:
    ours, bare, commit, default = submitting(databases.sqlite()), _bare(), _bare_commit(databases), _default()

    def floor(number: int) -> None:
        bare(number)
        commit(number)

    times, floors = in_turn(ours, floor, rounds=ROUNDS)
    defaults = in_turn(default, rounds=50, warm_up=5)[0]
    bottom = middle(floors)
    yield Figure("submission.median", middle(times) * 1e6, "µs")
    yield Figure("submission.floor", bottom * 1e6, "µs")
    yield Figure("submission.median over floor", middle(times) / bottom, "ratio", goal=2.0)
    yield Figure("submission.p99 over floor's median", p99(times) / bottom, "ratio", goal=4.0)
    yield Figure("submission.Bolt's default empty app over ours", middle(defaults) / middle(times), "ratio")


def submitting(url: str) -> Callable[[int], None]:
    """File an issue in a new workspace, each number once."""
    program = build(Settings(database_url=url, slack_bot_token=SecretStr("xoxb-1")))
    _furnish(program)
    app = _app(before_response=True)
    Dispatcher(all_routes(), program.database, program.gateway, program.people).register(app)
    return _submit(app)


def _furnish(program: Program) -> None:
    now = datetime.now(UTC)
    with program.database.writing(TEAM) as work:
        work.set_workspace(by="", at=now, country="CN")
        work.of(Member).add(Member(user_id=CLERK, name="clerk", locale="en-US", seen_at=now), by="", at=now)
        work.of(TeamChannel).add(TeamChannel(channel_id="C1"), by="", at=now)
        work.of(Process).add(Process(name=Bilingual("Order fulfilment"), owner=CLERK, channel="C1"), by="", at=now)


def _bare() -> Callable[[int], None]:
    app = _app(before_response=True)
    app.view("issue.file")(lambda ack: ack())
    return _submit(app)


def _default() -> Callable[[int], None]:
    app = _app(before_response=False)
    app.view("issue.file")(lambda ack: ack())
    return _submit(app)


def _bare_commit(databases: Databases) -> Callable[[int], None]:
    engine = databases.engine(databases.sqlite())
    now = datetime.now(UTC)

    def commit(number: int) -> None:
        issue = {
            "team_id": TEAM,
            "number": number,
            "title": "Stock list is wrong",
            "filed_at": now,
            "due": date(2026, 11, 26),
            "severity": "high",
            "reporter": CLERK,
            "owner": CLERK,
            "channel": "C1",
        }
        activity = {
            "team_id": TEAM,
            "at": now,
            "by": CLERK,
            "verb": "filed",
            "subject": "issues",
            "subject_id": number,
            "before": {},
            "after": {"title": "Stock list is wrong"},
        }
        message = {
            "team_id": TEAM,
            "key": f"issue:{number}",
            "action": "post",
            "kind": "IssueCard",
            "about": {"issue_id": number},
            "target": "C1",
            "lane": "C1",
            "urgency": 0,
            "may_repeat": 1,
            "as_of": now,
            "state": "ready",
            "not_before": now,
            "created_at": now,
        }
        with engine.begin() as connection:
            connection.execute(insert(SCHEMA.of(Issue)), issue)
            connection.execute(insert(tables.activities), activity)
            connection.execute(insert(tables.outbox), message)

    return commit


def _app(*, before_response: bool) -> App:
    return App(
        process_before_response=before_response,
        authorize=lambda: AuthorizeResult(
            enterprise_id=None, team_id=TEAM, bot_token="xoxb-1", bot_id="B1", bot_user_id="UB"
        ),
        request_verification_enabled=False,
        signing_secret="not used",
    )


def _submit(app: App) -> Callable[[int], None]:
    def submit(number: int) -> None:
        response = app.dispatch(BoltRequest(body=json.dumps(_payload(number)), mode="socket_mode"))
        assert response.status == 200 and not response.body, response.body

    return submit


def _payload(number: int) -> dict[str, object]:
    """A filled form with a title like no other, as Slack sends it."""
    mark = number + 1_000  # no minus: it would part the words, and then they are alike
    values = {
        "title": {"title": {"type": "plain_text_input", "value": f"Nr{mark} Wq{mark * 7919} Zx{mark * 104729}"}},
        "process": {"process": {"type": "static_select", "selected_option": {"value": "1"}}},
        "severity": {"severity": {"type": "radio_buttons", "selected_option": {"value": "high"}}},
        "category": {"category": {"type": "static_select", "selected_option": {"value": "other"}}},
        "dimensions": {"dimensions": {"type": "checkboxes", "selected_options": [{"value": "cost"}]}},
        "times": {"issue.how_much.times": {"type": "plain_text_input", "value": "4"}},
        "minutes": {"issue.how_much.minutes": {"type": "plain_text_input", "value": "20"}},
    }
    view = {
        "id": f"V{number}",
        "type": "modal",
        "callback_id": "issue.file",
        "hash": "1",
        "blocks": [],
        "private_metadata": '{"channel": "C1"}',
        "state": {"values": values},
    }
    return {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": CLERK, "team_id": TEAM}, "view": view}
