"""The question before the weekly sync, and the form for its answer."""

from datetime import date
from typing import Any

from domain.weekly_sync.form import NoteForm
from domain.weekly_sync.record import SyncNote
from views.core import Language, blocks as b, channel, inputs
from views.weekly_sync.carried import SyncOf


def ask(channel_id: str, week: date, t: Language, *, answered: bool = False) -> b.Rendered:
    """To a person, the working day before; the same message thanks when the answer is in."""
    where = channel(channel_id)
    if answered:
        text = t.markup("Your lines are in the weekly sync of {channel} on {day}.", channel=where, day=t.day(week))
    else:
        text = t.markup(
            "The weekly sync of {channel} is on {day}. What did you get done, what is next, what blocks you?",
            channel=where,
            day=t.day(week),
        )
    label = t("Change it") if answered else t("Answer (half a minute)")
    more = t("Say what you did, will do, or are blocked by")
    style = "" if answered else "primary"
    button = b.button(label, "sync.yours", SyncOf(channel_id, week), style=style, label=more)
    why = t.markup("You are asked once a week because you work in this channel. No answer is needed.")
    return b.sentence(text, b.actions(button), b.context(why))


def form(note: SyncNote | None, week: date, t: Language, metadata: str) -> dict[str, Any]:
    """Done, next, blocked; what was said before stands in it."""
    one = b.context(t.markup("For the weekly sync on {day}. One of the three is enough.", day=t.day(week)))
    blocks = [one, *inputs(NoteForm, t, note)]
    return b.modal("sync.add", t("Your week"), blocks, submit=t("Save"), close=t("Cancel"), metadata=metadata)
