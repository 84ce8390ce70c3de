"""One call of the control API."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from sandbox.base import Json, Refused, SlackError, parsed, whole
from sandbox.platform import Platform
from sandbox.slack import Slack

NOT_FOUND = {"channel_not_found", "message_not_found", "user_not_found", "file_not_found", "thread_not_found"}
KINDS: dict[type, str] = {str: "text", dict: "an object", list: "a list", int: "a whole number"}

T = TypeVar("T", bound=str | dict[str, Any] | list[Any] | int)


class Call:
    """Who acts, where, and with what."""

    def __init__(self, request: Request, body: Json) -> None:
        self.request = request
        self.platform: Platform = request.app.state.platform
        self.slack: Slack = self.platform.workspace(request.path_params.get("team", ""))
        self.body = body

    @property
    def user(self) -> str:
        """The person who acts; raises Refused when there is none."""
        return str(self.slack.workspace.person(self.request.path_params["user"])["id"])

    @property
    def query(self) -> Any:
        return self.request.query_params

    def need(self, name: str) -> str:
        """A text of the body; raises Refused when it is missing or empty."""
        return need(self.body, name)

    def get(self, name: str, default: T) -> T:
        """A field of the body, of the kind of `default`, which is returned when there is none."""
        return default if self.body.get(name) is None else part(self.body, name, type(default))

    def number(self, name: str, default: int) -> int:
        """A number of the query."""
        try:
            return whole(self.query.get(name) or str(default))
        except ValueError:
            raise Refused("invalid_number", f"{name} must be a number.") from None

    def channel(self) -> Json:
        """The channel of the address, or else of the body, if this person can look into it."""
        return self.slack.workspace.channel(self.request.path_params.get("channel") or self.need("channel"))


def need(given: Json, name: str) -> str:
    """A text of an object; raises Refused when it is missing or empty."""
    if given.get(name) == "":
        raise Refused("missing_field", f"The field {name} is missing.")
    return part(given, name, str)


def part(given: Json, name: str, kind: type[T]) -> T:
    """A part of an object; raises Refused when it is missing or of another kind."""
    value = given.get(name)
    if value is None:
        raise Refused("missing_field", f"The field {name} is missing.")
    if not isinstance(value, kind):
        raise Refused("invalid_field", f"The field {name} must be {KINDS[kind]}.")
    return value


Run = Callable[[Call], Awaitable[Json]]


class Routes(list[BaseRoute]):
    """The endpoints of a module: `@routes(PATH, VERB…)` makes a function one of them. JSON in and out.

    One that takes `a_file` reads the body itself.
    """

    def __call__(self, path: str, *verbs: str, a_file: bool = False) -> Callable[[Run], Run]:
        def keep(run: Run) -> Run:
            self.append(Route(path, _answered(run, a_file=a_file), methods=verbs or ["GET"]))
            return run

        return keep


def _answered(run: Run, *, a_file: bool) -> Callable[[Request], Awaitable[JSONResponse]]:
    async def endpoint(request: Request) -> JSONResponse:
        try:
            return JSONResponse({"ok": True, **await run(Call(request, {} if a_file else await _body(request)))})
        except Refused as refused:
            return JSONResponse(refused.body, refused.status)
        except SlackError as refusal:  # in words
            error = refusal.body["error"]
            words = {"detail": error.replace("_", " ").capitalize() + "."}
            return JSONResponse(refusal.body | words, 404 if error in NOT_FOUND else 409)

    return endpoint


async def _body(request: Request) -> Json:
    given = await request.body()
    if given and not request.headers.get("content-type", "").startswith("application/json"):
        raise Refused("not_json", "The body must be JSON, and its Content-Type application/json.", 415)
    try:
        body = parsed(given or b"{}")
    except ValueError:
        raise Refused("invalid_json", "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Refused("invalid_json", "The body must be a JSON object.")
    return body
