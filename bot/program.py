"""Wiring: the one place where the parts of the running bot meet."""

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.database import check_owner, open_database, schema_of
from bot.delivery.blocked_destinations import BlockedDestinations
from bot.delivery.rendering import renderer
from bot.delivery.sender import Sender
from bot.delivery.worker import Worker
from bot.inbound.dispatcher import Dispatcher
from bot.inbound.people import People
from bot.kpi_sources.sources import SqlSources
from bot.logs import log, quiet
from bot.observability.metrics import Metrics
from bot.scheduling.runner import ScheduleRunner
from bot.scopes import missing_scopes
from bot.settings import Settings
from bot.slack.gateway import Gateway
from domain.core import Clock, Kind
from domain.destinations.actions import resume
from domain.kinds import KINDS
from domain.kpis.sources.databases import Fetch, schedule_sources
from domain.schedules.actions import schedule_workspace
from handlers.core import Routes
from handlers.registry import ROUTES, all_routes
from jobs.registry import Jobs, all_jobs, schedules_of
from storage.outbox.queue import PATIENT, Patience, Queue
from storage.outbox.rates import SLACKS, WORKSPACE, RateLimits
from storage.unit_of_work import Database
from views.cards.looks import Look, Looks
from views.looks import LOOKS, OF_NO_KIND


@dataclass
class Program:
    """The parts that every command of the command line uses. Slack is not asked before something needs it."""

    settings: Settings
    database: Database
    gateway: Gateway
    people: People
    queue: Queue
    worker: Worker
    runner: ScheduleRunner
    metrics: Metrics
    sources: SqlSources
    routes: Routes
    installation: AuthorizeResult | None = None  # as Slack tells it, once it was asked

    def register_workspace(self) -> str:
        """Make sure that the token's workspace has its row and schedules; returns its team id.

        Raises Refusal where the database is another workspace's.
        """
        token = self.gateway.client.token
        answer = self.gateway.client.auth_test()
        for scope, without in missing_scopes(answer.headers.get("x-oauth-scopes", "")).items():
            log.warning("a permission is missing; paste the manifest again and reinstall", scope=scope, so=without)
        team_id, now = str(answer["team_id"]), self.database.clock.now()
        check_owner(self.database, team_id)
        self.installation = AuthorizeResult.from_auth_test_response(bot_token=token, auth_test_response=answer)
        with self.database.writing(team_id) as work:
            workspace = work.workspace
            facts = {"name": str(answer["team"]), "url": str(answer["url"]), "bot_user_id": str(answer["user_id"])}
            if workspace.id == 0:
                facts |= {"timezone": self.settings.gemba_timezone, "language": self.settings.gemba_language}
            if any(getattr(workspace, name) != value for name, value in facts.items()):
                workspace = work.set_workspace(by="", at=now, **facts)
            schedule_workspace(work, workspace, now=now)
            schedule_sources(work, self.sources.rules(), workspace, now=now)
            resume(work, "", *WORKSPACE, now=now)  # maybe with another token, or with more permissions
        return team_id


def build(
    settings: Settings,
    clock: Clock | None = None,
    patience: Patience = PATIENT,
    limits: RateLimits = SLACKS,
    *,
    database: Database | None = None,
    kinds: tuple[Kind[Any], ...] = KINDS,
    looks: tuple[Look[Any, Any], ...] = LOOKS,
    rooms: tuple[Routes, ...] = ROUTES,
    jobs: Callable[[Fetch, int], Jobs] = all_jobs,
) -> Program:
    """Put the parts together; without a `database`, the one that is set is opened, for these `kinds` and `jobs`.

    Tests that kill the bot have less `patience`, and no `limits`.
    """
    sources = SqlSources.read(settings.gemba_sql_sources)
    made = jobs(sources.fetch, settings.anonymous_wait)
    database = database or open_database(settings, clock, schema_of(kinds, schedules_of(made)))
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    metrics = Metrics()
    gateway = Gateway(token, settings.slack_api_url, metrics.slack_error)
    people = People(database, gateway, settings)
    owner = f"{socket.gethostname()}:{os.getpid()}:{token_hex(3)}"
    queue = Queue(database.engine, database.schema.words, owner, patience=patience, limits=limits)
    blocked_destinations = BlockedDestinations(database, settings.gemba_admins)
    worker = Worker(
        queue, Sender(queue, gateway, renderer(database, people, Looks(looks, OF_NO_KIND)), blocked_destinations)
    )
    database.listeners.append(worker.heard)
    runner = ScheduleRunner(database, made, gateway)
    return Program(settings, database, gateway, people, queue, worker, runner, metrics, sources, all_routes(rooms))


def make_app(program: Program) -> App:
    """Bolt with our listeners. It answers from the worker that took the request, after the handler is done.

    Slack has been asked before who we are (`register_workspace`): Bolt need not ask again.
    """
    installation = program.installation
    assert installation is not None
    secret = program.settings.slack_signing_secret
    app = App(
        name="gemba",  # else Bolt looks through all frames and their files for one
        client=program.gateway.client,
        authorize=lambda: installation,
        logger=quiet("slack_bolt", logging.ERROR),  # it quotes what it cannot use
        signing_secret=secret.get_secret_value() if secret else "not-used-in-socket-mode",
        process_before_response=True,
        request_verification_enabled=secret is not None,
    )
    dispatcher = Dispatcher(
        program.routes,
        program.database,
        program.gateway,
        program.people,
        prefix=program.settings.gemba_prefix,
        answered=program.metrics.request,
    )
    dispatcher.register(app)
    return app
