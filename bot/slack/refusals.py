"""What Slack answers to an answer: `ok`, or why it does not take it, by the status or in the body."""

import json
from http.client import HTTPException

from slack_sdk.webhook import WebhookResponse

from bot.error_names import NAME

TOO_MANY = 429


class NotTaken(HTTPException):
    """Slack refused an answer, so that the person has not seen it."""


def refusal(answer: WebhookResponse) -> str:
    """Slack's name of it, in JSON or bare, by any status; else the status. Empty where the answer was taken."""
    name = _error_in(answer.body)
    if name or answer.status_code == 200:
        return name
    return answer.body if NAME.fullmatch(answer.body) else f"http_{answer.status_code}"


def refuses_content(answer: WebhookResponse) -> bool:
    """With other blocks it may be taken: the address holds, and Slack is well."""
    name = refusal(answer)
    return bool(name) and answer.status_code < TOO_MANY and not name.endswith("_url")


def _error_in(body: str) -> str:
    try:
        answer = json.loads(body)
    except ValueError:
        return ""
    return str(answer.get("error") or "") if isinstance(answer, dict) and answer.get("ok") is False else ""
