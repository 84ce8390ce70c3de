"""A person in the sandbox, for tests and scripts: what they do is a method, what they see is returned.

lead = Person(sandbox.url, "U0LEAD")
lead.command("/issue broken scale")
lead.submit(lead.modal(), {"title": "Scale is broken", "severity": "high"})
card = lead.wait_for(lambda: lead.messages("C0SALES"))[-1]
lead.press(card, "acknowledge")
"""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from sandbox.base import Json
from sandbox.blocks import blocks_of, elements_of, find_element, surface_state
from sandbox.values import state_for

T = TypeVar("T")


class ControlError(Exception):
    """The sandbox refused: `error` is its name, the text is its sentence."""

    def __init__(self, error: str, detail: str) -> None:
        super().__init__(f"{error}: {detail}")
        self.error = error


class Outcome(dict[str, Any]):
    """What an act came to: ok, acked, ack_ms, error, errors (of fields), response."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class Person:
    """One person, of the first workspace unless a team is named. Messages and views are dicts as they are read."""

    def __init__(self, sandbox_url: str, user_id: str, team: str = "") -> None:
        self.id = user_id
        self.dm = "D" + user_id[1:]
        self._base = sandbox_url.rstrip("/") + "/sandbox/api" + (f"/workspaces/{team}" if team else "")

    # What they do

    def command(self, text: str, channel: str | None = None) -> Outcome:
        """Type a slash command, in the direct messages with the app unless a channel is given."""
        return Outcome(self.post("commands", channel=channel or self.dm, text=text))

    def say(self, channel: str, text: str, thread: str | None = None, files: list[str] | None = None) -> Json:
        """Post a message; returns it."""
        posted = self.post("messages", channel=channel, text=text, thread_ts=thread, files=files or [])
        return self._seen(posted["message"], channel)

    def shortcut(self, callback_id: str) -> Outcome:
        """Choose a global shortcut."""
        return Outcome(self.post("shortcuts", callback_id=callback_id))

    def message_shortcut(self, callback_id: str, message: Json) -> Outcome:
        """Choose a shortcut of a message."""
        where = {"channel": message["channel"], "message_ts": message["ts"]}
        return Outcome(self.post("shortcuts", callback_id=callback_id, **where))

    def press(
        self, surface: Json, action_id: str, value: Any = None, *, block_id: str | None = None, fill: Json | None = None
    ) -> Outcome:
        """Press a button, or choose `value` in a menu. `fill` is what was typed into other fields before.

        Of several buttons with one action id `value` picks the one that carries it.
        """
        block, element = self._element(surface, action_id, value, block_id)
        state = self.fill(surface, fill or {})
        action = {"action_id": action_id, "type": element["type"]}
        if element["type"] != "button" and value is not None:
            chosen = self._state(surface, element, value)
            action |= chosen
            if element["type"] != "overflow":
                state[block["block_id"]] = state.get(block["block_id"], {}) | {action_id: chosen}
        where = {"container": _container(surface), "block_id": block["block_id"]}
        return Outcome(self.post("actions", **where, action=action, state={"values": state}))

    def fill(self, surface: Json, values: Json) -> Json:
        """Return the state of the whole surface with these values, by block id or action id, typed in."""
        blocks = blocks_of(surface)
        state = surface_state(blocks, surface.get("state", {}).get("values", {}))
        for name, value in values.items():
            block, element = self._field(blocks, name)
            if value is not None:
                state[block["block_id"]][element["action_id"]] = self._state(surface, element, value)
        return state

    def submit(self, view: Json | None, values: Json | None = None) -> Outcome:
        """Fill in a modal and submit it. A value of None leaves the field as it is."""
        assert view is not None, "no modal is open"
        return Outcome(self.post(f"views/{view['id']}/submit", values=self.fill(view, values or {})))

    def close(self, view: Json | None = None, *, clear: bool = False) -> Outcome:
        """Close a modal, the topmost unless one is given; all of them with `clear`."""
        view = view or self.modal()
        assert view is not None, "no modal is open"
        return Outcome(self.post(f"views/{view['id']}/close", clear=clear))

    def options(self, surface: Json, action_id: str, typed: str = "") -> list[Json]:
        """Type into an external select; returns the options, those of groups too."""
        block, _ = self._element(surface, action_id, None, None)
        where = {"container": _container(surface), "block_id": block["block_id"], "action_id": action_id}
        answer = self.post("options", **where, value=typed)
        groups = answer.get("option_groups", [])
        return [*answer.get("options", []), *(option for group in groups for option in group["options"])]

    def open_home(self, tab: str = "home") -> Outcome:
        """Open the app's page and let it publish."""
        return Outcome(self.post("home", tab=tab))

    def react(self, message: Json, name: str, *, remove: bool = False) -> None:
        self.post("reactions", channel=message["channel"], ts=message["ts"], name=name, remove=remove)

    def upload(self, name: str, content: bytes) -> Json:
        """Upload a file; returns it, to be given to `say` or to a file input by its id."""
        boundary = uuid.uuid4().hex
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        return dict(self._call("POST", f"/as/{self.id}/files", body, kind)["file"])

    def reload(self) -> None:
        """Reload the client: ephemeral messages are gone."""
        self.post("reload")

    # What they see

    def channels(self) -> list[Json]:
        return list(self.get("channels")["channels"])

    def messages(self, channel: str | None = None, thread: str | None = None, limit: int = 200) -> list[Json]:
        """The messages of a channel or thread, oldest first, each with its channel's id."""
        channel = channel or self.dm
        query = {"limit": limit} | ({"thread_ts": thread} if thread else {})
        found = self.get(f"channels/{channel}/messages", **query)["messages"]
        return [self._seen(message, channel) for message in found]

    def message(self, channel: str, ts: str) -> Json:
        """One message as it is now."""
        return next(message for message in self.messages(channel) if message["ts"] == ts)

    def home(self) -> Json | None:
        """The app's Home tab."""
        return self.get("home")["view"]  # type: ignore[no-any-return]

    def modals(self) -> list[Json]:
        return list(self.get("modals")["views"])

    def modal(self) -> Json | None:
        """The topmost open modal, or None."""
        return next(reversed(self.modals()), None)

    def log(self, after: int = 0) -> list[Json]:
        """What went between Slack and the app."""
        return list(self._call("GET", f"/log?after={after}&limit=2000")["entries"])

    def wait_for(self, look: Callable[[], T | None], timeout: float = 30.0) -> T:
        """Look again and again until something is there; returns it, fails after `timeout` seconds."""
        end = time.monotonic() + timeout
        while True:
            seen = look()
            if seen:
                return seen
            if time.monotonic() > end:
                raise AssertionError(f"not seen within {timeout} s; last answer: {seen!r}")
            time.sleep(0.02)

    # What goes wrong, for everybody

    def inject(self, *rules: Json, seed: int = 0) -> None:
        """Let these faults happen from now on, in place of those before: `{"where": "chat.postMessage", ...}`."""
        self._call("POST", "/faults", json.dumps({"seed": seed, "rules": rules}).encode())

    def injected(self) -> list[Json]:
        """The faults that happened, in order."""
        return list(self._call("GET", "/faults")["injected"])

    def mend(self) -> list[Json]:
        """End the faults; returns those that happened."""
        return list(self._call("DELETE", "/faults")["injected"])

    def deliver_to(self, url: str) -> None:
        """Let payloads come by HTTP to this URL, which has to pass Slack's check."""
        self._call("POST", "/delivery", json.dumps({"mode": "http", "url": url}).encode())

    def deliver_by_socket(self) -> None:
        self._call("POST", "/delivery", b'{"mode": "socket"}')

    # The control API itself

    def get(self, path: str, **query: Any) -> Json:
        return self._call("GET", f"/as/{self.id}/{path}?{urllib.parse.urlencode(query)}")

    def post(self, path: str, **body: Any) -> Json:
        return self._call("POST", f"/as/{self.id}/{path}", json.dumps(body).encode())

    def _call(self, method: str, path: str, body: bytes | None = None, kind: str = "application/json") -> Json:
        headers = {"Content-Type": kind} if body is not None else {}
        request = urllib.request.Request(self._base + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as refusal:
            error = json.load(refusal)
            raise ControlError(error["error"], error.get("detail", "")) from None

    def _element(self, surface: Json, action_id: str, value: Any, block_id: str | None) -> tuple[Json, Json]:
        blocks = blocks_of(surface)
        for block in blocks:
            for element in elements_of(block) if block_id in (None, block["block_id"]) else []:
                other = element["type"] == "button" and value is not None and element.get("value") != value
                if element["action_id"] == action_id and not other:
                    return block, element
        raise AssertionError(f"no element {action_id!r} (value {value!r}); there are {_names(blocks)}")

    def _field(self, blocks: list[Json], name: str) -> tuple[Json, Json]:
        for block in blocks:
            if block["block_id"] == name:
                element = next(iter(elements_of(block)), None)
                if element:
                    return block, element
        found = find_element(blocks, name)
        if found is None:
            raise AssertionError(f"no field {name!r}; there are {_names(blocks)}")
        return found

    def _state(self, surface: Json, element: Json, value: Any) -> Json:
        def ask(typed: str) -> list[Json]:
            return self.options(surface, element["action_id"], typed)

        return state_for(element, value, ask)

    def _seen(self, message: Json, channel: str) -> Json:
        return {**message, "channel": channel}


def _container(surface: Json) -> Json:
    if "ts" in surface:
        return {"type": "message", "channel": surface["channel"], "ts": surface["ts"]}
    return {"type": "view", "view_id": surface["id"]}


def _names(blocks: list[Json]) -> str:
    names = [f"{block['block_id']}/{element['action_id']}" for block in blocks for element in elements_of(block)]
    return ", ".join(names) or "none"
