"""Lines about things owed, issue and task alike, with the buttons that settle them."""

from collections.abc import Callable, Mapping, Sequence

from domain.commitments.actions import MONDAY, TOMORROW
from domain.commitments.digests import Became, Reminder
from domain.commitments.ladder import EscalationLevel, Lateness
from domain.commitments.queries import Commitment
from views.commitments.carried import Snoozed
from views.core import Language, Mrkdwn, blocks as b, bold, join, lines, link, person, said
from views.core.labels import SEVERITY_SIGN
from views.core.lists import more

BOARD_ROWS, SETTLED_SHOWN, TITLE_SHOWN, ORIGIN = 6, 8, 90, 60
Link = Callable[[Commitment], str]
"""The address of the card of something owed; empty where it has none."""


def owed_buttons(owed: Commitment, t: Language, origin: str = "") -> b.Block:
    """Done, a new date, not today. `origin` says what to bring up to date after it: the digest, or a list.

    One that is too long for the value of a menu's entry is left out; then a sentence says what was done.
    """
    origin = origin if len(origin) <= ORIGIN else ""
    about, reference = str(owed.ref), owed.reference
    new_date = t("Give {reference} a new due date", reference=reference)
    snooze = {
        "type": "overflow",
        "action_id": f"owed.snooze:{about}",
        "options": [
            b.option(t("Snooze until tomorrow"), Snoozed(TOMORROW, origin)),
            b.option(t("Snooze until Monday"), Snoozed(MONDAY, origin)),
        ],
    }
    return b.actions(
        b.button(t("Done"), f"owed.done:{about}", origin, label=t("Mark {reference} as done", reference=reference)),
        b.button(t("New date"), f"owed.date:{about}", origin, label=new_date),
        snooze,
        block_id=f"owed:{about}",
    )


def owed_line(line: Reminder, t: Language, url: str) -> Mrkdwn:
    """Something owed in two short lines: what, and how late."""
    owed = line.owed
    parts = [when(line, t)]
    if EscalationLevel.SPONSOR in owed.escalated:
        parts.append(t("the sponsor has been told"))
    elif EscalationLevel.HEAD in owed.escalated:
        parts.append(t("the head of department has been told"))
    return lines(what(owed, url), join(" · ", parts))


def what(owed: Commitment, url: str) -> Mrkdwn:
    sign = SEVERITY_SIGN[owed.severity] if owed.severity else "🔹"
    return Mrkdwn(f"{sign} {bold(link(url, owed.reference))} {short(owed.title)}")


def short(title: str, limit: int = TITLE_SHOWN) -> Mrkdwn:
    """A title for one line; one that is mostly signs grows when it is escaped, and is cut further."""
    safe = said(b.cut(" ".join(title.split()), limit))
    return safe if len(safe) <= 2 * limit else said(b.cut(" ".join(title.split()), limit // 3))


def by_owner(reminders: Sequence[Reminder]) -> Mapping[str, list[Reminder]]:
    """Lines by owner; who owes most comes first, nobody last."""
    groups: dict[str, list[Reminder]] = {}
    for line in reminders:
        groups.setdefault(line.owed.owner, []).append(line)
    return dict(sorted(groups.items(), key=lambda entry: (entry[0] == "", -len(entry[1]))))


def rows(owner: str, group: Sequence[Reminder], t: Language, link_of: Link) -> list[b.Block]:
    """An owner's lines, in sections that stay within Slack's limit."""
    name = person(owner) if owner else said(t("nobody's yet"))
    made = []
    for start in range(0, len(group), BOARD_ROWS):
        texts = [_row(line, t, link_of) for line in group[start : start + BOARD_ROWS]]
        made.append(b.section(lines(bold(name) if start == 0 else None, *texts)))
    return made


def settled_lines(settled: Sequence[Reminder], t: Language, link_of: Link) -> list[b.Block]:
    if not settled:
        return []
    texts = [_became(line, t, link_of(line.owed)) for line in settled[:SETTLED_SHOWN]]
    if len(settled) > SETTLED_SHOWN:
        texts.append(more(len(settled) - SETTLED_SHOWN, t))
    return [b.section(lines(*texts))]


def when(line: Reminder, t: Language) -> str:
    due = line.owed.due
    if due is None:
        return t("no due date")
    if line.lateness is Lateness.OVERDUE:
        if not line.days:
            return t("overdue since {due}", due=t.day(due))
        days = t.plural("overdue for {count} working day", "overdue for {count} working days", line.days)
        return t("{days}, since {day}", days=days, day=t.day(due))
    return t("due {due}", due=t.day(due))


def _row(line: Reminder, t: Language, link_of: Link) -> Mrkdwn:
    return join(" · ", [what(line.owed, link_of(line.owed)), when(line, t)])


def _became(line: Reminder, t: Language, url: str) -> Mrkdwn:
    """What is done is struck out; what was only moved away is not."""
    owed, title = line.owed, short(line.owed.title)
    match line.became:
        case Became.DONE:
            mark, title, now = "✅", Mrkdwn(f"~{title}~"), said(t("done"))
        case Became.MOVED:
            moved = t("now due {day}", day=t.day(owed.due)) if owed.due else t("no due date")
            mark, now = "📅", said(moved)
        case Became.SNOOZED:
            until = t("snoozed until {day}", day=t.day(owed.snoozed_until)) if owed.snoozed_until else ""
            mark, now = "💤", said(until)
        case _:
            mark, now = "➡️", t.markup("handed to {owner}", owner=person(owed.owner))
    return join(" · ", [Mrkdwn(f"{mark} {bold(link(url, owed.reference))} {title}"), now])
