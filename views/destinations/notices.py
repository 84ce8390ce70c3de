"""What Slack lets nothing through to: told to who can mend it, with the remedy and a button to try again."""

from collections.abc import Sequence

from domain.destinations.actions import Backlog
from domain.destinations.record import BlockedDestination
from domain.people.record import is_person
from views.core import Language, Mrkdwn, blocks as b, channel, join, lines, person, said
from views.core.labels import label
from views.core.lists import left_out

REMEDIES = {
    "not_in_channel": label("I am not in the channel. Invite me there with /invite."),
    "channel_not_found": label("I cannot see the channel. Invite me with /invite, or choose another in the settings."),
    "is_archived": label("The channel is archived. Unarchive it, or choose another one in the settings."),
    "restricted_action": label("Posting there is restricted. Let me post in the channel's settings in Slack."),
    "user_not_found": label("Slack does not know this person any more. Give what they owe to somebody else."),
    "user_disabled": label("The account is closed. Give what the person owes to somebody else."),
    "cannot_dm_bot": label("This is a bot, which reads no messages. Give what it owes to a person."),
    "messages_tab_disabled": label("The app's messages tab is off. Turn it on in the app's settings."),
    "missing_scope": label("The app lacks a permission. Paste its manifest again, and reinstall it."),
    "token_revoked": label("The app's token was revoked. Install the app again, and set its new token."),
    "token_expired": label("The app's token has expired. Install the app again, and set its new token."),
    "invalid_auth": label("Slack does not accept the app's token. Install the app again, and set its new token."),
    "account_inactive": label("The app was removed, or its account is closed. Install it again."),
    "message_limit_exceeded": label("The workspace may not post more for now: its plan's limit is reached."),
}
ACTIONS = {
    "post": label("posting messages"),
    "whisper": label("showing messages to one person"),
    "update": label("updating messages"),
    "pin": label("pinning messages"),
}
OTHERWISE = label("Slack refuses it. What its error means is in the documentation of Slack.")
SHOWN = 5


def notice(backlog: Backlog, t: Language) -> b.Rendered:
    """To who can mend it; the same message tells later how it went."""
    text = _what(backlog, t)
    if backlog.destination.mended_at is not None:
        return b.sentence(text)
    return b.Rendered(text, [*_refusal(backlog, t), _note(backlog, t)])


def on_home(backlogs: Sequence[Backlog], t: Language) -> list[b.Block]:
    """To admins, as long as something is blocked."""
    if not backlogs:
        return []
    blocks = [b.divider(), b.section(t.markup("*Needs you*"))]
    for one in backlogs[:SHOWN]:
        blocks += _refusal(one, t)
    return [*blocks, *left_out(len(backlogs) - SHOWN, t)]


def _refusal(backlog: Backlog, t: Language) -> list[b.Block]:
    """What is blocked, what helps, and the button."""
    blocked = backlog.destination
    text = b.section(lines(_what(backlog, t), said(_remedy(blocked, t))))
    button = b.actions(b.button(t("Try again"), f"stop.try:{blocked.id}", str(blocked.id)))
    return [text, button] if blocked.held else [text]


def _what(backlog: Backlog, t: Language) -> Mrkdwn:
    where = _where(backlog.destination.target, t)
    if backlog.destination.mended_at is not None:
        return t.markup("✅ Messages get through again: {where}.", where=where)
    if not backlog.destination.held:
        return t.markup("⏳ Trying again: {where}.", where=where)
    what = t.markup("⛔ Slack lets no messages of mine through: {where}.", where=where)
    if not backlog.waiting:
        return what
    waiting = t.plural("{count} message is waiting.", "{count} messages are waiting.", backlog.waiting)
    return join(" ", [what, said(waiting)])


def _where(target: str, t: Language) -> Mrkdwn:
    if target in ACTIONS:
        return said(t(ACTIONS[target]))
    if is_person(target):
        return person(target)
    return channel(target) if target else said(t("the whole workspace"))


def _remedy(destination: BlockedDestination, t: Language) -> str:
    error = "restricted_action" if destination.error.startswith("restricted_action") else destination.error
    return t(REMEDIES.get(error, OTHERWISE))


def _note(backlog: Backlog, t: Language) -> b.Block:
    text = t.markup(
        "Since {moment} · Slack calls it {error} · You hear of each cause once.",
        moment=backlog.destination.since,
        error=backlog.destination.error,
    )
    return b.context(text)
