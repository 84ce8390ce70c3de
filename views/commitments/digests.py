"""How reminders look: the digest of a person, the overdue board of a channel, an escalation."""

from collections.abc import Sequence
from datetime import date

from domain.commitments.actions import digest_name
from domain.commitments.digests import Became, Reminder
from domain.commitments.ladder import Lateness
from domain.core import Command
from views.commitments.lines import Link, by_owner, owed_buttons, owed_line, rows, settled_lines
from views.core import Language, Mrkdwn, blocks as b, bold, person, said
from views.core.lists import left_out

DIGEST_SHOWN, BOARD_SHOWN = 15, 25


def digest(
    day: date, reminders: Sequence[Reminder], t: Language, link_of: Link, *, owner: str, to_deputy: bool = False
) -> b.Rendered:
    """What `owner` owes, with buttons on each line; what became of the rest stands below.

    `to_deputy`: the reader stands in for them.
    """
    waiting = [line for line in reminders if line.became is Became.OPEN]
    settled = [line for line in reminders if line.became is not Became.OPEN]
    text = _summary(waiting, t)
    name = digest_name(owner, day)
    blocks = [b.header(t("Your day, {day}", day=t.day(day))), b.section(text)]
    groups = {Lateness.OVERDUE: t("Overdue"), Lateness.TODAY: t("Due today"), Lateness.SOON: t("Due soon")}
    room = DIGEST_SHOWN
    for lateness, title in groups.items():
        group = [line for line in waiting if line.lateness is lateness][:room]
        room -= len(group)
        if group:
            blocks.append(b.section(bold(title)))
        for line in group:
            blocks += [b.section(owed_line(line, t, link_of(line.owed))), owed_buttons(line.owed, t, name)]
    blocks += left_out(len(waiting) - DIGEST_SHOWN, t) + settled_lines(settled, t, link_of)
    why = t.markup(
        "You get this once on each of your working days because you own what is listed here. "
        "Time, quiet days and language: {command}",
        command=Command("gemba settings"),
    )
    if to_deputy:
        why = _in_place_of(owner, t)
    return b.Rendered(text, [*blocks, b.context(why)])


def board(day: date, reminders: Sequence[Reminder], t: Language, link_of: Link) -> b.Rendered:
    """What is overdue in a channel, by owner; what became of the rest stands below."""
    waiting = [line for line in reminders if line.became is Became.OPEN]
    settled = [line for line in reminders if line.became is not Became.OPEN]
    text = (
        said(t.plural("{count} thing is overdue here.", "{count} things are overdue here.", len(waiting)))
        if waiting
        else t.markup("Nothing is overdue here any more. Thank you!")
    )
    blocks = [b.header(t("Overdue, {day}", day=t.day(day))), b.section(text)]
    blocks += [*_grouped(waiting, t, link_of), *settled_lines(settled, t, link_of)]
    why = t.markup(
        "Once on each working day, updated as things get done. An admin can change that with {command}",
        command=Command("gemba settings"),
    )
    return b.Rendered(text, [*blocks, b.context(why)])


def escalation(
    reminders: Sequence[Reminder], t: Language, link_of: Link, *, sponsor: bool, away: str = ""
) -> b.Rendered:
    """To a head or sponsor, or who stands in for `away`: what has been overdue for too long."""
    text = said(
        t.plural(
            "{count} thing has been overdue for long and needs your help.",
            "{count} things have been overdue for long and need your help.",
            len(reminders),
        )
    )
    blocks = [b.header(t("Overdue for long")), b.section(text), *_grouped(reminders, t, link_of)]
    return b.Rendered(text, [*blocks, b.context(_in_place_of(away, t) if away else _why_escalated(t, sponsor=sponsor))])


def _grouped(reminders: Sequence[Reminder], t: Language, link_of: Link) -> list[b.Block]:
    groups = by_owner(reminders[:BOARD_SHOWN]).items()
    blocks = [block for owner, group in groups for block in rows(owner, group, t, link_of)]
    return blocks + left_out(len(reminders) - BOARD_SHOWN, t)


def _why_escalated(t: Language, *, sponsor: bool) -> Mrkdwn:
    if sponsor:
        return t.markup("You are told because you sponsor the improvement work. Each thing is told to you once.")
    return t.markup("You are told because you lead the department, or are its deputy. Each thing is told to you once.")


def _in_place_of(away: str, t: Language) -> Mrkdwn:
    return t.markup("You get this because {person} is away, and you stand in.", person=person(away))


def _summary(waiting: Sequence[Reminder], t: Language) -> Mrkdwn:
    if not waiting:
        return t.markup("Nothing of this is left for today. Thank you!")
    late = sum(line.lateness is Lateness.OVERDUE for line in waiting)
    things = t.plural("{count} thing waits for you", "{count} things wait for you", len(waiting))
    if not late:
        return t.markup("{things}.", things=things)
    overdue = t.plural("{count} is overdue", "{count} are overdue", late)
    return t.markup("{things}, {overdue}.", things=things, overdue=overdue)
