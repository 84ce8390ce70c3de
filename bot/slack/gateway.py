"""The one way out: every call to Slack is made here."""

from contextlib import suppress
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.delivering.uploading import refuses_blocks, with_document, with_picture
from bot.slack.asking import NO_SUCH_FILE, NO_SUCH_PERSON, NOT_SHOWN, asking
from bot.slack.downloads import download, too_large
from bot.slack.slack_client import Client, Failed
from bot.watching.logs import log
from domain.errors import NotFound
from domain.ports import SharedFile
from domain.records.people import Member
from domain.wording import words
from views.blocks import CHART, Rendered

TIMEOUT = 10
REPLY_TIMEOUT = 2  # a direct reply has to fit into the three seconds of its request
MOST_SKEW = 300  # seconds between Slack's clock and ours; with more its requests are refused
EVENT_TYPE = "gemba_message"
NO_FILE = words("I cannot see this file. Invite me into its channel with /invite, or upload it with /gemba kpi import.")
UNSEEN = words("I cannot see this channel yet. Invite me there with /invite, then try again.")


class Gateway:
    """Slack as the bot needs it. Posts are never retried here: a dropped answer may be of a message that is out."""

    def __init__(self, token: str, base_url: str, failed: Failed = lambda _method, _error: None) -> None:
        """`failed` hears of every call that Slack refuses or does not answer."""
        self._failed = failed
        known: dict[str, Any] = {"token": token, "base_url": base_url, "failed": failed}
        self.client = Client(**known, timeout=TIMEOUT)
        self._posting = Client(**known, timeout=TIMEOUT, retry_handlers=[])
        self._replying = Client(**known, timeout=REPLY_TIMEOUT, retry_handlers=[])

    # What the delivery worker says

    def post(self, channel: str, message: Rendered, *, key: str, thread_ts: str = "") -> tuple[str, str]:
        """Post, and return the channel and ts as Slack gives them. Raises SlackApiError, or what the network raises."""
        if message.document:
            shared = with_document(self._posting, channel, message, message.document)
            if shared:
                return shared
        if message.picture and not message.picture.instead:
            message = with_picture(self._posting, message)
        try:
            return self._post(channel, message, key, thread_ts)
        except SlackApiError as error:
            if not message.has_chart or not refuses_blocks(error):
                raise
        return self._post(channel, with_picture(self._posting, message.without_charts()), key, thread_ts)

    def _post(self, channel: str, message: Rendered, key: str, thread_ts: str) -> tuple[str, str]:
        answer = self._posting.chat_postMessage(
            channel=channel,
            text=message.text,
            blocks=message.blocks or None,
            thread_ts=thread_ts or None,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": key}},
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer["channel"]), str(answer["ts"])

    def whisper(self, channel: str, person: str, message: Rendered) -> None:
        """Show a message to one person in a channel; it is gone when she reloads."""
        self._posting.chat_postEphemeral(
            channel=channel, user=person, text=message.text, blocks=message.blocks or None, parse="none"
        )

    def update(self, channel: str, ts: str, message: Rendered) -> None:
        arguments: dict[str, Any] = {"channel": channel, "ts": ts, "text": message.text, "parse": "none"}
        try:
            self._posting.chat_update(**arguments, blocks=message.blocks or None, link_names=False)
        except SlackApiError as error:
            if not message.has_chart or not refuses_blocks(error):
                raise
            self._posting.chat_update(**arguments, blocks=message.without_charts().blocks, link_names=False)

    def pin(self, channel: str, ts: str) -> None:
        try:
            self._posting.pins_add(channel=channel, timestamp=ts)
        except SlackApiError as error:
            if error.response["error"] != "already_pinned":
                raise

    def find_posted(self, channel: str, key: str, *, since: datetime, thread_ts: str = "") -> tuple[str, str] | None:
        """Channel and ts of our message with this key, if it is out. Raises SlackApiError without scope."""
        if channel.startswith(("U", "W")):  # history is of a conversation, not of a person
            channel = str(self.client.conversations_open(users=channel)["channel"]["id"])
        arguments: dict[str, Any] = {
            "channel": channel, "oldest": f"{since.timestamp() - MOST_SKEW:.6f}", "limit": 200,
            "include_all_metadata": True,
        }  # fmt: skip
        said = (
            self.client.conversations_replies(ts=thread_ts, **arguments)
            if thread_ts
            else self.client.conversations_history(**arguments)
        )
        for page in said:  # all of them: people go on talking while Slack does not answer us
            for message in page.get("messages") or []:
                metadata = message.get("metadata") or {}
                if metadata.get("event_type") == EVENT_TYPE and metadata.get("event_payload", {}).get("key") == key:
                    return channel, str(message["ts"])
        return None

    # Direct replies

    def open_view(self, trigger: str, view: dict[str, Any]) -> None:
        self._replying.views_open(trigger_id=trigger, view=view)

    def push_view(self, trigger: str, view: dict[str, Any]) -> None:
        self._replying.views_push(trigger_id=trigger, view=view)

    def update_view(self, view_id: str, view: dict[str, Any], hash_: str = "") -> None:
        self._replying.views_update(view_id=view_id, view=view, hash=hash_ or None)

    def publish_home(self, user_id: str, view: dict[str, Any]) -> None:
        self._replying.views_publish(user_id=user_id, view=view)

    def respond(self, url: str, body: dict[str, Any]) -> None:
        """Answer by a response_url (30 minutes, five uses); without its chart where the workspace refuses that."""
        client = WebhookClient(url, timeout=REPLY_TIMEOUT, retry_handlers=[])
        answer = client.send_dict(body)
        plainer = [block for block in body.get("blocks") or [] if block["type"] != CHART]
        if "invalid_blocks" in answer.body and len(plainer) < len(body["blocks"]):
            answer = client.send_dict({**body, "blocks": plainer})
        if answer.status_code != 200:
            self._failed("response_url", answer.body)
            log.warning("an answer was not taken", status=answer.status_code)

    # What Slack knows: implements domain.ports.Directory

    def member(self, user_id: str) -> Member:
        with asking(words("Slack does not know this person any more."), NO_SUCH_PERSON):
            user = self._replying.users_info(user=user_id, include_locale=True)["user"]
        profile = user.get("profile", {})
        return Member(
            user_id=user_id,
            name=profile.get("display_name") or profile.get("real_name") or user.get("name", ""),
            locale=user.get("locale", ""),
            timezone=user.get("tz") or "",
            is_admin=bool(user.get("is_admin") or user.get("is_owner")),
            active=not (user.get("is_bot") or user.get("deleted")),
            seen_at=_today(),
        )

    def people_in(self, channel_id: str) -> list[str]:
        members: list[str] = []
        with asking(UNSEEN, NOT_SHOWN):
            for page in self.client.conversations_members(channel=channel_id, limit=200):
                members += page["members"]
            own = self.client.auth_test()["user_id"]
        return [member for member in members if member != own]

    def people_of(self, usergroup_id: str) -> list[str]:
        with asking(words("Slack does not show me who is in this group."), NOT_SHOWN):
            return list(self.client.usergroups_users_list(usergroup=usergroup_id)["users"])

    def is_in(self, channel_id: str) -> bool:
        with suppress(NotFound), asking(UNSEEN, NOT_SHOWN):
            return bool(self._replying.conversations_info(channel=channel_id)["channel"].get("is_member"))
        return False

    def channel_name(self, channel_id: str) -> str:
        with asking(UNSEEN, NOT_SHOWN):
            return str(self._replying.conversations_info(channel=channel_id)["channel"].get("name", ""))

    def file(self, file_id: str, largest: int) -> SharedFile:
        with asking(NO_FILE, NO_SUCH_FILE):
            told = self._replying.files_info(file=file_id)["file"]
            if int(told.get("size", 0)) > largest:
                raise too_large(largest)
            return SharedFile(str(told.get("name", "")), download(self._replying, str(told["url_private"]), largest))

    def permalink(self, channel_id: str, ts: str) -> str:
        try:
            return str(self._replying.chat_getPermalink(channel=channel_id, message_ts=ts)["permalink"])
        except (SlackApiError, OSError, HTTPException):
            return ""


def _today() -> datetime:
    """The day alone: the moment of a person's first request of the day would tell who wrote an anonymous suggestion."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
