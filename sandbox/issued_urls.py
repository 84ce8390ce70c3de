"""What the app sends to addresses that it was given: the bytes of an upload, answers to response URLs."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox import answers, faulty_answers
from sandbox.api.files import receive
from sandbox.base import SlackError, parsed
from sandbox.log import FROM_APP, Log
from sandbox.platform import Platform
from sandbox.slack import Slack


async def upload(request: Request) -> Response:
    """Take the bytes of an upload, bare or as a form."""
    platform: Platform = request.app.state.platform
    content = await request.body()
    if request.headers.get("content-type", "").startswith("multipart/"):
        form = await request.form()
        content = b"".join([await part.read() for part in form.values() if not isinstance(part, str)])
    file = request.path_params["file"]
    slack = platform.where(lambda slack: file in slack.uploads)
    noted = {"file": file, "bytes": len(content)}
    return await _taken(request, slack, "upload", noted, lambda: receive(slack, file, content), f"OK - {len(content)}")


async def respond(request: Request) -> Response:
    """A post to a response URL."""
    platform: Platform = request.app.state.platform
    body, key = await request.body(), request.path_params["key"]
    slack = platform.where(lambda slack: slack.response_urls.knows(key))
    try:
        answer = parsed(body)
    except ValueError:
        answer = body.decode(errors="replace")

    def do() -> None:
        if not isinstance(answer, dict):
            raise SlackError("invalid_payload")
        answers.respond(slack, slack.response_urls.use(key), answer)

    return await _taken(request, slack, "response_url", answer, do, "ok")


async def _taken(request: Request, slack: Slack, what: str, noted: Any, do: Callable[[], None], done: str) -> Response:
    """Do it and note it in the inspector; answer `done`, or with the refusal."""
    log: Log = request.app.state.platform.log
    entry = log.open(FROM_APP, what, noted, slack.id)

    def answer() -> Response:
        try:
            do()
        except SlackError as refusal:
            log.close(entry, refusal.body, 0, *refusal.broke)
            return JSONResponse(refusal.body, 404 if refusal.body["error"].endswith("_url") else 400)
        log.close(entry, done, 0)
        return PlainTextResponse(done)

    return await faulty_answers.answered(request, what, entry, answer)
