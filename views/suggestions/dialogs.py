"""Around a suggestion: declining it, who wrote it, and what its author is told."""

from typing import Any

from domain.core import Activity
from domain.suggestions.form import Refusal
from domain.suggestions.queries import SuggestionFacts
from domain.suggestions.record import Suggestion, SuggestionMode, SuggestionState
from views.core import Language, Mrkdwn, blocks as b, bold, inputs, link, person, said
from views.suggestions.lists import one_line


def decline_form(suggestion: Suggestion, t: Language, metadata: str) -> dict[str, Any]:
    anonymous = suggestion.mode is SuggestionMode.ANONYMOUS
    hint = (
        t("It stands on the card, and whoever has the code can read it.")
        if anonymous
        else t("It stands on the card, and who made the suggestion gets it as a message.")
    )
    about = b.section(Mrkdwn(f"{bold(suggestion.reference)} {said(one_line(suggestion))}"))
    blocks = [about, *inputs(Refusal, t, hints={"reason": hint})]
    return b.modal("suggest.decline", t("Decline"), blocks, submit=t("Decline"), close=t("Cancel"), metadata=metadata)


def author(suggestion: Suggestion, t: Language) -> b.Rendered:
    text = t.markup(
        "{person} wrote {number}. Please keep it to yourself. That you looked is recorded.",
        person=person(suggestion.author),
        number=bold(suggestion.reference),
    )
    return b.sentence(text)


def answer(facts: SuggestionFacts, decision: Activity, t: Language) -> b.Rendered:
    """To the author: what was decided, by whom, and why."""
    text = _decided(facts, SuggestionState(decision.after["state"]), person(decision.by), t)
    reason = str(decision.after.get("reason") or "")
    about = t.markup("You suggested: {text}", text=one_line(facts.suggestion))
    return b.sentence(text, *([b.quote(reason)] if reason else []), b.context(about))


def _decided(facts: SuggestionFacts, state: SuggestionState, who: Mrkdwn, t: Language) -> Mrkdwn:
    number = bold(facts.suggestion.reference)
    match state:
        case SuggestionState.DECLINED:
            return t.markup("{who} declined your suggestion {number}. The reason:", who=who, number=number)
        case SuggestionState.VERIFIED:
            return t.markup(
                "Your suggestion {number} was put into practice, and its effect is verified. Thank you!", number=number
            )
        case SuggestionState.PLANNED if facts.issue:
            issue = link(facts.issue_link, facts.issue)
            return t.markup(
                "{who} made your suggestion {number} issue {issue}. It is in the optimization plan now.",
                who=who,
                number=number,
                issue=issue,
            )
        case SuggestionState.PLANNED:
            return t.markup("{who} put your suggestion {number} into the optimization plan.", who=who, number=number)
    return t.markup("{who} accepted your suggestion {number}. Thank you!", who=who, number=number)
