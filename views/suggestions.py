"""How suggestions look to people: the form, the code of an anonymous one, where it stands, lists."""

from collections.abc import Sequence
from typing import Any

from domain.core.wording import Command
from domain.suggestions.queries import SuggestionFacts
from domain.suggestions.record import Suggestion, SuggestionMode, SuggestionState
from views.core import blocks as b
from views.core.language import Language
from views.core.lists import left_out
from views.core.markup import Mrkdwn, bold, join, lines, link, said

State = SuggestionState
LIST_SHOWN, LINE = 20, 150


def form(t: Language, text: str, metadata: str, *, from_box: bool = False) -> dict[str, Any]:
    """The one modal: the text, and whose name goes with it."""
    modes = [
        b.option(
            t.label(SuggestionMode.NAMED), SuggestionMode.NAMED, t("Everyone who sees the suggestion sees your name.")
        ),
        b.option(
            t.label(SuggestionMode.CONFIDENTIAL),
            SuggestionMode.CONFIDENTIAL,
            t("Your name is kept; only triagers can look it up."),
        ),
        b.option(
            t.label(SuggestionMode.ANONYMOUS),
            SuggestionMode.ANONYMOUS,
            t("Nobody can find out: no author is stored anywhere."),
        ),
    ]
    return b.modal(
        "suggest.send",
        t("Make a suggestion"),
        [
            b.field_input(
                "text",
                t("What could we do better?"),
                b.text_input(
                    "text",
                    initial=text,
                    multiline=True,
                    focus=not text,
                    placeholder=t("What gets in the way, and what would help?"),
                ),
            ),
            b.field_input("mode", t("Your name"), b.radio("mode", modes, initial=SuggestionMode.NAMED)),
            b.context(lines(*_what_is_kept(t, from_box=from_box))),
        ],
        submit=t("Send"),
        close=t("Cancel"),
        metadata=metadata,
    )


def code_shown(tracking_code: str, t: Language, *, unread: bool = False) -> dict[str, Any]:
    """The only time that the code of an anonymous suggestion is seen."""
    command = Command(f"suggest status {tracking_code}")
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
    text = lines(thanks, kept, _unread(t) if facts.unread else None)
    return b.Rendered(text, [b.section(text)])


def status(facts: SuggestionFacts, t: Language) -> b.Rendered:
    """Where a suggestion stands, for who made it."""
    suggestion = facts.suggestion
    text = t.markup(
        "Your suggestion {number} of {day}: *{state}*.",
        number=bold(suggestion.reference),
        day=suggestion.on,
        state=suggestion.state,
    )
    issue = t.markup("It became issue {issue}.", issue=link(facts.issue_link, facts.issue)) if facts.issue else None
    text = lines(text, issue, _unread(t) if facts.unread else None)
    return b.Rendered(text, [b.section(text), *reason(suggestion, t), b.quote(suggestion.text)])


def mine(found: Sequence[Suggestion], t: Language) -> b.Rendered:
    """What a person suggested under their name."""
    hint = t.markup(
        "Anonymous ones are not in this list: nobody knows whose they are. Look at one with {command}.",
        command=Command(f"suggest status {t('CODE')}"),
    )
    if not found:
        empty = t.markup(
            "You have made no suggestion under your name yet. Make one with {command}.", command=Command("suggest")
        )
        return b.Rendered(empty, [b.section(empty), b.context(hint)])
    shown = [b.section(_two_lines(SuggestionFacts(suggestion), t)) for suggestion in found[:LIST_SHOWN]]
    title = t("Your suggestions")
    return b.Rendered(title, [b.header(title), *shown, *left_out(len(found) - LIST_SHOWN, t), b.context(hint)])


def listing(found: Sequence[SuggestionFacts], t: Language) -> b.Rendered:
    """For triagers: what waits for a decision, then what is under way."""
    if not found:
        empty = t.markup("Nothing waits for a decision, and nothing is under way.")
        return b.Rendered(empty, [b.section(empty)])
    shown = [b.section(_two_lines(facts, t), _show(facts.suggestion, t)) for facts in found[:LIST_SHOWN]]
    title = t("Suggestions")
    return b.Rendered(title, [b.header(title), *shown, *left_out(len(found) - LIST_SHOWN, t)])


def reason(suggestion: Suggestion, t: Language) -> list[b.Block]:
    """Why it was declined, word for word."""
    if not suggestion.reason:
        return []
    return [b.section(t.markup("*The reason*")), b.quote(suggestion.reason)]


def one_line(suggestion: Suggestion) -> str:
    """The beginning of its text, in one line."""
    return b.cut(" ".join(suggestion.text.split()), LINE)


def is_confidential(suggestion: Suggestion) -> bool:
    return suggestion.mode is SuggestionMode.CONFIDENTIAL


def _what_is_kept(t: Language, *, from_box: bool) -> list[Mrkdwn]:
    said_ = [
        t.markup("*What is kept.* With your name: your words, the day, your name. You are told what was decided."),
        t.markup(
            "Confidential: the same, but your name stands on no card; a triager who looks it up is recorded. You "
            "are told in private what was decided."
        ),
        t.markup(
            "Anonymous: your words and the day; triagers also see when the card comes in. No author is stored "
            "anywhere, not even in a log. You get a code, shown once, to see what becomes of it."
        ),
    ]
    return [*said_, *([t.markup("Also kept: which box it was dropped into.")] if from_box else [])]


def _show(suggestion: Suggestion, t: Language) -> b.Element:
    return b.button(
        t("Open it"),
        "suggest.show",
        str(suggestion.id),
        label=t("Open suggestion {number}", number=suggestion.reference),
    )


def _two_lines(facts: SuggestionFacts, t: Language) -> Mrkdwn:
    suggestion = facts.suggestion
    sign = "🆕 " if suggestion.state is State.COLLECTED else ""
    first = Mrkdwn(f"{sign}{bold(link(facts.link, suggestion.reference))} {said(one_line(suggestion))}")
    parts: list[object] = [t.label(suggestion.state), t.day(suggestion.on)]
    if suggestion.state is State.DECLINED:
        parts.append(b.cut(" ".join(suggestion.reason.split()), LINE))
    return lines(first, join(" · ", parts))


def _unread(t: Language) -> Mrkdwn:
    return t.markup(
        "Nobody reads the box yet: an admin has to choose a triage channel in {command}. Yours is kept until then.",
        command=Command("gemba settings"),
    )
