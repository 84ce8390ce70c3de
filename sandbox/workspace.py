"""What a workspace holds: people, channels, messages, files. Plain JSON values, kept and shown as they are."""

import re
import time
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from sandbox.base import APP_ID, BOT_ID, BOT_TOKEN, BOT_USER, TEAM_ID, Json, Refused, SlackError, new_id
from sandbox.clock import Stamps
from sandbox.rules import checked
from sandbox.seeds import ANOTHER, FIRST

SMALL_TEAM: Json = {
    "team": {"id": TEAM_ID, "name": "Example Works", "domain": "example-works"},
    "people": [
        {"id": "U0ADMIN", "name": "admin", "real_name": "Admin", "is_admin": True},
        {"id": "U0MEMBER", "name": "member", "real_name": "Member", "tz": "Europe/Berlin"},
        {"id": "U0CHENGYUAN", "name": "chengyuan", "real_name": "成员", "locale": "zh-CN", "tz": "Asia/Shanghai"},
    ],
    "channels": [
        {"id": "C0GENERAL", "name": "general", "members": ["U0ADMIN", "U0MEMBER", "U0CHENGYUAN"], "bot": True},
        {"id": "C0SALES", "name": "sales", "members": ["U0ADMIN", "U0MEMBER"], "bot": True},
        {"id": "C0QUIET", "name": "quiet", "members": ["U0ADMIN"]},
        {"id": "G0BOARD", "name": "board", "is_private": True, "members": ["U0ADMIN"]},
    ],
    "usergroups": [{"id": "S0SALES", "handle": "sales", "name": "Sales", "users": ["U0ADMIN", "U0MEMBER"]}],
}

PROFILE_FIELDS = ("title", "email")


