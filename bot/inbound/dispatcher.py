"""Where Bolt ends and the handlers begin: who asks what, which handler answers, and what people read when it fails."""

import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.inbound.home_tab import is_from_home
from bot.inbound.long_work import LongWork
from bot.inbound.payloads import author_of, key_of, kind_of, name_of, nothing_chosen, typed_in
from bot.inbound.people import People
from bot.inbound.request import InboundRequest, at_hand
from bot.inbound.responder import Responder
from bot.logs import log
from bot.slack.gateway import Gateway
from bot.slack.slack_client import UNREACHABLE
from domain.core import AlreadyHandled, FormErrors, NotAllowed, NotNow, NotSaved, UserError
from domain.people.record import Member
from handlers.core import Done, Kind, Long, Reply, Request, Routes, Say
from handlers.core.commands import run_command
from storage.unit_of_work import Database
from views.core import language, notices

ANYTHING = re.compile(".*", re.DOTALL)
EVENTS = (
    "app_home_opened",
    "app_mention",
    "channel_rename",
    "group_rename",
    "member_joined_channel",
    "message.im",
    "user_change",
)
"""As the manifest subscribes to them."""
PASSED_OVER = "passed over"

Answered = Callable[[str, str], None]
"""Hears of each request: its kind and its outcome."""


