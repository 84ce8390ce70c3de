"""A message's picture: drawn, uploaded to Slack, and put into the message. And files that are messages themselves.

The file is given to nobody but the bot until its message refers to it, so who uploads it twice (a process died between
the two) leaves a file that nobody sees; the message itself is posted once, as every other.
"""

from dataclasses import replace
from time import sleep

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.delivering.verdicts import Verdict, name_of, verdict
from bot.watching.logs import log
from views.blocks import Document, Picture, Rendered, image_file

LOOKS, PAUSE = 8, 0.5
"""Slack knows what a new file is only after a moment; a message that refers to it earlier is refused."""
UNUSABLE = frozenset({"invalid_blocks", "invalid_attachments"})


def refuses_blocks(error: SlackApiError) -> bool:
    return name_of(error) in UNUSABLE


def with_document(client: WebClient, target: str, message: Rendered, document: Document) -> tuple[str, str] | None:
    """Upload the file into a conversation, under the message's text, and return its channel; None where Slack refuses.

    Slack gives such a message no mark of ours and tells its ts only later: who doubts whether it is out uploads it
    again. Raises what is to be tried again.
    """
    try:
        person = target.startswith(("U", "W"))
        channel = str(client.conversations_open(users=target)["channel"]["id"]) if person else target
        client.files_upload_v2(
            file=document.make(), filename=document.name, title=document.name, channel=channel,
            initial_comment=message.text,
        )  # fmt: skip
    except SlackRequestError as error:  # the bytes were not taken
        log.error("a file cannot be uploaded", why=str(error))
        return None
    except SlackApiError as error:
        if verdict(error) in (Verdict.LATER, Verdict.NOT_SENT, Verdict.UNSURE, Verdict.STOPS_WORKSPACE):
            raise
        log.warning("Slack does not take the file", why=name_of(error))
        return None
    return channel, ""


def with_picture(client: WebClient, message: Rendered) -> Rendered:
    """The message with its picture; without, where it cannot be drawn or Slack takes none: the text says all of it.

    Raises what is to be tried again: a limited rate, a network that fails.
    """
    if message.picture is None:
        return message
    try:
        file_id = _upload(client, message.picture)
    except (ImportError, ValueError, SlackRequestError) as error:  # the last: the bytes were not taken
        log.error("a picture cannot be drawn or uploaded", why=f"{type(error).__name__}: {error}")
        return message
    except SlackApiError as error:
        if verdict(error) in (Verdict.LATER, Verdict.NOT_SENT, Verdict.UNSURE):
            raise
        log.warning("Slack does not take the picture", why=name_of(error))
        return message
    return replace(message, blocks=_before_buttons(message, image_file(file_id, message.picture.alt)))


def _upload(client: WebClient, picture: Picture) -> str:
    content = picture.draw()
    answer = client.files_upload_v2(file=content, filename=picture.name, title=picture.name, alt_txt=picture.alt[:1000])
    file_id = str(answer["files"][0]["id"])
    for _ in range(LOOKS):
        if client.files_info(file=file_id)["file"].get("mimetype"):
            break
        sleep(PAUSE)
    return file_id


def _before_buttons(message: Rendered, image: dict[str, object]) -> list[dict[str, object]]:
    """Below the first text."""
    return [*message.blocks[:1], image, *message.blocks[1:]]
