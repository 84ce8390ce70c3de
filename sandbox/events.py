"""The Events API: what happened, wrapped as Slack wraps it, sent again when nobody acknowledges."""

import asyncio
import time

from sandbox.base import APP_ID, VERIFICATION_TOKEN, Json, new_id
from sandbox.delivery import Delivery
from sandbox.installation import Installation
from sandbox.objects import CHANNEL_TYPES
from sandbox.sockets import Ack
from sandbox.workspace import Workspace

RETRY_AFTER = (0.0, 60.0, 300.0)
MESSAGE_SUBSCRIPTION = {
    "channel": "message.channels",
    "private": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}


class Events:
    """Sends a workspace's events in the background. `retry_after` are the waits before the next tries."""

    def __init__(
        self, workspace: Workspace, installation: Installation, delivery: Delivery, retry_after: tuple[float, ...]
    ) -> None:
        self._workspace = workspace
        self._installation = installation
        self._delivery = delivery
        self._retry_after = retry_after
        self._running: set[asyncio.Task[Ack]] = set()

    def emit(self, event: Json, subscription: str | None = None) -> asyncio.Task[Ack] | None:
        """Send an event if the app subscribed to it. The task ends with the first try's acknowledgement."""
        event.setdefault("event_ts", self._workspace.stamps.next())
        if not (self._installation.installed and self._installation.app.hears(subscription or event["type"])):
            return None
        return self._start(self._envelope(event), {"retry_attempt": 0, "retry_reason": ""})

    def message(self, channel: Json, message: Json) -> None:
        """Tell of a message, and of a mention where the app is mentioned by another."""
        bot = self._workspace.bot_user
        if bot not in channel["members"]:
            return
        event = {**message, "channel": channel["id"], "event_ts": message["ts"]}
        if message.get("files") and "subtype" not in message:
            event["subtype"] = "file_share"
        kind = channel["kind"]
        self.emit({**event, "channel_type": CHANNEL_TYPES[kind]}, MESSAGE_SUBSCRIPTION[kind])
        spoken_to = f"<@{bot}>" in message.get("text", "") and message.get("user") != bot
        if spoken_to and kind != "im" and "subtype" not in message:
            self.emit({**event, "type": "app_mention"})

    def stop(self) -> None:
        for task in self._running:
            task.cancel()

    def _start(self, payload: Json, retry: Json, delay: float = 0) -> asyncio.Task[Ack]:
        task = asyncio.get_running_loop().create_task(self._try(payload, retry, delay))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _try(self, payload: Json, retry: Json, delay: float) -> Ack:
        await asyncio.sleep(delay)
        attempt = retry["retry_attempt"]
        what = f"event {payload['event']['type']}" + (f" (retry {attempt})" if attempt else "")
        ack = await self._delivery.send("events_api", what, payload, retry=retry)
        if not ack.acked and ack.again and attempt < len(self._retry_after):
            more = {"retry_attempt": attempt + 1, "retry_reason": ack.reason}
            self._start(payload, more, self._retry_after[attempt])
        return ack

    def _envelope(self, event: Json) -> Json:
        team_id = self._workspace.team["id"]
        authorization = {"enterprise_id": None, "team_id": team_id, "user_id": self._workspace.bot_user}
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": team_id,
            "context_team_id": team_id,
            "context_enterprise_id": None,
            "api_app_id": APP_ID,
            "event": event,
            "type": "event_callback",
            "event_id": new_id("Ev"),
            "event_time": int(time.time()),
            "authorizations": [{**authorization, "is_bot": True, "is_enterprise_install": False}],
            "is_ext_shared_channel": False,
            "event_context": new_id("4-"),
        }
