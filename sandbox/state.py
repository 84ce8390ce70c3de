"""The workspaces between two starts: one JSON file, written soon after a change and replaced as a whole."""

import asyncio
import base64
import json
import time
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

from sandbox.base import Json
from sandbox.clock import Stamps
from sandbox.workspace import Workspace

PAUSE_SECONDS = 0.5
APART = {"contents", "stamps"}


class StateFile:
    """Writes at most twice a second, and less often when writing takes long. Without a path it keeps nothing."""

    def __init__(self, path: Path | None, base_url: str, workspaces: Callable[[], list[Workspace]]) -> None:
        self._path = path
        self._base_url = base_url
        self._workspaces = workspaces
        self._timer: asyncio.TimerHandle | None = None
        self._pause = PAUSE_SECONDS

    def load(self) -> list[Workspace]:
        """Return the workspaces as they were kept; none at the first start."""
        if self._path is None or not self._path.exists():
            return []
        text = self._path.read_text(encoding="utf-8")
        kept = json.loads(text)
        moved = text.replace(kept["base_url"] + "/", self._base_url + "/")  # links to files follow the port
        first = json.loads(moved)
        stamps = Stamps(first.pop("ahead", 0))
        del first["base_url"]
        others = first.pop("workspaces", [])
        return [_thawed(one, stamps) for one in (first, *others)]

    def changed(self) -> None:
        """Write soon."""
        if self._path is not None and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._pause, self.flush)

    def flush(self) -> None:
        """Write now what has changed since the last time."""
        if self._timer is None or self._path is None:
            return
        self._timer.cancel()
        self._timer = None
        began = time.perf_counter()
        draft = self._path.with_name(self._path.name + ".new")
        first, *others = self._workspaces()
        kept = _frozen(first) | {"base_url": self._base_url, "ahead": first.stamps.ahead}
        kept["workspaces"] = [_frozen(other) for other in others]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        draft.replace(self._path)
        self._pause = max(PAUSE_SECONDS, 20 * (time.perf_counter() - began))


def _frozen(workspace: Workspace) -> Json:
    plain = {field.name: getattr(workspace, field.name) for field in fields(workspace) if field.name not in APART}
    contents = {key: base64.b64encode(content).decode() for key, content in workspace.contents.items()}
    return {**plain, "contents": contents}


def _thawed(kept: Json, stamps: Stamps) -> Workspace:
    contents = {key: base64.b64decode(content) for key, content in kept.pop("contents", {}).items()}
    workspace = Workspace(**kept, contents=contents, stamps=stamps)
    for messages in workspace.messages.values():
        for message in messages.values():
            stamps.rise_above(message.get("edited", message)["ts"])
    return workspace
