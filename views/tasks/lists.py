"""Lists of tasks."""

from collections.abc import Sequence

from domain.commitments.digests import Reminder
from views.commitments.lines import owed_buttons, owed_line
from views.core import blocks as b
from views.core.language import Language
from views.core.lists import more
from views.core.markup import Mrkdwn, person, said

LIST_SHOWN = 15


def listing(found: Sequence[Reminder], t: Language, origin: str, title: str, empty: str) -> b.Rendered:
    """A private list with buttons on each line, cut after fifteen. `origin` names the list."""
    if not found:
        return b.Rendered(said(empty), [b.section(said(empty))])
    shown: list[b.Block] = [b.header(title)]
    for line in found[:LIST_SHOWN]:
        about = Mrkdwn(f"{owed_line(line, t, '')} · {person(line.owed.owner)}")
        shown += [b.section(about), owed_buttons(line.owed, t, origin)]
    if len(found) > LIST_SHOWN:
        shown.append(b.context(more(len(found) - LIST_SHOWN, t)))
    return b.Rendered(said(title), shown)
