"""Where Bolt ends and the handlers begin: requests in, replies out, and what people read when something fails."""

import json
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from secrets import token_hex
from typing import Any

from slack_bolt import App, BoltResponse
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway import Gateway
from bot.home_tab import is_from_home, returning
from bot.logs import log
from bot.people import People
from bot.refill import refilled
from domain.errors import AlreadyHandled, FormProblems, NotSaved, Problem
from domain.records.people import Member
from handlers.commands import run_command
from handlers.replies import CloseAll, Done, Home, Open, Options, Refuse, Reply, Say, Update
from handlers.request import Request
from handlers.routing import Kind, Routes
from storage.unit_of_work import Database
from views import blocks, notices
from views.language import Language, language

SLACKBOT = "USLACKBOT"
ANYTHING = re.compile(".*", re.DOTALL)
LARGEST_ACK = 60_000  # bytes; the socket client cannot send a frame above 65,535
SLOW_MS = 2_500
EVENTS = ("app_home_opened", "message", "app_mention", "member_joined_channel", "channel_rename", "user_change")


class Edge:
    """Takes what Slack sends, finds the handler, carries out its reply."""

    def __init__(
        self, routes: Routes, database: Database, gateway: Gateway, people: People, *, prefix: str = "",
        answered: Callable[[str, str, float], None] = lambda _kind, _outcome, _seconds: None,
    ) -> None:  # fmt: skip
        """`answered` hears of each request: its kind, its outcome, and how many seconds it took."""
        self._routes = routes
        self._database = database
        self._gateway = gateway
        self._people = people
        self._prefix = prefix
        self._answered = answered

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
        app.error(_failed)

    def _listener(self, kind: Kind) -> Callable[..., None]:
        def listen(body: dict[str, Any], ack: Any) -> None:
            self.handle(kind, body, ack)

        return listen

    def handle(self, kind: Kind, body: Mapping[str, Any], ack: Callable[..., Any]) -> None:
        """Answer one request. Every way out acknowledges it, but for an event that failed: Slack sends that again."""
        began, name, reference = time.perf_counter(), self._name(kind, body), token_hex(4)
        handler = self._handler(kind, name)
        if handler is None:
            self._not_known(kind, name, body, ack)
            return
        if kind is Kind.ACTION and _nothing_chosen(body["actions"][0]):
            ack()
            return
        outcome = "done"
        request: Request | None = None
        try:
            request = self._request(kind, name, body)
            reply = handler(request)
            self._carry_out(kind, reply, request, ack)
            if kind is Kind.SUBMISSION or isinstance(reply, Done | CloseAll | Say):
                self._home_again(kind, request)
        except AlreadyHandled:
            outcome = "handled before"
            ack()
        except FormProblems as problems:
            outcome = "refused"
            t = request.t if request else language("en")
            errors = {field: t.words(words) for field, words in problems.fields.items()}
            if kind is Kind.SUBMISSION:
                self._refuse(errors, body, t, ack)
            else:
                self._tell(kind, body, " ".join(errors.values()), request, ack)
        except NotSaved as problem:
            outcome = "not saved"
            log.error("nothing can be saved", why=problem.reason, reference=reference)
            if kind is Kind.EVENT:
                raise  # not acknowledged: Slack sends it again
            self._tell(kind, body, (request.t if request else language("en")).words(problem.words), request, ack)
        except Problem as problem:
            outcome = "refused"
            self._tell(kind, body, (request.t if request else language("en")).words(problem.words), request, ack)
            self._home_again(kind, request)
        except Exception:  # the handler's error hook: the person gets a sentence and a reference that is in the log
            outcome = "failed"
            log.exception("handler failed", kind=kind, name=name, reference=reference)
            if kind is Kind.EVENT:
                raise
            t = request.t if request else language("en")
            self._tell(kind, body, notices.unexpected(reference, t), request, ack)
        finally:
            spent = (time.perf_counter() - began) * 1000
            self._answered(kind, outcome, spent / 1000)
            (log.warning if spent > SLOW_MS else log.info)(
                "request", kind=kind, name=name, outcome=outcome, ms=round(spent, 1), reference=reference
            )

    def _not_known(self, kind: Kind, name: str, body: Mapping[str, Any], ack: Callable[..., Any]) -> None:
        """A button or form of an older version, which stands in some message for years."""
        if kind in (Kind.EVENT, Kind.OPTIONS):
            ack(**({"options": []} if kind is Kind.OPTIONS else {}))
            return
        log.warning("nobody answers this", kind=kind, name=name)
        request: Request | None = None
        with suppress(Problem, SQLAlchemyError, SlackApiError, OSError):  # then it is said in English
            request = self._request(kind, name, body)
        t = request.t if request else language("en")
        self._tell(kind, body, notices.outdated(t, self._prefix), request, ack)

    def _handler(self, kind: Kind, name: str) -> Callable[[Request], Reply] | None:
        if kind is Kind.COMMAND:
            return lambda request: run_command(self._routes, request)
        return self._routes.find(kind, name)

    def _name(self, kind: Kind, body: Mapping[str, Any]) -> str:
        match kind:
            case Kind.COMMAND:
                return str(body["command"]).removeprefix("/").removeprefix(self._prefix)
            case Kind.ACTION:
                return str(body["actions"][0]["action_id"])
            case Kind.SUBMISSION:
                return str(body["view"]["callback_id"])
            case Kind.SHORTCUT:
                return str(body["callback_id"])
            case Kind.OPTIONS:
                return str(body["action_id"])
            case Kind.EVENT:
                return str(body["event"]["type"])

    def _request(self, kind: Kind, name: str, body: Mapping[str, Any]) -> Request:
        event = body.get("event", {})
        user_id = _author(event, body) if kind is Kind.EVENT else str(body.get("user_id") or body["user"]["id"])
        team_id = _team(body)
        member = self._people.get(team_id, user_id) if user_id else Member(user_id="")
        return Request(
            name=name,
            team_id=team_id,
            member=member,
            t=self._people.language_of(member),
            now=self._database.clock.now(),
            payload=event if kind is Kind.EVENT else body,
            units=self._database,
            directory=self._gateway,
            key=_key(kind, body),
            text=str(body.get("text", "")) if kind is Kind.COMMAND else "",
            prefix=self._prefix,
        )

    def _carry_out(self, kind: Kind, reply: Reply, request: Request | None, ack: Callable[..., Any]) -> None:
        body = request.payload if request else {}
        match reply:
            case Done():
                ack()
            case CloseAll():
                ack(response_action="clear")
            case Refuse(errors):
                self._refuse(errors, body, request.t if request else language("en"), ack)
            case Options(options):
                ack(options=list(options))
            case Home(view):
                self._gateway.publish_home(request.member.user_id if request else "", view)
                ack()
            case Say(message, replace):
                self._say(kind, message, body, ack, request.t if request else language("en"), replace=replace)
            case Open(view):
                self._open(kind, view, body, ack)
            case Update(view):
                self._update(kind, view, body, ack, request.t if request else language("en"))

    def _refuse(self, errors: Mapping[str, str], body: Mapping[str, Any], t: Language, ack: Callable[..., Any]) -> None:
        """The modal stays as it is, with the sentences beside its inputs; one without inputs makes way for them."""
        placed = _beside_inputs(errors, body.get("view") or {})
        if placed:
            ack(response_action="errors", errors=placed)
            return
        message = notices.problem(" ".join(errors.values()), "", t)
        ack(response_action="update", view=notices.message_modal(message, t))

    def _home_again(self, kind: Kind, request: Request | None) -> None:
        """After something was done from the Home tab, show the tab as it is now, in her present language."""
        if request is None or kind not in (Kind.ACTION, Kind.SUBMISSION) or not is_from_home(request.payload):
            return
        show = self._routes.find(Kind.EVENT, "app_home_opened")
        if show is None:
            return
        try:
            member = self._people.get(request.team_id, request.member.user_id)
            opened = replace(request, member=member, t=self._people.language_of(member), payload={"tab": "home"})
            self._carry_out(Kind.EVENT, show(opened), opened, lambda **_: None)
        except Exception:  # what she did is done; the tab is fresh again when she comes back to it
            log.exception("the Home tab cannot be refreshed")

    def _open(self, kind: Kind, view: dict[str, Any], body: Mapping[str, Any], ack: Callable[..., Any]) -> None:
        """Triggers live three seconds, so a modal is opened before anything else is waited for."""
        view = returning(view, body)
        in_modal = body.get("view", {}).get("type") == "modal"
        if kind is Kind.SUBMISSION:
            ack(response_action="push", view=view)
            return
        (self._gateway.push_view if in_modal else self._gateway.open_view)(str(body["trigger_id"]), view)
        ack()

    def _update(
        self, kind: Kind, view: dict[str, Any], body: Mapping[str, Any], ack: Callable[..., Any], t: Language
    ) -> None:
        """Too large for the acknowledgement goes by itself. An empty one would then close the modal; errors do not."""
        view = returning(view, body)
        if view.get("callback_id") == body["view"].get("callback_id"):
            view = refilled(view, (body["view"].get("state") or {}).get("values", {}))
        if kind is Kind.SUBMISSION and len(json.dumps(view)) < LARGEST_ACK:
            ack(response_action="update", view=view)
            return
        self._gateway.update_view(str(body["view"]["id"]), view)
        if kind is Kind.SUBMISSION:
            self._refuse({"": t("Please look through this once more, then press the button again.")}, {"view": view}, t,
                         ack)  # fmt: skip
        else:
            ack()

    def _say(
        self, kind: Kind, message: blocks.Rendered, body: Mapping[str, Any], ack: Callable[..., Any], t: Language,
        *, replace: bool,
    ) -> None:  # fmt: skip
        private = {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}
        if kind is Kind.COMMAND and len(json.dumps(private)) < LARGEST_ACK:
            ack(**private)
        elif body.get("response_url"):
            ack()
            was_private = bool((body.get("container") or {}).get("is_ephemeral"))
            self._gateway.respond(str(body["response_url"]), {**private, "replace_original": replace and was_private})
        elif kind is Kind.SUBMISSION:
            self._update(kind, notices.message_modal(message, t), body, ack, t)
        else:
            self._open(kind, notices.message_modal(message, t), body, ack)

    def _tell(
        self, kind: Kind, body: Mapping[str, Any], sentence: str, request: Request | None, ack: Callable[..., Any]
    ) -> None:
        """A sentence where the person looks: beside the form, in the answer, or in a small modal."""
        t = request.t if request else language("en")
        try:
            if kind is Kind.SUBMISSION:
                self._refuse({"": sentence}, body, t, ack)
            elif kind is Kind.OPTIONS:
                ack(options=[])
            elif kind is Kind.EVENT:
                ack()
            else:
                typed = str(body.get("text", "")) if kind is Kind.COMMAND else ""
                self._say(kind, notices.problem(sentence, typed, t), body, ack, t, replace=False)
        except (SlackApiError, OSError):
            log.exception("the person cannot be told", kind=kind)
            ack()


