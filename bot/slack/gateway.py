"""The one way out: every call to Slack is made here."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from bot.error_names import error_name
from bot.slack.asking import NO_SUCH_FILE, NO_SUCH_PERSON, NOT_SHOWN, asking
from bot.slack.downloads import content_of
from bot.slack.message_search import Search, find_message, mark
from bot.slack.refusals import NotTaken, refusal, refuses_content
from bot.slack.slack_client import UNREACHABLE, Client, Failed, Hold
from bot.slack.uploading import refuses_blocks, with_document, with_picture
from domain.core import Command, NotFound, SharedFile, UserGroup, words
from domain.people.record import Member
from views.core import CHART, Rendered

Sent = TypeVar("Sent")
TIMEOUT = 10
PAGE = 200  # as many of a list as Slack advises to ask for at once
REPLY_TIMEOUT = 2  # a direct reply has to fit into the three seconds of its request
NO_FILE = words(
    "I cannot see this file. Invite me into its channel with /invite, or upload it with {command}.",
    command=Command("gemba kpi import"),
)
UNSEEN = words("I cannot see this channel yet. Invite me there with /invite, then try again.")


class Gateway:
    """Slack as the bot needs it. Posts are never retried here: a dropped answer may be of a message that is out."""

    def __init__(self, token: str, base_url: str, failed: Failed = lambda _method, _error: None) -> None:
        """`failed` hears of every call that Slack refuses or does not answer."""
        self._failed = failed
        common: dict[str, Any] = {"token": token, "base_url": base_url, "failed": failed}
        self.client = Client(**common, timeout=TIMEOUT)
        self._posting = Client(**common, timeout=TIMEOUT, retry_handlers=[])
        self._replying = Client(**common, timeout=REPLY_TIMEOUT, retry_handlers=[])

    # What the delivery worker says

    def post(
        self, channel: str, message: Rendered, *, key: str, thread_ts: str = "", hold: Hold = lambda: None
    ) -> tuple[str, str]:
        """Post, and return the channel and ts as Slack gives them. Raises SlackApiError, or what the network raises."""
        if message.document:
            hold()
            shared = with_document(self._posting, channel, message, message.document)
            if shared:
                return shared
        return self._in_full(message, hold, lambda rendered: self._post(channel, rendered, key, thread_ts))

    def _post(self, channel: str, message: Rendered, key: str, thread_ts: str) -> tuple[str, str]:
        answer = self._posting.chat_postMessage(
            channel=channel,
            text=message.text,
            blocks=message.blocks or None,
            thread_ts=thread_ts or None,
            metadata=mark(key),
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer["channel"]), str(answer["ts"])

    def _in_full(self, message: Rendered, hold: Hold, send: Callable[[Rendered], Sent]) -> Sent:
        """Send it with its picture; where the workspace refuses its chart, with a picture in place of that."""
        if message.picture and not message.picture.instead:
            message = with_picture(self._posting, message, hold)
        hold()
        try:
            return send(message)
        except SlackApiError as error:
            if not message.has_chart or not refuses_blocks(error):
                raise
        message = with_picture(self._posting, message.without_charts(), hold)
        hold()
        return send(message)

    def whisper(self, channel: str, person: str, message: Rendered) -> None:
        """Show a message to one person in a channel; it is gone when they reload."""
        arguments: dict[str, Any] = {"channel": channel, "user": person, "text": message.text, "parse": "none"}
        try:
            self._posting.chat_postEphemeral(**arguments, blocks=message.blocks or None)
        except SlackApiError as error:
            if not message.has_chart or not refuses_blocks(error):
                raise
            self._posting.chat_postEphemeral(**arguments, blocks=message.without_charts().blocks)

    def update(self, channel: str, ts: str, message: Rendered, hold: Hold = lambda: None) -> None:
        """Show it in place of what stands there, with a picture of today's state."""
        where: dict[str, Any] = {"channel": channel, "ts": ts, "parse": "none", "link_names": False}
        self._in_full(
            message,
            hold,
            lambda rendered: self._posting.chat_update(**where, text=rendered.text, blocks=rendered.blocks or None),
        )

    def pin(self, channel: str, ts: str) -> None:
        try:
            self._posting.pins_add(channel=channel, timestamp=ts)
        except SlackApiError as error:
            if error_name(error) != "already_pinned":
                raise

    def find_posted(self, search: Search, hold: Hold = lambda: None) -> tuple[str, str] | None:
        """Channel and ts of our message, if it is out. Raises Unfinished, SlackApiError without scope, OSError."""
        return find_message(self.client, search, str(self._self.get("bot_id") or ""), hold)

    @cached_property
    def _self(self) -> SlackResponse:
        """Who we are."""
        return self.client.auth_test()

    # Direct replies

    def open_view(self, trigger: str, view: dict[str, Any]) -> str:
        """Open a modal; returns its id."""
        return str(self._replying.views_open(trigger_id=trigger, view=view)["view"]["id"])

    def push_view(self, trigger: str, view: dict[str, Any]) -> str:
        """Open one on top of another; returns its id."""
        return str(self._replying.views_push(trigger_id=trigger, view=view)["view"]["id"])

    def update_view(self, view_id: str, view: dict[str, Any], hash_: str = "") -> None:
        self._replying.views_update(view_id=view_id, view=view, hash=hash_ or None)

    def publish_home(self, user_id: str, view: dict[str, Any]) -> None:
        self._replying.views_publish(user_id=user_id, view=view)

    def respond(self, url: str, body: dict[str, Any]) -> None:
        """Answer by a response_url (30 minutes, five uses); without its chart where the workspace refuses that.

        Raises NotTaken where Slack refuses it altogether.
        """
        client = WebhookClient(url, timeout=REPLY_TIMEOUT, retry_handlers=[])
        answer = client.send_dict(body)
        blocks = body.get("blocks") or []
        plainer = [block for block in blocks if block["type"] != CHART]
        if refuses_content(answer) and len(plainer) < len(blocks):
            answer = client.send_dict({**body, "blocks": plainer})
        if name := refusal(answer):
            self._failed("response_url", name)
            raise NotTaken(name)

    # What Slack knows: implements domain.core.ports.Directory

    def member(self, user_id: str) -> Member:
        with asking(words("Slack does not know this person any more."), NO_SUCH_PERSON):
            return _member(self._replying.users_info(user=user_id, include_locale=True)["user"])

    def everyone(self) -> list[Member]:
        with asking(UNSEEN, NOT_SHOWN):
            pages = self.client.users_list(limit=PAGE, include_locale=True)
            return [_member(user) for page in pages for user in page["members"]]

    def channels(self) -> list[str]:
        with asking(UNSEEN, NOT_SHOWN):
            kinds = "public_channel,private_channel"
            pages = self.client.users_conversations(types=kinds, exclude_archived=True, limit=PAGE)
            return [channel["id"] for page in pages for channel in page["channels"]]

    def people_in(self, channel_id: str) -> list[str]:
        members: list[str] = []
        with asking(UNSEEN, NOT_SHOWN):
            for page in self.client.conversations_members(channel=channel_id, limit=PAGE):
                members += page["members"]
            own = self._self["user_id"]
        return [member for member in members if member != own]

    def groups(self) -> list[UserGroup]:
        with suppress(NotFound), asking(UNSEEN, NOT_SHOWN):
            listed = self._replying.usergroups_list()["usergroups"]
            return [UserGroup(one["id"], one.get("handle") or "", one.get("name") or "") for one in listed]
        return []

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
            file = self._replying.files_info(file=file_id)["file"]
            return SharedFile(str(file.get("name") or ""), content_of(self._replying, file, largest))

    def permalink(self, channel_id: str, ts: str) -> str:
        try:
            return str(self._replying.chat_getPermalink(channel=channel_id, message_ts=ts)["permalink"])
        except UNREACHABLE:
            return ""


def _member(user: Mapping[str, Any]) -> Member:
    profile = user.get("profile") or {}
    return Member(
        user_id=str(user["id"]),
        name=profile.get("display_name") or profile.get("real_name") or user.get("name") or "",
        locale=user.get("locale") or "",
        timezone=user.get("tz") or "",
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        active=not (user.get("is_bot") or user.get("deleted")),
        seen_at=datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0),  # the day is enough
    )
