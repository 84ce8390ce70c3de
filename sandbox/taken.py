"""What the app sends to addresses that it was given: the bytes of an upload, answers to response URLs."""

import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox import answers, broken
from sandbox.api.files import receive
from sandbox.base import Json, SlackError
from sandbox.log import FROM_APP
from sandbox.slack import Slack


async def upload(request: Request) -> Response:
    """Take the bytes of an upload, bare or as a form."""
    slack: Slack = request.app.state.slack
    content = await request.body()
    if request.headers.get("content-type", "").startswith("multipart/"):
        form = await request.form()
        content = b"".join([await part.read() for part in form.values() if not isinstance(part, str)])
    file = request.path_params["file"]
    noted = {"file": file, "bytes": len(content)}
    return await _taken(request, "upload", noted, lambda: receive(slack, file, content), f"OK - {len(content)}")


async def respond(request: Request) -> Response:
    """A post to a response URL."""
    slack: Slack = request.app.state.slack
    try:
        answer = json.loads(await request.body())
    except json.JSONDecodeError:
        return JSONResponse({"ok": False, "error": "invalid_payload"}, 400)
    key = request.path_params["key"]
    return await _taken(
        request, "response_url", answer, lambda: answers.respond(slack, slack.replies.use(key), answer), "ok"
    )


async def _taken(request: Request, what: str, noted: Json, do: Callable[[], None], done: str) -> Response:
    """Do it and note it in the inspector; answer `done`, or with the refusal."""
    slack: Slack = request.app.state.slack
    entry = slack.log.open(FROM_APP, what, noted)

    def answer() -> Response:
        try:
            do()
        except SlackError as refusal:
            slack.log.close(entry, refusal.body, 0, *refusal.broke)
            return JSONResponse(refusal.body, 404 if refusal.body["error"].endswith("_url") else 400)
        slack.log.close(entry, done, 0)
        return PlainTextResponse(done)

    return await broken.answered(request, what, entry, answer)
