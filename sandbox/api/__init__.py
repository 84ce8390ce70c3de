"""The Web API: `/api/METHOD`, every answer as Slack gives it."""

import json
import time
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse

from sandbox.api import chat, conversations, files, marks, people, views
from sandbox.api.call import Call, Method
from sandbox.base import APP_TOKEN, BOT_TOKEN, Json, SlackError
from sandbox.log import FROM_APP
from sandbox.slack import Slack


def connections_open(call: Call) -> Json:
    ticket = call.slack.sockets.ticket()
    return {"url": f"{call.slack.base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}"}


METHODS: dict[str, Method] = {
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **marks.METHODS,
    **people.METHODS,
    **views.METHODS,
    "apps.connections.open": Method(connections_open),
}
APP_LEVEL = {"apps.connections.open"}


async def web_api(request: Request) -> JSONResponse:
    """Answer one call of the app and note it in the inspector."""
    slack: Slack = request.app.state.slack
    name = request.path_params["method"]
    began = time.perf_counter()
    try:
        args = await _arguments(request)
    except SlackError as refusal:
        return JSONResponse(refusal.body)
    entry = slack.log.open(FROM_APP, name, {key: value for key, value in args.items() if key != "token"})
    answer, broke = _answer(slack, name, args, _token(request, args))
    slack.log.close(entry, answer, (time.perf_counter() - began) * 1000, *broke)
    scopes = {"x-oauth-scopes": slack.app.provided} if slack.app.provided else None
    return JSONResponse(answer, headers=scopes)


def _answer(slack: Slack, name: str, args: Json, token: str) -> tuple[Json, list[str]]:
    """Return the answer and the rules that the call broke."""
    try:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        if name != "api.test":
            _check_token(token, APP_TOKEN if name in APP_LEVEL else BOT_TOKEN)
        call = Call(slack, args)
        call.need_scope(*method.scopes)
        return {"ok": True, **method.run(call)}, []
    except SlackError as refusal:
        return refusal.body, refusal.broke


def _check_token(token: str, wanted: str) -> None:
    if token == wanted:
        return
    if not token:
        raise SlackError("not_authed")
    raise SlackError("not_allowed_token_type" if token in (APP_TOKEN, BOT_TOKEN) else "invalid_auth")


def _token(request: Request, args: Json) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(args.get("token") or "")


async def _arguments(request: Request) -> Json:
    args: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        args |= _object(await request.body())
    elif kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        form = await request.form(max_part_size=4 * 1024 * 1024)
        args |= {key: value for key, value in form.items() if not isinstance(value, UploadFile)}
    return args


def _object(body: bytes) -> Json:
    try:
        value = json.loads(body or b"{}")
    except json.JSONDecodeError:
        raise SlackError("invalid_json") from None
    if not isinstance(value, dict):
        raise SlackError("json_not_object")
    return value
