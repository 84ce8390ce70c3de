"""What a request of Slack looks like: its body, its headers, its signature."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

from sandbox.base import SIGNING_SECRET, Json

AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


def encoded(kind: str, payload: Json, retry: Json) -> tuple[bytes, dict[str, str]]:
    """Return body and headers: events as JSON, commands as a form, the rest as JSON in a form's field."""
    if kind == "events_api":
        content, body = "application/json", json.dumps(payload).encode()
    else:
        fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        content, body = "application/x-www-form-urlencoded", urlencode(fields).encode()
    stamp = str(int(time.time()))  # the machine's, however far people have travelled
    headers = {"Content-Type": content, "User-Agent": AGENT, "Accept": "application/json,*/*"}
    headers |= {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature(body, stamp)}
    if retry.get("retry_attempt"):
        headers["X-Slack-Retry-Num"] = str(retry["retry_attempt"])
        headers["X-Slack-Retry-Reason"] = retry["retry_reason"]
    return body, headers


def signature(body: bytes, stamp: str, secret: str = SIGNING_SECRET) -> str:
    """Slack's signature, version 0, of a body sent at this UNIX time."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
