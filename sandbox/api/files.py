"""files.*: the three steps of an upload, looking at a file and deleting it."""

from sandbox import messages
from sandbox.api.call import Call, Methods
from sandbox.base import BOT_USER, Json, SlackError
from sandbox.files import keep_file, new_file, share_file
from sandbox.messages import touched
from sandbox.slack import Slack
from sandbox.validate import check_message

methods = Methods()


@methods("files.getUploadURLExternal", "files:write")
def get_upload_url(call: Call) -> Json:
    name, length = call.need("filename"), call.need("length")
    if not length.isdigit() or int(length) < 1:
        raise SlackError("invalid_arguments")
    file = new_file(call.slack, name, BOT_USER)
    if call.text("alt_txt"):
        file["alt_txt"] = call.text("alt_txt")
    call.slack.uploads[file["id"]] = {"file": file, "length": int(length), "content": None}
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
    wanted = call.json("files") or []
    uploads = [call.slack.uploads.get(item.get("id")) for item in wanted]
    if not uploads or any(upload is None or upload["content"] is None for upload in uploads):
        raise SlackError("file_not_found")
    channels = call.names("channels") or call.names("channel_id")
    targets = [Call(call.slack, {"channel": target}).channel_to_write(speak=False) for target in channels]
    files = []
    for item, upload in zip(wanted, uploads, strict=True):
        assert upload is not None
        upload["file"]["title"] = item.get("title") or upload["file"]["name"]
        files.append(keep_file(call.slack, upload["file"], upload["content"]))
        del call.slack.uploads[item["id"]]
    for channel in targets:
        _share(call, channel, files)
    return {"files": files}


@methods("files.info", "files:read")
def info(call: Call) -> Json:
    return {"file": _file(call), "comments": [], "response_metadata": {"next_cursor": ""}}


@methods("files.delete", "files:write")
def delete(call: Call) -> Json:
    file = _file(call)
    if file["user"] != BOT_USER:
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


def _share(call: Call, channel: Json, files: list[Json]) -> None:
    content = {"text": call.text("initial_comment"), "files": files, "blocks": call.json("blocks")}
    check_message({**content, "text": content["text"] or " "}, 40_000)
    if call.text("thread_ts"):
        content["thread_ts"] = call.text("thread_ts")
    for file in files:
        share_file(call.slack, file, channel, BOT_USER)
    messages.post(call.slack, channel, BOT_USER, content)


def _file(call: Call) -> Json:
    return call.slack.workspace.file(call.need("file", "file_not_found"))
