"""Where Bolt ends and the handlers begin: who asks what, which handler answers, and what people read when it fails."""

import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.requests.arrival import Arrival, at_hand
from bot.requests.exchange import Exchange
from bot.requests.home_tab import is_from_home
from bot.requests.long_work import LongWork
from bot.requests.payloads import author_of, key_of, kind_of, name_of, nothing_chosen, typed_in
from bot.requests.people import People
from bot.slack.gateway import Gateway
from bot.slack.slack_client import UNREACHABLE
from bot.watching.logs import log
from domain.core.errors import AlreadyHandled, FormProblems, NotNow, NotSaved, Problem
from domain.people.record import Member
from handlers.core.commands import run_command
from handlers.core.replies import Done, Long, Reply, Say
from handlers.core.request import Request
from handlers.core.routing import Kind, Routes
from storage.unit_of_work import Database
from views.core import notices
from views.core.language import language

ANYTHING = re.compile(".*", re.DOTALL)
EVENTS = (
    "app_home_opened",
    "message",
    "app_mention",
    "member_joined_channel",
    "channel_rename",
    "group_rename",
    "user_change",
)
PASSED_OVER = "passed over"

Answered = Callable[[str, str], None]
"""Hears of each request: its kind and its outcome."""


class Edge:
    """Takes what Slack sends, finds the handler, has its reply carried out."""

    def __init__(
        self,
        routes: Routes,
        database: Database,
        gateway: Gateway,
        people: People,
        *,
        prefix: str = "",
        answered: Answered = lambda _kind, _outcome: None,
    ) -> None:
        self._routes = routes
        self._database = database
        self._gateway = gateway
        self._people = people
        self._prefix = prefix
        self._answered = answered
        self._long_work = LongWork()

    def register(self, app: App) -> None:
        """One listener a kind of request: Bolt tries them one by one."""
        for kind, listen in (
            (Kind.ACTION, app.action(ANYTHING)),
            (Kind.SUBMISSION, app.view_submission(ANYTHING)),
            (Kind.COMMAND, app.command(ANYTHING)),
            (Kind.SHORTCUT, app.shortcut(ANYTHING)),
            (Kind.OPTIONS, app.options(ANYTHING)),
        ):
            listen(self._listener(kind))
        app.view_closed(ANYTHING)(lambda ack: ack())
        for event in EVENTS:
            app.event(event)(self._listener(Kind.EVENT))
        app.event(ANYTHING)(lambda: None)  # what is not acknowledged comes again and again
        app.error(self._failed)

    def _listener(self, kind: Kind) -> Callable[..., None]:
        def listen(body: dict[str, Any], ack: Any, context: BoltContext) -> None:
            self.handle(kind, body, ack, _installed_in(context))

        return listen

    def handle(self, kind: Kind, body: Mapping[str, Any], ack: Callable[..., Any], team_id: str) -> None:
        """Answer one request, in the workspace `team_id`.

        Every way out acknowledges it, but for an event that failed: Slack sends that again.
        """
        with at_hand() as arrival:
            began = time.perf_counter()
            arrival.kind, arrival.team_id = kind, team_id
            try:
                arrival.name = name_of(kind, body, self._prefix)
                self._attempt(arrival, Exchange(kind, body, ack, self._gateway, language("en", prefix=self._prefix)))
            finally:
                self._answered(kind, arrival.outcome)
                spent = (time.perf_counter() - began) * 1000
                log.info("request", kind=kind, name=arrival.name, outcome=arrival.outcome, ms=round(spent, 1))

    def _attempt(self, arrival: Arrival, exchange: Exchange) -> None:
        """Raises only what kept an event from being handled."""
        request: Request | None = None
        try:
            handler = self._handler(exchange.kind, arrival.name)
            if handler is None:
                self._nobody_answers(arrival, exchange)
                return
            if exchange.kind is Kind.ACTION and nothing_chosen(exchange.body):
                arrival.outcome = PASSED_OVER
                exchange.acknowledge()
                return
            request = self._request(arrival, exchange)
            self._do(handler, request, exchange, arrival)
            arrival.outcome = "done"
        except AlreadyHandled:
            arrival.outcome = "handled before"
            exchange.acknowledge()
        except FormProblems as problems:
            arrival.outcome = "refused"
            exchange.refuse({field: exchange.t.words(said) for field, said in problems.fields.items()})
        except NotNow as problem:
            saving = isinstance(problem, NotSaved)
            arrival.outcome = "not saved" if saving else "slack away"
            log.error("nothing can be saved" if saving else "Slack does not answer", why=problem.reason)
            self._tell(exchange, exchange.t.words(problem.words), or_again=problem)
        except Problem as problem:
            arrival.outcome = "refused"
            self._tell(exchange, exchange.t.words(problem.words))
            self._home_again(arrival, exchange, request)
        except Exception as error:  # the handler's error hook: the person gets a reference, which is in the log
            log.exception("handler failed", kind=exchange.kind, name=arrival.name)
            self._tell(exchange, notices.unexpected(arrival.reference, exchange.t), or_again=error)

    def _do(self, handler: Callable[[Request], Reply], request: Request, exchange: Exchange, arrival: Arrival) -> None:
        try:
            reply = handler(request)
            if isinstance(reply, Long):
                came = self._long_work.begin(reply, exchange, arrival)
                if came is None:
                    return
                reply = came
        except (FormProblems, Problem) as problem:
            self._look_for_itself(request, problem)
            raise
        self._look_for_itself(request)
        exchange.carry_out(reply, request.member.user_id)
        if exchange.kind is Kind.SUBMISSION or isinstance(reply, Done | Say):
            self._home_again(arrival, exchange, request)

    def _look_for_itself(self, request: Request, problem: Exception | None = None) -> None:
        """Raise AlreadyHandled where what a redelivery meets, and would be told of, is its own first delivery."""
        if request.has_written or isinstance(problem, NotNow) or not request.key:
            return
        if self._database.has_handled(request.team_id, request.key):
            raise AlreadyHandled(request.key)

    def _nobody_answers(self, arrival: Arrival, exchange: Exchange) -> None:
        """A button or form of an older version, which stands in some message for years."""
        arrival.outcome = PASSED_OVER
        if exchange.kind in (Kind.EVENT, Kind.OPTIONS):
            exchange.acknowledge()
            return
        arrival.outcome = "outdated"
        log.warning("nobody answers this", kind=exchange.kind, name=arrival.name)
        with suppress(Problem, SQLAlchemyError, *UNREACHABLE):  # then it is said in English
            self._request(arrival, exchange)
        self._tell(exchange, notices.outdated(exchange.t))

    def _handler(self, kind: Kind, name: str) -> Callable[[Request], Reply] | None:
        if kind is Kind.COMMAND:
            return lambda request: run_command(self._routes, request)
        return self._routes.find(kind, name)

    def _request(self, arrival: Arrival, exchange: Exchange) -> Request:
        """What the handler is given; from here on the person is answered in her language."""
        kind, body = exchange.kind, exchange.body
        user_id, team_id = author_of(kind, body), arrival.team_id
        member = self._people.get(team_id, user_id) if user_id else Member(user_id="")
        exchange.t = self._people.language_of(team_id, member)
        return Request(
            name=arrival.name,
            team_id=team_id,
            member=member,
            t=exchange.t,
            now=self._database.clock.now(),
            payload=body["event"] if kind is Kind.EVENT else body,
            units=self._database,
            directory=self._gateway,
            key=key_of(kind, body),
            text=typed_in(body) if kind is Kind.COMMAND else "",
        )

    def _home_again(self, arrival: Arrival, exchange: Exchange, request: Request | None) -> None:
        """After something was done from the Home tab, show the tab anew. Slack waits for the answer, not for that."""
        if request is None or exchange.kind not in (Kind.ACTION, Kind.SUBMISSION) or not is_from_home(request.payload):
            return
        show = self._routes.find(Kind.EVENT, "app_home_opened")
        if show is not None:
            arrival.afterwards.append(partial(self._show_home, show, request))

    def _show_home(self, show: Callable[[Request], Reply], request: Request) -> None:
        """The tab as it is now, in the person's present language."""
        try:
            member = self._people.get(request.team_id, request.member.user_id)
            t = self._people.language_of(request.team_id, member)
            opened = replace(request, member=member, t=t, payload={"tab": "home"})
            silently = Exchange(Kind.EVENT, opened.payload, lambda **_: None, self._gateway, t)
            silently.carry_out(show(opened), member.user_id)
        except Exception:  # what she did is done; the tab is fresh again when she comes back to it
            log.exception("the Home tab cannot be refreshed")

    def _tell(self, exchange: Exchange, sentence: str, *, or_again: Exception | None = None) -> None:
        """Say why it was not done; nobody reads that of an event, which is not acknowledged when it may come again."""
        if exchange.kind is Kind.EVENT and or_again is not None:
            raise or_again
        try:
            exchange.tell(sentence)
        except UNREACHABLE:
            log.exception("the person cannot be told", kind=exchange.kind)
            exchange.acknowledge()

    def _failed(self, error: Exception, body: dict[str, Any]) -> BoltResponse:
        """What nobody has caught, in Bolt or here. Events are answered with 500, so that Slack sends them again."""
        kind, ack = kind_of(body), Ack()  # type: ignore[no-untyped-call]
        with at_hand() as arrival:
            log.error("request failed", type=body.get("type"), exc_info=error)
            if kind is not None and kind is not Kind.EVENT:
                t = language("en", prefix=self._prefix)
                with suppress(Exception):  # a payload that nobody can read: Slack shows that it was not answered
                    Exchange(kind, body, ack, self._gateway, t).tell(notices.unexpected(arrival.reference, t))
        return ack.response or BoltResponse(status=500, body="")


def _installed_in(context: BoltContext) -> str:
    """The workspace whose token this is. Who asks may be of another one, in a channel that both share (Slack Connect),
    or of an organisation, whose requests name several.
    """
    installed = context.authorize_result
    return (installed.team_id if installed else None) or context.team_id or ""
