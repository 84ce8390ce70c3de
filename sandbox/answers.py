"""What the app's answers do: the payload of an acknowledgement, a post to a response URL."""

from typing import Any

from sandbox import messages
from sandbox.base import Json, SlackError
from sandbox.modals import replace_content
from sandbox.slack import Slack
from sandbox.tokens import ResponseUrl
from sandbox.validate import check_message, check_view

LONGEST = 40_000


def say(slack: Slack, channel: Json, user: str, answer: Any) -> None:
    """Show the answer to a command: to the person alone unless it is for the channel."""
    given = answer if isinstance(answer, dict) else {"text": answer}
    content = _content(given)
    if not any(content.get(key) for key in ("text", "blocks", "attachments")):
        return
    check_message(content, LONGEST)
    if given.get("response_type") == "in_channel":
        messages.post(slack, channel, slack.bot, content)
    else:
        messages.whisper(slack, channel, user, content)


def respond(slack: Slack, url: ResponseUrl, answer: Json) -> None:
    """Carry out a post to a response URL."""
    channel = slack.workspace.channel(url.channel)
    if answer.get("delete_original"):
        _delete_original(slack, channel, url)
    elif answer.get("replace_original") and url.message_ts:
        content = _content(answer)
        check_message(content, LONGEST)
        _replace_original(slack, channel, url, content)
    else:
        say(slack, channel, url.user, answer)


def after_submission(slack: Slack, view: Json, answer: Any) -> Json:
    """Do what the answer to a submission says. Returns the errors for the fields, if any."""
    answer = answer or {}
    user = view["user"]
    action = answer.get("response_action") if isinstance(answer, dict) else None
    if action == "errors":
        return _field_errors(view, answer.get("errors"))
    if action in ("update", "push"):
        check_view(answer.get("view"), "modal")
    if action == "update":
        replace_content(view, answer["view"])
    elif action == "push":
        slack.modals.push(user, answer["view"])
    elif action == "clear":
        slack.modals.clear(user)
    elif not answer:
        slack.modals.close(view)
    else:
        raise SlackError("invalid_response_action")
    slack.modals_changed(user)
    return {}


def _content(answer: Json) -> Json:
    """What an answer says, of all that a message may hold."""
    text, thread = (str(answer.get(key) or "") for key in ("text", "thread_ts"))
    attachments = answer.get("attachments") or []
    return {"text": text, "thread_ts": thread, "blocks": answer.get("blocks"), "attachments": attachments}


def _field_errors(view: Json, errors: Any) -> Json:
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise SlackError("invalid_errors", response_metadata={"messages": ["errors must name blocks of type input"]})
    return errors


def _delete_original(slack: Slack, channel: Json, url: ResponseUrl) -> None:
    ts = url.message_ts or ""
    if slack.ephemerals.get(url.user, {}).pop(ts, None):
        slack.push("message_deleted", lambda page: page == url.user, channel=channel["id"], ts=ts)
    else:
        messages.delete(slack, channel, slack.workspace.message(channel["id"], ts))


def _replace_original(slack: Slack, channel: Json, url: ResponseUrl, content: Json) -> None:
    ts = url.message_ts or ""
    hidden = slack.ephemerals.get(url.user, {}).get(ts)
    if hidden is None:
        messages.change(slack, channel, slack.workspace.message(channel["id"], ts), content)
    else:
        messages.rewrite(hidden, content)
        shown = {"channel": channel["id"], "message": dict(hidden)}
        slack.push("ephemeral", lambda page: page == url.user, **shown)
