"""A Bolt app with our listeners, before a Slack that only notes and checks what it is asked."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.inbound.dispatcher import Dispatcher
from bot.program import build
from bot.scheduling.clock import FixedClock
from bot.settings import Settings
from bot.slack.gateway import Gateway
from domain.people.record import Member, TeamChannel
from handlers.registry import all_routes
from sandbox.validate import check_message, check_view
from tests.bot.delivery.desk import refusal
from tests.bot.inbound.payloads import CHANNEL, TEAM
from tests.conftest import MONDAY


class RecordingGateway(Gateway):
    """Notes what would be asked of Slack, and checks it as Slack would. Slack knows everybody."""

    def __init__(self) -> None:
        super().__init__("xoxb-1", "http://127.0.0.1:9/api/")
        self.opened: list[dict[str, Any]] = []
        self.updated: list[dict[str, Any]] = []
        self.homes: list[str] = []
        self.said: list[str] = []
        self.asked: list[str] = []
        self.closed: set[str] = set()  # accounts
        self.newest = ""  # the hash of a view that has changed meanwhile

    def open_view(self, trigger: str, view: dict[str, Any]) -> str:
        check_view(view, "modal")
        self.opened.append(view)
        return "V1"

    push_view = open_view

    def update_view(self, view_id: str, view: dict[str, Any], hash_: str = "") -> None:
        check_view(view, "modal")
        if hash_ and self.newest not in ("", hash_):
            raise refusal("hash_conflict")
        self.updated.append(view)

    def publish_home(self, user_id: str, view: dict[str, Any]) -> None:
        check_view(view, "home")
        self.homes.append(user_id)

    def respond(self, url: str, body: dict[str, Any]) -> None:
        check_message(body, 40_000)
        self.said.append(str(body["text"]))

    def permalink(self, channel_id: str, ts: str) -> str:
        return ""

    def member(self, user_id: str) -> Member:
        self.asked.append(user_id)
        active = user_id not in self.closed
        return Member(user_id=user_id, name=user_id, locale="en-US", active=active, seen_at=datetime.now(UTC))


class Desk:
    """A Bolt app with our listeners, without network."""

    def __init__(self, database: Path, prefix: str = "") -> None:
        known: dict[str, Any] = {"database_url": f"sqlite:///{database}", "slack_bot_token": SecretStr("xoxb-1")}
        program = build(Settings(_env_file=None, gemba_prefix=prefix, **known), FixedClock(MONDAY))
        self.database, self.gateway, self.queue = program.database, RecordingGateway(), program.queue
        program.people._gateway = self.gateway
        authorized = AuthorizeResult(
            enterprise_id=None, team_id=TEAM, bot_token="xoxb-1", bot_id="B1", bot_user_id="UBOT"
        )
        self.app = App(
            process_before_response=True,
            authorize=lambda: authorized,
            signing_secret="not used",
            request_verification_enabled=False,
        )
        self.outcomes: list[str] = []
        Dispatcher(
            all_routes(),
            self.database,
            self.gateway,
            program.people,
            prefix=prefix,
            answered=lambda _kind, outcome: self.outcomes.append(outcome),
        ).register(self.app)
        with self.database.writing(TEAM) as work:
            work.set_workspace(by="", at=MONDAY, country="CN", bot_user_id="UBOT")
            work.of(TeamChannel).add(TeamChannel(channel_id=CHANNEL), by="", at=MONDAY)

    def send(self, body: dict[str, Any], **headers: str) -> Any:
        """Dispatch a payload; it must be answered. Returns what the acknowledgement says."""
        request = BoltRequest(body=json.dumps(body), mode="socket_mode", headers={k: [v] for k, v in headers.items()})
        response = self.app.dispatch(request)
        assert response.status == 200, (response.status, response.body)
        answer = json.loads(response.body) if response.body else None
        if isinstance(answer, dict) and "view" in answer:
            check_view(answer["view"], "modal")
        if isinstance(answer, dict) and "text" in answer:
            check_message(answer, 40_000)
        return answer

    def waiting(self) -> int:
        """How much is to be said."""
        return sum(self.queue.depth().values())
