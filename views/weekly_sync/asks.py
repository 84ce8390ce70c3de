"""The question before the weekly sync, and the form for its answer."""

from datetime import date
from typing import Any

from domain.weekly_sync.form import LONGEST_NOTE
from domain.weekly_sync.record import SyncNote
from views.core import blocks as b
from views.core.language import Language
from views.core.markup import channel
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
    button = b.button(
        label,
        "sync.yours",
        SyncOf(channel_id, week),
        style="" if answered else "primary",
        label=t("Say what you did, will do, or are blocked by"),
    )
    why = t.markup("You are asked once a week because you work in this channel. No answer is needed.")
    return b.Rendered(text, [b.section(text), b.actions(button), b.context(why)])


def form(note: SyncNote | None, week: date, t: Language, metadata: str) -> dict[str, Any]:
    """Done, next, blocked; what was said before stands in it."""

    def field(name: str, label: str, before: str, hint: str) -> b.Block:
        element = b.text_input(name, initial=before, multiline=True, longest=LONGEST_NOTE, placeholder=hint)
        return b.field_input(name, label, element, optional=True)

    return b.modal(
        "sync.add",
        t("Your week"),
        [
            b.context(t.markup("For the weekly sync on {day}. One of the three is enough.", day=t.day(week))),
            field("done", t("Done"), note.done if note else "", t("What you finished")),
            field("next", t("Next"), note.next if note else "", t("What you will do next")),
            field("blocked", t("Blocked"), note.blocked if note else "", t("What you wait for, and from whom")),
        ],
        submit=t("Save"),
        close=t("Cancel"),
        metadata=metadata,
    )
