"""The form of the suggestion box, and what is answered to who filled it in."""

from typing import Any

from domain.core import Command
from domain.suggestions.form import SuggestionForm
from domain.suggestions.queries import SuggestionFacts
from domain.suggestions.record import SuggestionMode
from views.core import Language, Mrkdwn, blocks as b, bold, inputs, lines
from views.suggestions.lists import _unread, is_confidential


def form(t: Language, text: str, metadata: str, minutes: int = 0, *, from_box: bool = False) -> dict[str, Any]:
    """The one modal: the text, and whose name goes with it. An anonymous one waits for `minutes`, or not at all."""
    kept = {
        SuggestionMode.NAMED: t("Everyone who sees the suggestion sees your name."),
        SuggestionMode.CONFIDENTIAL: t("Your name is kept; only triagers can look it up."),
        SuggestionMode.ANONYMOUS: t("We do not store who wrote it."),
    }
    modes = [b.option(t.label(mode), mode, what) for mode, what in kept.items()]
    typed = {"text": text, "mode": SuggestionMode.NAMED}
    fields = inputs(SuggestionForm, t, typed, choices={"mode": modes}, focus="" if text else "text")
    blocks = [*fields, b.context(lines(*_what_is_kept(t, minutes, from_box=from_box)))]
    title = t("Make a suggestion")
    return b.modal("suggest.send", title, blocks, submit=t("Send"), close=t("Cancel"), metadata=metadata)


def code_shown(tracking_code: str, t: Language, minutes: int = 0, *, unread: bool = False) -> dict[str, Any]:
    """The only time that the code of an anonymous suggestion is seen."""
    command = Command(f"suggest status {tracking_code}")
    wait = t.markup("The triagers see it within {minutes} minutes.", minutes=minutes)
    return b.modal(
        b.READ_ONLY,
        t("Your code"),
        [
            b.section(
                t.markup("Thank you, your suggestion is in the box. No author was stored with it. This is its code:")
            ),
            b.header(tracking_code),
            b.section(
                t.markup(
                    "*Write it down; it is shown only once.* Nobody can look it up for you, because nobody "
                    "knows which suggestion is yours."
                )
            ),
            b.section(t.markup("See what becomes of your suggestion with {command}.", command=command)),
            *([b.context(wait)] if minutes else []),
            *([b.context(_unread(t))] if unread else []),
        ],
        close=t("I wrote it down"),
    )


def received(facts: SuggestionFacts, t: Language) -> b.Rendered:
    """To its author, in private: the number first."""
    suggestion = facts.suggestion
    thanks = t.markup(
        "Thank you. Your suggestion is {number}. You get a message when something is decided.",
        number=bold(suggestion.reference),
    )
    kept = t.markup("Only triagers can look up that it is yours.") if is_confidential(suggestion) else None
    return b.sentence(lines(thanks, kept, _unread(t) if facts.unread else None))


def _what_is_kept(t: Language, minutes: int, *, from_box: bool) -> list[Mrkdwn]:
    what = [
        t.markup("*What is kept.* With your name: your words, the day, your name. You are told what was decided."),
        t.markup(
            "Confidential: the same, but your name stands on no card; a triager who looks it up is recorded. You "
            "are told in private what was decided."
        ),
        t.markup(
            "Anonymous: your words and the day. No author is stored anywhere, not even in a log. You get a code, "
            "shown once, to see what becomes of it."
        ),
    ]
    if minutes:
        wait = t.markup(
            "So that the time does not give you away, it is passed on together with others: triagers see it within "
            "{minutes} minutes.",
            minutes=minutes,
        )
        what.append(wait)
    return [*what, *([t.markup("Also kept: which box it was dropped into.")] if from_box else [])]
