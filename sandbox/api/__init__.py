"""The Web API: `/api/METHOD`, every answer as Slack gives it."""

import base64
import time
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox import faulty_answers
from sandbox.api import chat, conversations, files, oauth, people, pins_and_reactions, views
from sandbox.api.call import Call, Methods
from sandbox.base import APP_TOKEN, BOT_TOKEN, Json, SlackError, parsed
from sandbox.log import FROM_APP
from sandbox.platform import Platform
from sandbox.slack import Slack

methods = Methods()


@methods("apps.connections.open")
def connections_open(call: Call) -> Json:
    ticket = call.slack.services.sockets.ticket()
    return {"url": f"{call.slack.base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}"}


MODULES = (
    methods,
    *(module.methods for module in (chat, conversations, files, oauth, people, pins_and_reactions, views)),
)
METHODS = {name: method for module in MODULES for name, method in module.items()}
APP_LEVEL = {"apps.connections.open"}
WITHOUT_TOKEN = {"api.test", "oauth.v2.access"}
SECRETS = {"token", "client_secret"}


async def web_api(request: Request) -> Response:
    """Answer one call of the app and note it in the inspector."""
    platform: Platform = request.app.state.platform
    name = request.path_params["method"]
    began = time.perf_counter()
    try:
        args = await _arguments(request)
    except SlackError as refusal:
        return JSONResponse(refusal.body)
    entry = platform.log.open(FROM_APP, name, {key: value for key, value in args.items() if key not in SECRETS})

    def do() -> Response:
        headers: dict[str, str] = {}
        try:
            slack = _asked(platform, name, args, _token(request, args))
            entry["team"] = slack.id
            wait = platform.rates.ask(name, str(args.get("channel", "")), slack.id)
            if wait:
                platform.log.close(entry, {"ok": False, "error": "ratelimited"}, 0, "ratelimited")
                return faulty_answers.ratelimited(wait)
            headers |= {"x-oauth-scopes": slack.app.provided} if slack.app.provided else {}
            answer, broke = _answer(Call(slack, args), name), []
        except SlackError as refusal:
            answer, broke = refusal.body, refusal.broke
        platform.log.close(entry, answer, (time.perf_counter() - began) * 1000, *broke)
        return JSONResponse(answer, headers=headers)

    return await faulty_answers.answered(request, name, entry, do)


def _answer(call: Call, name: str) -> Json:
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    call.need_scope(*method.scopes)
    return {"ok": True, **method.run(call)}


def _asked(platform: Platform, name: str, args: Json, token: str) -> Slack:
    """Return the workspace that a call is about; raises what Slack answers to a token that is not for it."""
    if name in APP_LEVEL and token.startswith(BOT_TOKEN):
        raise SlackError("not_allowed_token_type")
    if name in WITHOUT_TOKEN:
        return platform.where(lambda slack: slack.installation.has_code(str(args.get("code"))))
    return platform.home if name in APP_LEVEL and token == APP_TOKEN else platform.of_token(token)


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
    return _client(request) | args


def _client(request: Request) -> Json:
    """The app's own id and secret, where it names itself by them."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        client_id, _, secret = base64.b64decode(given).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": client_id, "client_secret": secret}


def _object(body: bytes) -> Json:
    try:
        value = parsed(body or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(value, dict):
        raise SlackError("json_not_object")
    return value