def _author(event: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """Whose doing an event is; empty where it is nobody's (a renamed channel), or the bot's own.

    Where `user` is a whole object (`user_change`), it is whom the event is about.
    """
    user = event.get("user")
    bots = [SLACKBOT, *(authorized.get("user_id") for authorized in body.get("authorizations") or [])]
    return user if isinstance(user, str) and user not in bots and not event.get("bot_id") else ""


def _team(body: Mapping[str, Any]) -> str:
    """The workspace. Of an app that is installed for a whole organisation, `team` may be null."""
    of_user, of_organisation = (body.get(part) or {} for part in ("user", "enterprise"))
    team = body.get("team_id") or (body.get("team") or {}).get("id")
    return str(team or of_user.get("team_id") or of_organisation.get("id") or body.get("enterprise_id") or "")


def _nothing_chosen(action: Mapping[str, Any]) -> bool:
    """A choice was taken back: Slack tells that too."""
    chosen = [value for name, value in action.items() if name.startswith("selected_")]
    return bool(chosen) and all(value is None for value in chosen)


def _beside_inputs(errors: Mapping[str, str], view: Mapping[str, Any]) -> dict[str, str]:
    """Slack takes errors for input blocks only; what belongs to none goes beside the last one, near the button."""
    inputs = [block["block_id"] for block in view.get("blocks", []) if block["type"] == "input"]
    placed = {name: text for name, text in errors.items() if name in inputs}
    homeless = " ".join(text for name, text in errors.items() if name not in inputs)
    if homeless and inputs:
        placed[inputs[-1]] = " ".join(filter(None, [placed.get(inputs[-1], ""), homeless]))
    return placed


def _key(kind: Kind, body: Mapping[str, Any]) -> str:
    """What a redelivery of the same request has in common with it; names no person. Empty where nothing tells."""
    match kind:
        case Kind.SUBMISSION:
            return f"view:{body['view']['id']}:{body['view'].get('hash', '')}"
        case Kind.ACTION:
            action, container = body["actions"][0], body.get("container") or {}
            place = container.get("message_ts") or container.get("view_id", "")
            return f"action:{place}:{action['action_id']}:{action.get('action_ts', body.get('trigger_id', ''))}"
        case Kind.EVENT:
            return f"event:{body['event_id']}" if body.get("event_id") else ""
    return f"{kind}:{body['trigger_id']}" if body.get("trigger_id") else ""


def _failed(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """What no handler caught. Events are answered with 500, so that Slack sends them again."""
    log.error("request failed", error=type(error).__name__, type=body.get("type"))
    return BoltResponse(status=500 if body.get("type") == "event_callback" else 200, body="")
