"""Every method that the sandbox knows: the arguments its page on docs.slack.dev documents, and what it answers."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from slack_sdk import WebClient

from sandbox.base import BOT_ID, CLIENT_ID, CLIENT_SECRET
from sandbox.server import Sandbox

BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "*a* & b"}}]
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": BLOCKS}
HOME = {"type": "home", "blocks": BLOCKS}
METADATA = {"event_type": "made", "event_payload": {"n": 1}}
PAGE = {"limit": 2, "cursor": ""}
CHANNEL = {"channel": "C0TEAM"}


class Known(NamedTuple):
    """Arguments, and the fields that an answer to them must have."""

    args: dict[str, Any]
    answers: set[str]


@dataclass
class Place:
    """A workspace in which every call below can be made once."""

    sandbox: Sandbox
    web: WebClient

    def calls(self) -> dict[str, Known]:
        """The calls in an order in which each can be made; the first ones are in a hurry: triggers last 3 seconds."""
        ts, other, pinned = (self.web.chat_postMessage(**CHANNEL, text="x")["ts"] for _ in range(3))
        self.web.pins_add(**CHANNEL, timestamp=pinned)
        self.web.reactions_add(**CHANNEL, timestamp=pinned, name="eyes")
        kept, gone = (self.web.files_upload_v2(content="x", filename="a.txt")["file"]["id"] for _ in range(2))
        code = self.sandbox.slack.installation.allow("U0LEAD", "chat:write", "https://example.com/back")
        at = {**CHANNEL, "timestamp": ts}
        return {
            **self._views(),
            **self._messages(ts, other),
            **self._conversations(pinned),
            **self._people(),
            "pins.add": Known(at, set()),
            "pins.list": Known(CHANNEL, {"items"}),
            "pins.remove": Known({**CHANNEL, "timestamp": pinned}, set()),
            "reactions.add": Known({**at, "name": "thumbsup"}, set()),
            "reactions.get": Known({**CHANNEL, "timestamp": pinned, "full": True}, {"type", "channel", "message"}),
            "reactions.remove": Known({**CHANNEL, "timestamp": pinned, "name": "eyes"}, set()),
            "files.info": Known({"file": kept, "count": 5, **PAGE}, {"file", "comments"}),
            "files.delete": Known({"file": gone}, set()),
            "files.getUploadURLExternal": Known(
                {"filename": "b.txt", "length": 1, "alt_txt": "a", "snippet_type": "text"}, {"upload_url", "file_id"}
            ),
            "files.completeUploadExternal": Known(
                {"files": [{"id": self._uploaded(), "title": "T"}], "channel_id": "C0TEAM", "initial_comment": "c"},
                {"files"},
            ),
            "apps.connections.open": Known({}, {"url"}),
            "oauth.v2.access": Known(
                {
                    "client_id": CLIENT_ID,
                    "client_secret": CLIENT_SECRET,
                    "code": code,
                    "redirect_uri": "https://example.com/back",
                },
                {"access_token", "token_type", "scope", "bot_user_id", "app_id", "team", "enterprise", "authed_user"},
            ),
            "auth.revoke": Known({"test": True}, {"revoked"}),
            "apps.uninstall": Known({"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}, set()),
        }

    def _messages(self, ts: str, other: str) -> dict[str, Known]:
        quiet = {"parse": "none", "link_names": False}
        posted = {**CHANNEL, "text": "t", "blocks": BLOCKS, "unfurl_links": False, "unfurl_media": False, **quiet}
        return {
            "chat.postMessage": Known(
                {**posted, "thread_ts": ts, "reply_broadcast": True, "metadata": METADATA, "mrkdwn": True},
                {"channel", "ts", "message"},
            ),
            "chat.postEphemeral": Known(
                {**CHANNEL, "user": "U0LEAD", "text": "t", "blocks": BLOCKS, "thread_ts": ts, **quiet}, {"message_ts"}
            ),
            "chat.update": Known(
                {**CHANNEL, "ts": ts, "text": "new", "blocks": BLOCKS, "metadata": METADATA, **quiet},
                {"channel", "ts", "text", "message"},
            ),
            "chat.delete": Known({**CHANNEL, "ts": other}, {"channel", "ts"}),
            "chat.getPermalink": Known({**CHANNEL, "message_ts": ts}, {"channel", "permalink"}),
        }

    def _conversations(self, ts: str) -> dict[str, Known]:
        types = {"types": "public_channel,private_channel,im,mpim", "exclude_archived": True, **PAGE}
        between = {"oldest": "0", "latest": "9999999999", "inclusive": True, "include_all_metadata": True, **PAGE}
        messages = {"messages", "has_more", "response_metadata"}
        return {
            "conversations.list": Known(types, {"channels", "response_metadata"}),
            "users.conversations": Known({**types, "user": "U0LEAD"}, {"channels", "response_metadata"}),
            "conversations.info": Known({**CHANNEL, "include_locale": True, "include_num_members": True}, {"channel"}),
            "conversations.members": Known({**CHANNEL, **PAGE}, {"members", "response_metadata"}),
            "conversations.history": Known({**CHANNEL, **between}, messages | {"pin_count"}),
            "conversations.replies": Known({**CHANNEL, "ts": ts, **between}, messages),
            "conversations.open": Known({"users": "U0LEAD", "return_im": True}, {"channel"}),
            "conversations.join": Known({"channel": "C0ALONE"}, {"channel"}),
            "conversations.invite": Known({"channel": "C0ALONE", "users": "U0MATE"}, {"channel"}),
            "conversations.leave": Known({"channel": "C0ALONE"}, set()),
        }

    def _people(self) -> dict[str, Known]:
        return {
            "api.test": Known({"foo": "bar"}, {"args"}),
            "auth.test": Known({}, {"url", "team", "user", "team_id", "user_id", "bot_id", "is_enterprise_install"}),
            "team.info": Known({}, {"team"}),
            "bots.info": Known({"bot": BOT_ID}, {"bot"}),
            "users.info": Known({"user": "U0LEAD", "include_locale": True}, {"user"}),
            "users.list": Known({"include_locale": True, **PAGE}, {"members", "cache_ts", "response_metadata"}),
            "users.lookupByEmail": Known({"email": "u0lead@example.com"}, {"user"}),
            "users.profile.get": Known({"user": "U0LEAD", "include_labels": True}, {"profile"}),
            "usergroups.list": Known({"include_count": True, "include_users": True}, {"usergroups"}),
            "usergroups.users.list": Known({"usergroup": "S0TEAM", "include_disabled": True}, {"users"}),
        }

    def _views(self) -> dict[str, Known]:
        first, second, third = (self.sandbox.slack.triggers.issue("U0LEAD") for _ in range(3))
        view = self.web.views_open(trigger_id=first, view=MODAL)["view"]
        return {
            "views.update": Known({"view_id": view["id"], "hash": view["hash"], "view": MODAL}, {"view"}),
            "views.push": Known({"trigger_id": second, "view": MODAL}, {"view"}),
            "views.open": Known({"trigger_id": third, "view": MODAL}, {"view"}),
            "views.publish": Known({"user_id": "U0LEAD", "view": HOME}, {"view"}),
        }

    def _uploaded(self) -> str:
        file = self.web.files_getUploadURLExternal(filename="c.txt", length=1)["file_id"]
        self.sandbox.slack.uploads[file]["content"] = b"x"
        return str(file)
