"""How a record looks that somebody has promised, where its kind has nothing of its own to show."""

from datetime import date

from domain.commitments.queries import Commitment
from domain.core import Activity, Command
from views.commitments.lines import owed_buttons
from views.core import Language, Mrkdwn, blocks as b, bold, join, lines, person, said


def card(owed: Commitment, t: Language) -> b.Rendered:
    """What, who and by when, with what can be done about it."""
    rows = [
        (t("Owner"), person(owed.owner) if owed.owner else t("nobody's yet")),
        (t("Due"), t.day(owed.due) if owed.due else t("no due date")),
    ]
    blocks = [
        b.header(f"{owed.reference} · {owed.title}"),
        b.facts(rows),
        b.context(said(t("done"))) if owed.finished else owed_buttons(owed, t),
    ]
    return b.Rendered(join(" · ", [owed.reference, owed.title]), blocks)


def receipt(owed: Commitment, t: Language) -> b.Rendered:
    """To who added it: the number first."""
    text = t.markup(
        "Added as {number}: {title}. {owner} owns it, due {due}.",
        number=bold(owed.reference),
        title=owed.title,
        owner=person(owed.owner),
        due=t.day(owed.due) if owed.due else "–",
    )
    then = [t.markup("When it is done: {command}", command=Command(owed.done_by))] if owed.done_by else []
    return b.sentence(text, *([b.context(*then)] if then else []))


def given(owed: Commitment, t: Language) -> b.Rendered:
    """To its owner, where somebody else added it."""
    text = t.markup(
        "{by} gave you {number}: {title}. Due {due}.",
        by=person(owed.created_by),
        number=bold(owed.reference),
        title=owed.title,
        due=t.day(owed.due) if owed.due else "–",
    )
    return b.sentence(text, owed_buttons(owed, t))


def note(activity: Activity, t: Language) -> b.Rendered:
    """In the thread of the card: who changed what."""
    who = person(activity.by) if activity.by else said(t("The bot"))
    return b.sentence(lines(changed(activity, who, t) or t.markup("{who} changed it.", who=who), reason(activity)))


def changed(activity: Activity, who: Mrkdwn, t: Language) -> Mrkdwn | None:
    """What can be done to everything that somebody has promised; None for what is a kind's own."""
    match activity.verb:
        case "handed":
            return t.markup("{who} handed it to {owner}.", who=who, owner=person(activity.after["owner"]))
        case "postponed":
            due = date.fromisoformat(activity.after["due"])
            return t.markup("{who} moved the due date to {due}.", who=who, due=t.day(due))
    return None


def reason(activity: Activity) -> Mrkdwn | None:
    given_reason = activity.after.get("reason")
    return Mrkdwn(f"> {said(' '.join(given_reason.split()))}") if given_reason else None
