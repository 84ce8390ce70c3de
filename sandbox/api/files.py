"""files.*: the three steps of an upload, looking at a file and deleting it."""

from sandbox import messages
from sandbox.api.call import Call, Methods
from sandbox.base import Json, SlackError, whole
from sandbox.files import keep_file, new_file, share_file
from sandbox.messages import touched
from sandbox.slack import Slack
from sandbox.validate import check_message

methods = Methods()


@methods("files.getUploadURLExternal", "files:write")
def get_upload_url(call: Call) -> Json:
    name, length = call.need("filename"), call.need("length")
    try:
        bytes_ = whole(length)
    except ValueError:
        bytes_ = 0
    if not bytes_:
        raise SlackError("invalid_arguments")
    file = new_file(call.slack, name, call.slack.bot)
    if call.text("alt_txt"):
        file["alt_txt"] = call.text("alt_txt")
    call.slack.uploads[file["id"]] = {"file": file, "length": bytes_, "content": None}
    return {"upload_url": f"{call.slack.base_url}/upload/{file['id']}", "file_id": file["id"]}


def receive(slack: Slack, file_id: str, content: bytes) -> None:
    """The second step: the bytes themselves; raises when the URL or the length is wrong."""
    upload = slack.uploads.get(file_id)
    if upload is None:
        raise SlackError("file_not_found")
    if len(content) != upload["length"]:
        raise SlackError("length_mismatch")
    upload["content"] = content


@methods("files.completeUploadExternal", "files:write")
def complete_upload(call: Call) -> Json:
    wanted = _wanted(call)
    uploads = [call.slack.uploads.get(file_id) for file_id in wanted]
    if not uploads or any(upload is None or upload["content"] is None for upload in uploads):
        raise SlackError("file_not_found")
    channels = call.names("channels") or call.names("channel_id")
    targets = [Call(call.slack, {"channel": target}).channel_to_write(speak=False) for target in channels]
    files = []
    for file_id, title in wanted.items():
        upload = call.slack.uploads.pop(file_id)
        upload["file"]["title"] = title or upload["file"]["name"]
        files.append(keep_file(call.slack, upload["file"], upload["content"]))
    for channel in targets:
        _share(call, channel, files)
    return {"files": files}


@methods("files.info", "files:read")
def info(call: Call) -> Json:
    return {"file": _file(call), "comments": [], "response_metadata": {"next_cursor": ""}}


@methods("files.delete", "files:write")
def delete(call: Call) -> Json:
    file = _file(call)
    if file["user"] != call.slack.bot:
        raise SlackError("cant_delete_file")
    workspace = call.slack.workspace
    del workspace.files[file["id"]], workspace.contents[file["id"]]
    for channel in workspace.channels.values():
        for message in workspace.messages[channel["id"]].values():
            shown = message.get("files", [])
            left = [other for other in shown if other["id"] != file["id"]]
            if len(left) < len(shown):
                message["files"] = left
                touched(call.slack, channel, message)
    call.slack.changed()
    return {}


def _wanted(call: Call) -> dict[str, str]:
    """The titles that files are to have, by their ids; raises `invalid_arguments` for what is no list of them."""
    given = call.json("files")
    if not isinstance(given, list) or not all(isinstance(item, dict) and item.get("id") for item in given):
        raise SlackError("invalid_arguments")
    return {str(item["id"]): str(item.get("title") or "") for item in given}


def _share(call: Call, channel: Json, files: list[Json]) -> None:
    content = {"text": call.text("initial_comment"), "files": files, "blocks": call.json("blocks")}
    check_message({**content, "text": content["text"] or " "}, 40_000)
    if call.text("thread_ts"):
        content["thread_ts"] = call.text("thread_ts")
    for file in files:
        share_file(call.slack, file, channel, call.slack.bot)
    messages.post(call.slack, channel, call.slack.bot, content)


def _file(call: Call) -> Json:
    return call.slack.workspace.file(call.need("file", "file_not_found"))
