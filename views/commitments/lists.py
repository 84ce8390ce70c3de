"""Lists of what people have promised, of one kind of record."""

from collections.abc import Sequence

from domain.commitments.digests import Reminder
from domain.commitments.lists import CHANNEL, MINE
from domain.core import Command, Words
from views.commitments.lines import owed_buttons, owed_line
from views.core import Language, Mrkdwn, blocks as b, person, said
from views.core.lists import left_out

LIST_SHOWN = 15


def listing(
    reminders: Sequence[Reminder], t: Language, origin: str, *, which: str, things: Words, kind: str
) -> b.Rendered:
    """A private list with buttons on each line, cut after fifteen. `origin` names the list, `things` what is in it."""
    if not reminders:
        empty = _empty(which, things, Command(f"gemba {kind} add"), t)
        return b.sentence(said(empty))
    title = _title(which, things, t)
    blocks: list[b.Block] = [b.header(title)]
    for line in reminders[:LIST_SHOWN]:
        about = Mrkdwn(f"{owed_line(line, t, '')} · {person(line.owed.owner)}")
        blocks += [b.section(about), owed_buttons(line.owed, t, origin)]
    return b.Rendered(said(title), blocks + left_out(len(reminders) - LIST_SHOWN, t))


def _title(which: str, things: Words, t: Language) -> str:
    if which == MINE:
        return t("My {things}", things=things)
    if which == CHANNEL:
        return t("Open {things} of this channel", things=things)
    return t("Overdue {things}", things=things)


def _empty(which: str, things: Words, add: Command, t: Language) -> str:
    if which == MINE:
        return t("You have no open {things}. Add one with {command} TITLE.", things=things, command=add)
    return t("No {things} here. Add one with {command} TITLE.", things=things, command=add)