@dataclass
class Workspace:
    """All that outlives a request. `messages` and `files` are by id, in order of time.

    `token` is the app's live token, empty where it is not installed; `bot_user` and `bot_id` are its own here.
    """

    team: Json
    token: str = BOT_TOKEN
    bot_user: str = BOT_USER
    bot_id: str = BOT_ID
    users: dict[str, Json] = field(default_factory=dict)
    usergroups: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    messages: dict[str, dict[str, Json]] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    reads: dict[str, dict[str, str]] = field(default_factory=dict)
    stamps: Stamps = field(default_factory=Stamps)

    @classmethod
    def from_seed(cls, seed: Json | None, app_name: str) -> "Workspace":
        """Build the workspace of a workspace file; the small team of our own without one."""
        seed = checked(FIRST, seed or SMALL_TEAM)
        workspace = cls(team={**SMALL_TEAM["team"], **seed.get("team", {})})
        workspace._furnish(seed, app_name)
        return workspace

    @classmethod
    def another(cls, seed: Json, app_name: str, stamps: Stamps) -> "Workspace":
        """Build one more workspace, with ids of its own for the app; raises Refused for one that cannot be."""
        seed = checked(ANOTHER, seed)
        workspace = cls(_team(seed["team"]), bot_user=new_id("U"), bot_id=new_id("B"), stamps=stamps)
        workspace.token = workspace.first_token if seed.get("install") else ""
        workspace._furnish(seed, app_name)
        if not set(workspace.users) - {workspace.bot_user}:
            raise Refused("no_people", "A workspace needs at least one person: people: [{name}].")
        return workspace

    @property
    def first_token(self) -> str:
        """The token of the first installation here."""
        return BOT_TOKEN if self.bot_user == BOT_USER else f"{BOT_TOKEN}-{self.team['id']}"

    def add_bot(self, app_name: str) -> None:
        """Add the app's bot user, where it is not there yet, and the direct messages that people have with it."""
        if self.bot_user not in self.users:
            people = list(self.users)
            self.users[self.bot_user] = self._bot(app_name)
            for user in people:
                self.add_direct_messages([user])

    def add_person(self, fields: Json) -> Json:
        """Add a person and the direct messages they have with the app."""
        user = _user(fields.get("id") or new_id("U"), self.team["id"])
        self.users[user["id"]] = user
        self.change_person(user["id"], fields)
        if self.bot_user in self.users:
            self.add_direct_messages([user["id"]])
        return user

    def change_person(self, user_id: str, fields: Json) -> Json:
        user = self.person(user_id)
        if fields.get("tz", "UTC") not in _zones():
            raise Refused("invalid_tz", f"There is no time zone {fields['tz']}.")
        known = {key: value for key, value in fields.items() if key in user and key not in ("id", "profile")}
        user.update(known, updated=int(time.time()))
        user["profile"].update({key: fields[key] for key in PROFILE_FIELDS if key in fields})
        user["profile"].update(real_name=user["real_name"] or user["name"], display_name=user["name"])
        user["tz_offset"] = int(datetime.now(ZoneInfo(user["tz"])).utcoffset().total_seconds())  # type: ignore[union-attr]
        return user

    def add_channel(self, fields: Json) -> Json:
        private = bool(fields.get("is_private"))
        bot = [self.bot_user] if fields.get("bot") and self.bot_user in self.users else []
        members = [*fields.get("members", []), *bot]
        kind = "private" if private else "channel"
        return self._keep(_channel(fields.get("id") or new_id("C"), kind, members, fields))

    def add_direct_messages(self, users: list[str]) -> Json:
        """Return the conversation of the app with these people, made where there is none."""
        members = {self.bot_user, *users}
        for channel in self.channels.values():
            if channel["kind"] in ("im", "mpim") and set(channel["members"]) == members:
                return channel
        if len(users) == 1:
            return self._keep(_channel("D" + users[0][1:], "im", [users[0], self.bot_user], {"with": users[0]}))
        name = "mpdm-" + "--".join(self.users[user]["name"] for user in users) + "-1"
        return self._keep(_channel(new_id("G"), "mpim", [*users, self.bot_user], {"name": name}))

    def add_usergroup(self, fields: Json) -> Json:
        group = {
            "id": fields.get("id") or new_id("S"),
            "team_id": self.team["id"],
            "is_usergroup": True,
            "handle": fields["handle"],
            "name": fields.get("name", fields["handle"]),
            "description": fields.get("description", ""),
            "users": list(fields.get("users", [])),
            "date_delete": 0,
        }
        self.usergroups[group["id"]] = group
        return group

    def channel(self, channel_id: str) -> Json:
        """Return a channel; raises `channel_not_found`."""
        if channel_id not in self.channels:
            raise SlackError("channel_not_found")
        return self.channels[channel_id]

    def named(self, name: str) -> str:
        """Return the id of the channel of this name, with or without `#`; else what was given."""
        found = (item["id"] for item in self.channels.values() if item["name"] and item["name"] == name.lstrip("#"))
        return next(found, name)

    def message(self, channel_id: str, ts: str) -> Json:
        """Return a message; raises `message_not_found`."""
        found = self.messages.get(channel_id, {}).get(ts)
        if found is None:
            raise SlackError("message_not_found")
        return found

    def file(self, file_id: str) -> Json:
        """Return a file; raises `file_not_found`."""
        if file_id not in self.files:
            raise SlackError("file_not_found")
        return self.files[file_id]

    def person(self, user_id: str) -> Json:
        """Return a person for the control API; raises Refused with 404."""
        if user_id not in self.users:
            raise Refused("user_not_found", f"There is no person {user_id} in the workspace.", 404)
        return self.users[user_id]

    def _furnish(self, seed: Json, app_name: str) -> None:
        if self.token:
            self.add_bot(app_name)
        for person in seed.get("people", []):
            self.add_person(person)
        for channel in seed.get("channels", []):
            self.add_channel(channel)
        for group in seed.get("usergroups", []):
            self.add_usergroup(group)

    def _bot(self, name: str) -> Json:
        bot = _user(self.bot_user, self.team["id"]) | {"name": name.lower(), "real_name": name, "is_bot": True}
        bot["profile"] |= {"real_name": name, "display_name": name, "bot_id": self.bot_id, "api_app_id": APP_ID}
        return bot

    def _keep(self, channel: Json) -> Json:
        self.channels[channel["id"]] = channel
        self.messages[channel["id"]] = {}
        return channel


def _team(given: Json) -> Json:
    domain = "-".join(re.findall(r"\w+", given["name"].lower()))
    return {"id": new_id("T"), "domain": domain, **given}


def _channel(channel_id: str, kind: str, members: list[str], fields: Json) -> Json:
    return {
        "id": channel_id,
        "name": fields.get("name", ""),
        "kind": kind,
        "with": fields.get("with"),
        "members": list(dict.fromkeys(members)),
        "topic": fields.get("topic", ""),
        "archived": bool(fields.get("archived")),
        "pinned": [],
        "created": int(time.time()),
        "creator": next(iter(members), "USLACKBOT"),
    }


@cache
def _zones() -> frozenset[str]:
    """Looked up once: reading the directories of all zones takes 20 ms."""
    return frozenset(available_timezones())


def _user(user_id: str, team_id: str) -> Json:
    return {
        "id": user_id,
        "team_id": team_id,
        "name": user_id.lower(),
        "deleted": False,
        "real_name": "",
        "locale": "en-US",
        "tz": "UTC",
        "tz_offset": 0,
        "is_bot": False,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_app_user": False,
        "updated": 0,
        "profile": {"title": "", "email": f"{user_id.lower()}@example.com", "team": team_id},
    }
