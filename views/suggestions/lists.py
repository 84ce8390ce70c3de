"""Where suggestions stand, one by one and in lists."""

from collections.abc import Sequence

from domain.core import Command
from domain.suggestions.queries import SuggestionFacts
from domain.suggestions.record import Suggestion, SuggestionMode, SuggestionState, WaitingSuggestion
from views.core import Language, Mrkdwn, blocks as b, bold, join, lines, link, said
from views.core.lists import left_out

State = SuggestionState
LIST_SHOWN, LINE = 20, 150


def status(facts: SuggestionFacts, t: Language) -> b.Rendered:
    """Where a suggestion stands, for who made it."""
    suggestion = facts.suggestion
    number, day, state = bold(suggestion.reference), suggestion.on, suggestion.state
    text = t.markup("Your suggestion {number} of {day}: *{state}*.", number=number, day=day, state=state)
    issue = t.markup("It became issue {issue}.", issue=link(facts.issue_link, facts.issue)) if facts.issue else None
    text = lines(text, issue, _unread(t) if facts.unread else None)
    return b.sentence(text, *reason(suggestion, t), b.quote(suggestion.text))


def still_waiting(suggestion: WaitingSuggestion, minutes: int, t: Language) -> b.Rendered:
    """Where an anonymous one stands that nobody has been shown yet."""
    text = t.markup(
        "Your suggestion is in the box. The triagers see it within {minutes} minutes; it gets its number then.",
        minutes=minutes,
    )
    return b.sentence(text, b.quote(suggestion.text))


def mine(suggestions: Sequence[Suggestion], t: Language) -> b.Rendered:
    """What a person suggested under their name."""
    hint = t.markup(
        "Anonymous ones are not in this list: nobody knows whose they are. Look at one with {command}.",
        command=Command(f"suggest status {t('CODE')}"),
    )
    if not suggestions:
        empty = t.markup(
            "You have made no suggestion under your name yet. Make one with {command}.", command=Command("suggest")
        )
        return b.sentence(empty, b.context(hint))
    blocks = [b.section(_two_lines(SuggestionFacts(suggestion), t)) for suggestion in suggestions[:LIST_SHOWN]]
    title = t("Your suggestions")
    return b.Rendered(title, [b.header(title), *blocks, *left_out(len(suggestions) - LIST_SHOWN, t), b.context(hint)])


def listing(suggestions: Sequence[SuggestionFacts], t: Language) -> b.Rendered:
    """For triagers: what waits for a decision, then what is under way."""
    if not suggestions:
        return b.sentence(t.markup("Nothing waits for a decision, and nothing is under way."))
    blocks = [b.section(_two_lines(facts, t), _show(facts.suggestion, t)) for facts in suggestions[:LIST_SHOWN]]
    title = t("Suggestions")
    return b.Rendered(title, [b.header(title), *blocks, *left_out(len(suggestions) - LIST_SHOWN, t)])


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


def _show(suggestion: Suggestion, t: Language) -> b.Element:
    label = t("Open suggestion {number}", number=suggestion.reference)
    return b.button(t("Open it"), "suggest.show", str(suggestion.id), label=label)


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
