"""Files: kept whole, shown as Slack's file objects."""

import mimetypes
import time
from pathlib import PurePath
from urllib.parse import quote

from sandbox.base import Json, new_id
from sandbox.slack import Slack


def new_file(slack: Slack, name: str, user: str) -> Json:
    """Return a file object that is not yet known to the workspace."""
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file_id = new_id("F")
    kind = PurePath(name).suffix.lstrip(".").lower() or "binary"
    link = f"{slack.base_url}/files/{file_id}/{quote(name)}"
    made = {"id": file_id, "created": int(time.time()), "name": name, "title": name, "user": user}
    shared = {"channels": [], "groups": [], "ims": [], "is_public": False, "mode": "hosted", "is_external": False}
    urls = {"url_private": link, "url_private_download": link, "permalink": link}
    return {**made, "mimetype": mimetype, "filetype": kind, "size": 0, **urls, **shared}


def keep_file(slack: Slack, file: Json, content: bytes) -> Json:
    """Make an uploaded file part of the workspace."""
    file["size"] = len(content)
    slack.workspace.files[file["id"]] = file
    slack.workspace.contents[file["id"]] = content
    slack.changed()
    return file


def share_file(slack: Slack, file: Json, channel: Json, user: str) -> None:
    """Note where a file was shown, and tell the app of it."""
    key = {"channel": "channels", "private": "groups", "mpim": "groups", "im": "ims"}[channel["kind"]]
    file[key] = list(dict.fromkeys([*file[key], channel["id"]]))
    if slack.bot in channel["members"]:
        shared = {"channel_id": channel["id"], "file_id": file["id"], "user_id": user, "file": {"id": file["id"]}}
        slack.events.emit({"type": "file_shared", **shared})
