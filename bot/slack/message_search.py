"""Finding a message of ours in its conversation, after nobody told us whether it went out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.error_names import error_name
from bot.slack.slack_client import Hold
from domain.people.record import is_person

EVENT_TYPE = "gemba_message"
MOST_SKEW = 300  # seconds between Slack's clock and ours; with more its requests are refused
PAGE, MOST_PAGES = 200, 20
"""Messages a page, and pages a look: people go on talking while Slack does not answer us."""


class Unfinished(Exception):
    """There is more to read than one look may take: the next one goes on from there."""


@dataclass(slots=True)
class Search:
    """What is looked for and where; `cursor` is how far back it was read, so that no page is read twice."""

    channel: str
    token: str
    since: datetime
    thread_ts: str = ""
    cursor: str = ""


def mark(token: str) -> dict[str, Any]:
    """The metadata by which a message is found again. Anybody in the workspace can read it, and copy it."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": token}}


def find_message(client: WebClient, search: Search, bot_id: str, hold: Hold) -> tuple[str, str] | None:
    """Channel and ts of our message, None when it is not there. Raises Unfinished, SlackApiError, OSError."""
    for _ in range(MOST_PAGES):
        hold()
        page = _page(client, search)
        for message in page.get("messages") or []:
            if _token_of(message) == search.token and message.get("bot_id", bot_id) == bot_id:
                return search.channel, str(message["ts"])
        search.cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not search.cursor:
            return None
    raise Unfinished


def _page(client: WebClient, search: Search) -> SlackResponse:
    """The next one; raises Unfinished when Slack does not know any more how far we were."""
    if is_person(search.channel):  # history is of a conversation, not of a person
        search.channel = str(client.conversations_open(users=search.channel)["channel"]["id"])
    arguments: dict[str, Any] = {
        "channel": search.channel,
        "oldest": f"{search.since.timestamp() - MOST_SKEW:.6f}",
        "limit": PAGE,
        "include_all_metadata": True,
        "cursor": search.cursor or None,
    }
    try:
        if search.thread_ts:
            return client.conversations_replies(ts=search.thread_ts, **arguments)
        return client.conversations_history(**arguments)
    except SlackApiError as error:
        if search.cursor and error_name(error) == "invalid_cursor":
            search.cursor = ""
            raise Unfinished from error
        raise


def _token_of(message: Mapping[str, Any]) -> object:
    """None where it has no mark of this kind; others may have put anything there."""
    metadata = message.get("metadata")
    if not isinstance(metadata, dict) or metadata.get("event_type") != EVENT_TYPE:
        return None
    payload = metadata.get("event_payload")
    return payload.get("key") if isinstance(payload, dict) else None
