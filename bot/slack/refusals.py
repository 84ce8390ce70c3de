"""What Slack answers to an answer: `ok`, or why it does not take it, by the status or in the body."""

import json
from dataclasses import dataclass
from http.client import HTTPException

from slack_sdk.webhook import WebhookResponse

from bot.error_names import NAME

TOO_MANY = 429


class NotTaken(HTTPException):
    """Slack refused an answer, so that the person has not seen it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """`name` is Slack's, else the status; empty where it was taken."""

    name: str
    status: int

    @property
    def is_of_content(self) -> bool:
        """With other blocks it may be taken: the address holds, and Slack is well."""
        return bool(self.name) and self.status < TOO_MANY and not self.name.endswith("_url")


def refused(answer: WebhookResponse) -> Refusal:
    """Read an answer. Slack refuses in JSON or with the bare name, with any status."""
    name = _error_in(answer.body)
    if not name and answer.status_code != 200:
        name = answer.body if NAME.fullmatch(answer.body) else f"http_{answer.status_code}"
    return Refusal(name, answer.status_code)


def _error_in(body: str) -> str:
    try:
        answer = json.loads(body)
    except ValueError:
        return ""
    return str(answer.get("error") or "") if isinstance(answer, dict) and answer.get("ok") is False else ""
