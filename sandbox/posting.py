"""HTTP delivery: payloads are posted to the app's request URL, encoded and signed as Slack does."""

import asyncio
import http.client
import json
import secrets
import ssl
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sandbox.base import ACK_SECONDS, VERIFICATION_TOKEN, Json, Refused, parsed
from sandbox.faults import Fault
from sandbox.log import TO_APP, Log, team_of
from sandbox.manifest import App
from sandbox.signing import encoded
from sandbox.sockets import Ack

AT_ONCE = 64
TOO_LATE = f"not acknowledged within {ACK_SECONDS:.0f} seconds"


@dataclass(frozen=True)
class Answer:
    """What the app answered: a status and a body, or with status 0 why there is none, in Slack's words for retries."""

    status: int
    body: str = ""
    reason: str = "http_error"
    no_retry: bool = False

    @property
    def error(self) -> str | None:
        """What the person is told who did something; None when all is well."""
        if 200 <= self.status < 300:
            return None
        if self.reason == "http_timeout":
            return "operation_timeout"
        return "dispatch_failed" if not self.status else f"http_{'service' if self.status >= 500 else 'client'}_error"


class RequestUrl:
    """Posts to one URL, or without it to those in the manifest."""

    name = "http"
    connected = True

    def __init__(self, log: Log, app: App) -> None:
        self.url = ""
        self._log = log
        self._app = app
        self._threads = ThreadPoolExecutor(AT_ONCE, "sandbox-http")
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects())

    async def send(
        self, kind: str, what: str, payload: Json, *, accepts: bool, retry: Json | None, fault: Fault | None
    ) -> Ack:
        """Post a payload and wait three seconds for its answer."""
        body, headers = encoded(kind, payload, retry or {})
        entry = self._log.open(TO_APP, what, json.loads(json.dumps(payload)), team_of(payload))
        entry["fault"] = fault and fault.kind
        url = self.url or self._app.url(kind, payload)
        began = time.perf_counter()
        answer = await self._post(url, body, headers, fault)
        ms = (time.perf_counter() - began) * 1000
        if answer.error:
            broke = TOO_LATE if answer.reason == "http_timeout" else f"answered with {answer.status or answer.reason}"
            self._log.close(entry, answer.body or None, ms, broke)
            return Ack(False, round(ms), error=answer.error, reason=answer.reason, again=not answer.no_retry)
        content = _read(answer.body) if accepts else None
        self._log.close(entry, content, ms)
        return Ack(True, round(ms), content, entry=entry)

    async def verify(self, url: str) -> None:
        """Ask a URL, or that of the manifest, for the challenge; raises Refused when it does not come back."""
        challenge = secrets.token_hex(20)
        asked = {"token": VERIFICATION_TOKEN, "challenge": challenge, "type": "url_verification"}
        entry = self._log.open(TO_APP, "url_verification", asked)
        url = url or self._app.url("events_api", {})
        answer = await self._post(url, *encoded("events_api", asked, {}), None)
        self._log.close(entry, answer.body, 0)
        if answer.error or challenge not in answer.body:
            why = answer.error or "the challenge did not come back"
            raise Refused("url_not_verified", f"{url or 'No request URL'} did not pass the check: {why}.", 409)

    def stop(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _post(self, url: str, body: bytes, headers: dict[str, str], fault: Fault | None) -> Answer:
        kind = fault.kind if fault else ""
        if not url or kind == "drop_before":
            return Answer(0, reason="connection_failed")
        send = _send_half if kind == "closed_mid_frame" else self._send
        answer = await asyncio.get_running_loop().run_in_executor(self._threads, send, url, body, headers)
        return Answer(0, reason="http_timeout") if kind == "drop_after" else answer

    def _send(self, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        try:
            request = urllib.request.Request(url, body, headers)
            with self._opener.open(request, timeout=ACK_SECONDS) as answer:
                return Answer(answer.status, answer.read().decode(errors="replace"))
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answer(refusal.code, no_retry=refusal.headers.get("X-Slack-No-Retry") == "1")
        except (OSError, ValueError, http.client.HTTPException) as failure:
            return Answer(0, reason=_reason(getattr(failure, "reason", failure)))


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """A redirection counts as an error."""


def _send_half(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Break off in the midst of the body."""
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.netloc, timeout=ACK_SECONDS)
    try:
        connection.request("POST", where.path, body[: len(body) // 2], {**headers, "Content-Length": str(len(body))})
    except OSError:
        pass
    finally:
        connection.close()
    return Answer(0, reason="connection_failed")


def _reason(failure: Any) -> str:
    if isinstance(failure, TimeoutError):
        return "http_timeout"
    return "ssl_error" if isinstance(failure, ssl.SSLError) else "connection_failed"


def _read(body: str) -> Any:
    """The payload of an answer: JSON, or text as it stands."""
    try:
        return parsed(body) if body else None
    except ValueError:
        return body
