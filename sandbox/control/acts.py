"""What a person does among people."""

import re
import uuid

from starlette.datastructures import UploadFile

from sandbox import messages, reactions
from sandbox.base import Json, Refused
from sandbox.control.call import Call, Routes
from sandbox.files import keep_file, new_file, share_file
from sandbox.objects import message_object
from sandbox.rich_text import rich_text

routes = Routes()

MADE_BY_CLIENT = re.compile(r"(<(?:[@#]\w+|!subteam\^\w+|!here|!channel|!everyone|https?://[^\s<>|]+)(?:\|[^<>]*)?>)")
BARE_URL = re.compile(r"""(https?://[^\s<>|]*[^\s<>|.,;:!?)\]}'"*_~`])""")
NO_FILES: list[str] = []
BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")


@routes("/as/{user}/messages", "POST")
async def message(call: Call) -> Json:
    """Post as this person, as Slack's client does: escaped, mentions typed as `<@U…>` stay, rich text in the blocks."""
    user, channel = call.user, call.channel()
    if user not in channel["members"] or channel["archived"]:
        raise Refused("not_in_channel", f"{user} cannot write in {channel['id']}.", 409)
    files = [call.slack.workspace.file(str(file_id)) for file_id in call.get("files", NO_FILES)]
    for file in files:
        share_file(call.slack, file, channel, user)
    text = escaped(call.get("text", "") if files else call.need("text"))
    content: Json = {"text": text, "thread_ts": call.get("thread_ts", ""), "files": files}
    content |= {"client_msg_id": str(uuid.uuid4()), "blocks": [rich_text(text)] if text else None}
    return {"message": message_object(messages.post(call.slack, channel, user, content))}


@routes("/as/{user}/files", "POST", a_file=True)
async def file(call: Call) -> Json:
    user = call.user
    async with call.request.form() as form:
        upload = form.get("file")
        if not isinstance(upload, UploadFile):
            raise Refused("missing_field", "The multipart field file is missing.")
        kept = new_file(call.slack, upload.filename or "file", user)
        return {"file": keep_file(call.slack, kept, await upload.read())}


@routes("/as/{user}/reactions", "POST")
async def react(call: Call) -> Json:
    channel = call.channel()
    found = call.slack.workspace.message(channel["id"], call.need("ts"))
    change = reactions.remove if call.body.get("remove") else reactions.add
    change(call.slack, channel, found, call.user, call.need("name"))
    return {}


@routes("/as/{user}/read", "POST")
async def read(call: Call) -> Json:
    call.slack.workspace.reads.setdefault(call.user, {})[call.channel()["id"]] = call.need("ts")
    call.slack.changed()
    return {}


@routes("/as/{user}/reload", "POST")
async def reload(call: Call) -> Json:
    call.slack.ephemerals.pop(call.user, None)
    return {}


def escaped(text: str) -> str:
    """Escape as a client does, once; mentions and links stay as the client makes them, addresses become links."""
    parts = MADE_BY_CLIENT.split(text)
    return "".join(part if number % 2 else _linked(part) for number, part in enumerate(parts))


def _linked(text: str) -> str:
    parts = BARE_URL.split(text)
    return "".join(f"<{_escaped(part)}>" if number % 2 else _escaped(part) for number, part in enumerate(parts))


def _escaped(text: str) -> str:
    return BARE_AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
