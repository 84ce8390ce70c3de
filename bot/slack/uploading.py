"""A message's picture: drawn, uploaded to Slack, and put into the message. And files that are messages themselves.

The file is given to nobody but the bot until its message refers to it, so who uploads it twice (a process died between
the two) leaves a file that nobody sees; the message itself is posted once, as every other.
"""

from dataclasses import replace
from time import sleep

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.error_names import error_name
from bot.logs import log
from bot.slack.slack_client import Hold
from bot.slack.verdicts import Verdict, verdict
from domain.people.record import is_person
from views.core import Document, Picture, Rendered, image_file

LOOKS, PAUSE = 8, 0.5
"""Slack knows what a new file is only after a moment; a message that refers to it earlier is refused."""
UNUSABLE = frozenset({"invalid_blocks", "invalid_attachments"})


def refuses_blocks(error: SlackApiError) -> bool:
    return error_name(error) in UNUSABLE


def with_document(client: WebClient, target: str, message: Rendered, document: Document) -> tuple[str, str] | None:
    """Upload the file into a conversation, under the message's text, and return its channel; None where Slack refuses.

    Slack gives such a message no mark of ours and tells its ts only later: who doubts whether it is out uploads it
    again. Raises what is to be tried again.
    """
    try:
        channel = str(client.conversations_open(users=target)["channel"]["id"]) if is_person(target) else target
        client.files_upload_v2(
            file=document.make(),
            filename=document.name,
            title=document.name,
            channel=channel,
            initial_comment=message.text,
        )
    except SlackRequestError as error:  # the bytes were not taken
        log.error("a file cannot be uploaded", why=str(error))
        return None
    except SlackApiError as error:
        if verdict(error) in (Verdict.LATER, Verdict.NOT_SENT, Verdict.UNSURE, Verdict.STOPS_WORKSPACE):
            raise
        log.warning("Slack does not take the file", why=error_name(error))
        return None
    return channel, ""


def with_picture(client: WebClient, message: Rendered, hold: Hold) -> Rendered:
    """The message with its picture; without, where it cannot be drawn or Slack takes none: the text says all of it.

    Raises what is to be tried again: a limited rate, a network that fails.
    """
    if message.picture is None:
        return message
    try:
        file_id = _upload(client, message.picture, hold)
    except (ImportError, ValueError, SlackRequestError) as error:  # the last: the bytes were not taken
        log.error("a picture cannot be drawn or uploaded", why=f"{type(error).__name__}: {error}")
        return message
    except SlackApiError as error:
        if verdict(error) in (Verdict.LATER, Verdict.NOT_SENT, Verdict.UNSURE):
            raise
        log.warning("Slack does not take the picture", why=error_name(error))
        return message
    if not _is_known(client, file_id, hold):
        log.warning("Slack does not take the picture", why="it does not know what it is")
        return message
    image = image_file(file_id, message.picture.alt)  # below the first text
    return replace(message, blocks=[*message.blocks[:1], image, *message.blocks[1:]], picture=None)


def _upload(client: WebClient, picture: Picture, hold: Hold) -> str:
    """Four calls with those of `_is_known`, of ten seconds each at most."""
    content = picture.draw()
    hold()
    answer = client.files_upload_v2(file=content, filename=picture.name, title=picture.name, alt_txt=picture.alt[:1000])
    return str(answer["files"][0]["id"])


def _is_known(client: WebClient, file_id: str, hold: Hold) -> bool:
    for _ in range(LOOKS):
        hold()
        if client.files_info(file=file_id)["file"].get("mimetype"):
            return True
        sleep(PAUSE)
    return False
