"""What a person does."""

import re

from starlette.datastructures import UploadFile

from sandbox import marks, messages, people_do
from sandbox.base import Json, Refused
from sandbox.control.call import Call, answered
from sandbox.files import keep_file, new_file, share_file
from sandbox.objects import message_object

MADE_BY_CLIENT = re.compile(r"(<(?:[@#]\w+|!subteam\^\w+|!here|!channel|!everyone|https?://[^\s<>|]+)(?:\|[^<>]*)?>)")
BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")


@answered
async def message(call: Call) -> Json:
    """Post as this person; `&`, `<` and `>` are escaped as Slack does, mentions typed as `<@U…>` stay."""
    user, channel = call.user, call.channel()
    if user not in channel["members"] or channel["archived"]:
        raise Refused("not_in_channel", f"{user} cannot write in {channel['id']}.", 409)
    files = [_known_file(call, file_id) for file_id in call.body.get("files", [])]
    for file in files:
        share_file(file, channel)
    text = str(call.body.get("text") or "") if files else str(call.need("text"))
    content = {"text": escaped(text), "thread_ts": call.body.get("thread_ts"), "files": files}
    return {"message": message_object(messages.post(call.slack, channel, user, content))}


@answered
async def file(call: Call) -> Json:
    user = call.user
    async with call.request.form() as form:
        upload = form.get("file")
        if not isinstance(upload, UploadFile):
            raise Refused("missing_field", "The multipart field file is missing.")
        kept = new_file(call.slack, upload.filename or "file", user)
        return {"file": keep_file(call.slack, kept, await upload.read())}


@answered
async def command(call: Call) -> Json:
    return await people_do.command(call.slack, call.user, call.need("channel"), call.need("text"))


@answered
async def shortcut(call: Call) -> Json:
    where = call.body.get("channel"), call.body.get("message_ts")
    return await people_do.shortcut(call.slack, call.user, call.need("callback_id"), *where)


@answered
async def action(call: Call) -> Json:
    what = call.need("container"), call.body.get("block_id"), call.need("action"), call.body.get("state")
    return await people_do.act(call.slack, call.user, *what)


@answered
async def options(call: Call) -> Json:
    what = call.need("container"), call.need("block_id"), call.need("action_id"), str(call.body.get("value", ""))
    return await people_do.options(call.slack, call.user, *what)


@answered
async def submit(call: Call) -> Json:
    view = call.request.path_params["view"]
    return await people_do.submit(call.slack, call.user, view, call.body.get("values", {}))


@answered
async def close(call: Call) -> Json:
    clear = bool(call.body.get("clear"))
    return await people_do.close(call.slack, call.user, call.request.path_params["view"], clear=clear)


@answered
async def open_home(call: Call) -> Json:
    return await people_do.open_home(call.slack, call.user, call.body.get("tab", "home"))


@answered
async def react(call: Call) -> Json:
    channel = call.channel()
    found = call.slack.workspace.message(channel["id"], call.need("ts"))
    change = marks.take_back if call.body.get("remove") else marks.react
    change(call.slack, channel, found, call.user, call.need("name"))
    return {}


@answered
async def read(call: Call) -> Json:
    call.slack.workspace.reads.setdefault(call.user, {})[call.channel()["id"]] = call.need("ts")
    call.slack.changed()
    return {}


@answered
async def reload(call: Call) -> Json:
    call.slack.ephemerals.pop(call.user, None)
    return {}


def escaped(text: str) -> str:
    """Escape as a client does, once; mentions and links stay as the client makes them."""
    parts = MADE_BY_CLIENT.split(text)
    return "".join(part if number % 2 else _escaped(part) for number, part in enumerate(parts))


def _escaped(text: str) -> str:
    return BARE_AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def _known_file(call: Call, file_id: str) -> Json:
    found = call.slack.workspace.files.get(file_id)
    if found is None:
        raise Refused("file_not_found", f"There is no file {file_id}.", 404)
    return found
