"""The workspace between two starts: one JSON file, written soon after a change and replaced as a whole."""

import asyncio
import base64
import json
import time
from dataclasses import fields
from pathlib import Path

from sandbox.base import Json
from sandbox.clock import Stamps
from sandbox.workspace import Workspace

PAUSE_SECONDS = 0.5
APART = {"contents", "stamps"}


class Keeper:
    """Writes at most twice a second, and less often when writing takes long. Without a path it keeps nothing."""

    def __init__(self, path: Path | None, base_url: str) -> None:
        self._path = path
        self._base_url = base_url
        self._workspace: Workspace | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._pause = PAUSE_SECONDS

    def load(self) -> Workspace | None:
        """Return the workspace as it was kept, or None at the first start."""
        if self._path is None or not self._path.exists():
            return None
        text = self._path.read_text(encoding="utf-8")
        kept = json.loads(text)
        moved = text.replace(kept["base_url"] + "/", self._base_url + "/")  # links to files follow the port
        return _thawed(json.loads(moved))

    def watch(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def changed(self) -> None:
        """Write soon."""
        if self._path is not None and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._pause, self.flush)

    def flush(self) -> None:
        """Write now what has changed since the last time."""
        if self._timer is None or self._path is None or self._workspace is None:
            return
        self._timer.cancel()
        self._timer = None
        began = time.perf_counter()
        draft = self._path.with_name(self._path.name + ".new")
        kept = _frozen(self._workspace) | {"base_url": self._base_url}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        draft.replace(self._path)
        self._pause = max(PAUSE_SECONDS, 20 * (time.perf_counter() - began))


def _frozen(workspace: Workspace) -> Json:
    plain = {field.name: getattr(workspace, field.name) for field in fields(workspace) if field.name not in APART}
    contents = {key: base64.b64encode(content).decode() for key, content in workspace.contents.items()}
    return {**plain, "contents": contents, "ahead": workspace.stamps.ahead}


def _thawed(kept: Json) -> Workspace:
    del kept["base_url"]
    contents = {key: base64.b64decode(content) for key, content in kept.pop("contents", {}).items()}
    stamps = Stamps(kept.pop("ahead", 0))
    workspace = Workspace(**kept, contents=contents, stamps=stamps)
    for messages in workspace.messages.values():
        for message in messages.values():
            workspace.stamps.rise_above(message.get("edited", message)["ts"])
    return workspace