@dataclass
class Dispatcher:
    """Takes what Slack sends, finds the handler, has its reply carried out."""

    routes: Routes
    database: Database
    gateway: Gateway
    people: People
    prefix: str = ""
    answered: Answered = lambda _kind, _outcome: None
    long_work: LongWork = field(default_factory=LongWork)

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
            app.event(event.partition(".")[0])(self._listener(Kind.EVENT))
        app.event(ANYTHING)(lambda: None)  # what is not acknowledged comes again and again
        app.error(self._failed)

    def _listener(self, kind: Kind) -> Callable[..., None]:
        def listen(body: dict[str, Any], ack: Any, context: BoltContext) -> None:
            if kind_of(body) is not kind:  # a dialog's, or an attachment's button: what this bot never shows
                log.info("passed over", type=str(body.get("type"))[:40])
                ack()
                return
            self.handle(kind, body, ack, _installed_in(context))

        return listen

    def handle(self, kind: Kind, body: Mapping[str, Any], ack: Callable[..., Any], team_id: str) -> None:
        """Answer one request, in the workspace `team_id`.

        Every way out acknowledges it, but for an event that failed: Slack sends that again.
        """
        with at_hand() as inbound:
            began = time.perf_counter()
            inbound.kind, inbound.team_id = kind, team_id
            try:
                inbound.asked = name_of(kind, body, self.prefix)
                inbound.name = self.routes.name_for_log(kind, inbound.asked)
                self._attempt(inbound, Responder(kind, body, ack, self.gateway, language("en", prefix=self.prefix)))
            finally:
                self.answered(kind, inbound.outcome)
                spent = (time.perf_counter() - began) * 1000
                log.info("request", kind=kind, name=inbound.name, outcome=inbound.outcome, ms=round(spent, 1))

    def _attempt(self, inbound: InboundRequest, responder: Responder) -> None:
        """Raises only what kept an event from being handled."""
        request: Request | None = None
        try:
            handler = self._handler(responder.kind, inbound.asked)
            if handler is None:
                self._nobody_answers(inbound, responder)
                return
            if responder.kind is Kind.ACTION and nothing_chosen(responder.body):
                inbound.outcome = PASSED_OVER
                responder.acknowledge()
                return
            request = self._request(inbound, responder)
            self._do(handler, request, responder, inbound)
            inbound.outcome = "done"
        except AlreadyHandled:
            inbound.outcome = "handled before"
            responder.acknowledge()
        except FormErrors as problems:
            inbound.outcome = "refused"
            responder.refuse({field: responder.t.words(said) for field, said in problems.fields.items()})
        except NotNow as problem:
            saving = isinstance(problem, NotSaved)
            inbound.outcome = "not saved" if saving else "slack away"
            log.error("nothing can be saved" if saving else "Slack does not answer", why=problem.reason)
            self._tell(responder, responder.t.words(problem.words), or_again=problem)
        except UserError as problem:
            inbound.outcome = "refused"
            self._tell(responder, responder.t.words(problem.words))
            self._home_again(inbound, responder, request)
        except Exception as error:  # the handler's error hook: the person gets a reference, which is in the log
            log.exception("handler failed", kind=responder.kind, name=inbound.name)
            self._tell(responder, notices.unexpected(inbound.reference, responder.t), or_again=error)

    def _do(
        self, handler: Callable[[Request], Reply], request: Request, responder: Responder, inbound: InboundRequest
    ) -> None:
        try:
            reply = handler(request)
            if isinstance(reply, Long):
                came = self.long_work.begin(reply, responder, inbound)
                if came is None:
                    return
                reply = came
        except (FormErrors, UserError) as problem:
            self._look_for_itself(request, problem)
            raise
        self._look_for_itself(request)
        responder.carry_out(reply, request.member.user_id)
        if responder.kind is Kind.SUBMISSION or isinstance(reply, Done | Say):
            self._home_again(inbound, responder, request)

    def _look_for_itself(self, request: Request, problem: Exception | None = None) -> None:
        """Raise AlreadyHandled where what a redelivery meets, and would be told of, is its own first delivery."""
        if request.has_written or isinstance(problem, NotNow) or not request.key:
            return
        if self.database.has_handled(request.team_id, request.key):
            raise AlreadyHandled(request.key)

    def _nobody_answers(self, inbound: InboundRequest, responder: Responder) -> None:
        """A button or form of an older version, which stands in some message for years."""
        inbound.outcome = PASSED_OVER
        if responder.kind in (Kind.EVENT, Kind.OPTIONS):
            responder.acknowledge()
            return
        inbound.outcome = "outdated"
        log.warning("nobody answers this", kind=responder.kind, name=inbound.name)
        with suppress(UserError, SQLAlchemyError, *UNREACHABLE):  # then it is said in English
            self._request(inbound, responder)
        self._tell(responder, notices.outdated(responder.t))

    def _handler(self, kind: Kind, name: str) -> Callable[[Request], Reply] | None:
        if kind is Kind.COMMAND:
            return lambda request: run_command(self.routes, request)
        return self.routes.find(kind, name)

    def _request(self, inbound: InboundRequest, responder: Responder) -> Request:
        """What the handler is given; from here on the person is answered in their language."""
        kind, body = responder.kind, responder.body
        user_id, team_id = author_of(kind, body), inbound.team_id
        member = self.people.get(team_id, user_id) if user_id else Member(user_id="")
        responder.t = self.people.language_of(team_id, member)
        if not member.active:
            raise NotAllowed("This account is closed, or a bot's.")
        return Request(
            name=inbound.asked,
            team_id=team_id,
            member=member,
            t=responder.t,
            now=self.database.clock.now(),
            payload=body["event"] if kind is Kind.EVENT else body,
            units=self.database,
            directory=self.gateway,
            key=key_of(kind, body),
            stranger=self.people.asked(user_id) if user_id and not member.id else None,
            text=typed_in(body) if kind is Kind.COMMAND else "",
        )

    def _home_again(self, inbound: InboundRequest, responder: Responder, request: Request | None) -> None:
        """After something was done from the Home tab, show the tab anew. Slack waits for the answer, not for that."""
        if request is None or responder.kind not in (Kind.ACTION, Kind.SUBMISSION) or not is_from_home(request.payload):
            return
        show = self.routes.find(Kind.EVENT, "app_home_opened")
        if show is not None:
            inbound.afterwards.append(partial(self._show_home, show, request))

    def _show_home(self, show: Callable[[Request], Reply], request: Request) -> None:
        """The tab as it is now, in the person's present language."""
        try:
            member = self.people.get(request.team_id, request.member.user_id)
            t = self.people.language_of(request.team_id, member)
            opened = replace(request, member=member, t=t, payload={"tab": "home"})
            silently = Responder(Kind.EVENT, opened.payload, lambda **_: None, self.gateway, t)
            silently.carry_out(show(opened), member.user_id)
        except Exception:  # what they did is done; the tab is fresh again when they come back to it
            log.exception("the Home tab cannot be refreshed")

    def _tell(self, responder: Responder, sentence: str, *, or_again: Exception | None = None) -> None:
        """Say why it was not done; nobody reads that of an event, which is not acknowledged when it may come again."""
        if responder.kind is Kind.EVENT and or_again is not None:
            raise or_again
        try:
            responder.tell(sentence)
        except UNREACHABLE:
            log.exception("the person cannot be told", kind=responder.kind)
            responder.acknowledge()

    def _failed(self, error: Exception, body: dict[str, Any]) -> BoltResponse:
        """What nobody has caught, in Bolt or here. Events are answered with 500, so that Slack sends them again."""
        kind, ack = kind_of(body), Ack()  # type: ignore[no-untyped-call]
        with at_hand() as inbound:
            log.error("request failed", type=body.get("type"), exc_info=error)
            if kind is not None and kind is not Kind.EVENT:
                t = language("en", prefix=self.prefix)
                with suppress(Exception):  # a payload that nobody can read: Slack shows that it was not answered
                    Responder(kind, body, ack, self.gateway, t).tell(notices.unexpected(inbound.reference, t))
        return ack.response or BoltResponse(status=500, body="")


def _installed_in(context: BoltContext) -> str:
    """The workspace whose token this is. Who asks may be of another one, in a channel that both share (Slack Connect),
    or of an organisation, whose requests name several.
    """
    installed = context.authorize_result
    return (installed.team_id if installed else None) or context.team_id or ""
