"""One call of the control API."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from sandbox.base import Json, Refused, SlackError
from sandbox.slack import Slack

NOT_FOUND = {"channel_not_found", "message_not_found", "user_not_found", "file_not_found", "thread_not_found"}


class Call:
    """Who acts, where, and with what."""

    def __init__(self, request: Request, body: Json) -> None:
        self.request = request
        self.slack: Slack = request.app.state.slack
        self.body = body

    @property
    def user(self) -> str:
        """The person who acts; raises Refused when there is none."""
        return str(self.slack.workspace.person(self.request.path_params["user"])["id"])

    @property
    def query(self) -> Any:
        return self.request.query_params

    def need(self, name: str) -> Any:
        if self.body.get(name) in (None, ""):
            raise Refused("missing_field", f"The field {name} is missing.")
        return self.body[name]

    def number(self, name: str, default: int) -> int:
        """A number of the query."""
        value = self.query.get(name) or str(default)
        if not value.isdigit():
            raise Refused("invalid_number", f"{name} must be a number.")
        return int(value)

    def channel(self) -> Json:
        """The channel of the address, or else of the body, if this person can look into it."""
        return self.slack.workspace.channel(self.request.path_params.get("channel") or self.need("channel"))


Run = Callable[[Call], Awaitable[Json]]


class Routes(list[BaseRoute]):
    """The endpoints of a module: `@routes(PATH, VERB…)` makes a function one of them. JSON in and out."""

    def __call__(self, path: str, *verbs: str) -> Callable[[Run], Run]:
        def keep(run: Run) -> Run:
            self.append(Route(path, _answered(run), methods=verbs or ["GET"]))
            return run

        return keep


def _answered(run: Run) -> Callable[[Request], Awaitable[JSONResponse]]:
    async def endpoint(request: Request) -> JSONResponse:
        try:
            return JSONResponse({"ok": True, **await run(Call(request, await _body(request)))})
        except Refused as refused:
            return JSONResponse(refused.body, refused.status)
        except SlackError as refusal:  # in words
            error = refusal.body["error"]
            words = {"detail": error.replace("_", " ").capitalize() + "."}
            return JSONResponse(refusal.body | words, 404 if error in NOT_FOUND else 409)

    return endpoint


async def _body(request: Request) -> Json:
    if not request.headers.get("content-type", "").startswith("application/json"):
        return {}
    try:
        body = json.loads(await request.body() or b"{}")
    except json.JSONDecodeError:
        raise Refused("invalid_json", "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Refused("invalid_json", "The body must be a JSON object.")
    return body
