"""What the bot says about a message of its own, above it: that it is late, or may be there twice."""

from dataclasses import replace
from datetime import datetime

from views.core import blocks as b
from views.core.language import Language
from views.core.markup import Mrkdwn, lines


def with_notices(message: b.Rendered, t: Language, *, late_since: datetime | None, repeats: bool) -> b.Rendered:
    """The message with what has to be said about it. `late_since`: when it was due."""
    notices = []
    if late_since is not None:
        local = late_since.astimezone(t.zone)
        notices.append(
            t.markup(
                "This was due on {day} at {time}. It is late because I was not running.",
                day=t.day(local.date()),
                time=local.time(),
            )
        )
    if repeats:
        notices.append(t.markup("This may be a repeat: Slack did not say whether the first one arrived."))
    if not notices:
        return message
    if not message.blocks:
        return b.Rendered(lines(*notices, Mrkdwn(message.text)))
    return replace(message, blocks=[b.context(*notices), *message.blocks])
