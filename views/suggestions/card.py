"""The card of a suggestion in the triage channel, and what can be decided from it."""

from domain.suggestions.queries import SuggestionFacts
from domain.suggestions.record import PIPELINE, Suggestion, SuggestionMode, SuggestionState
from views.core import Language, blocks as b, channel, link, person
from views.suggestions.carried import Seen
from views.suggestions.lists import is_confidential, one_line, reason

State = SuggestionState


def card(facts: SuggestionFacts, t: Language) -> b.Rendered:
    """The suggestion as it stands, with what triagers can do about it. It never tells a confidential author."""
    suggestion = facts.suggestion
    blocks = [
        b.header(t("Suggestion {reference}", reference=suggestion.reference)),
        b.quote(suggestion.text),
        b.facts(_rows(facts, t), gap="\n"),
        *reason(suggestion, t),
        *_buttons(facts, t),
    ]
    text = t.markup(
        "Suggestion {reference} ({state}): {text}",
        reference=suggestion.reference,
        state=suggestion.state,
        text=one_line(suggestion),
    )
    return b.Rendered(text, blocks)


def _rows(facts: SuggestionFacts, t: Language) -> list[tuple[str, object]]:
    suggestion = facts.suggestion
    return [
        (t("Status"), t.label(suggestion.state)),
        (t("From"), person(suggestion.author) if suggestion.mode is SuggestionMode.NAMED else t.label(suggestion.mode)),
        (t("Came in"), t.day(suggestion.on)),
        (t("Box"), channel(facts.box) if facts.box else ""),
        (t("Last decision"), person(suggestion.decided_by) if suggestion.decided_by else ""),
        (t("Issue"), link(facts.issue_link, facts.issue) if facts.issue else ""),
    ]


def _buttons(facts: SuggestionFacts, t: Language) -> list[b.Block]:
    """What can be decided from here; each button carries the state that was seen (`12:collected`)."""
    suggestion = facts.suggestion
    value, number = Seen(suggestion.id, suggestion.state), suggestion.reference
    accept = b.button(
        t("Accept"), "suggest.accept", value, style="primary", label=t("Accept suggestion {number}", number=number)
    )
    again = b.button(
        t("Take it up again"), "suggest.accept", value, label=t("Take suggestion {number} up again", number=number)
    )
    decline = b.button(
        t("Decline"), "suggest.decline", value, style="danger", label=t("Decline suggestion {number}", number=number)
    )
    issue = b.button(
        t("Make it an issue"), "suggest.issue", value, label=t("Make an issue of suggestion {number}", number=number)
    )
    decisions = {State.COLLECTED: [accept, decline], State.DECLINED: [again], State.VERIFIED: []}
    offered = decisions.get(suggestion.state, [decline])
    if suggestion.state is not State.DECLINED:
        offered += [] if facts.issue else [issue]
        offered.append(_move_on(suggestion, t))
    if is_confidential(suggestion):
        offered.append(_who(suggestion, t))
    # a new block id with each state: Slack keeps what was chosen in a menu as long as its block stays the same
    return [b.actions(*offered, block_id=f"suggestion:{value}")] if offered else []


def _move_on(suggestion: Suggestion, t: Language) -> b.Element:
    others = [state for state in PIPELINE if state is not suggestion.state]
    steps = [b.option(t.label(to), Seen(suggestion.id, suggestion.state, to)) for to in others]
    return b.select("suggest.move", steps, placeholder=t("Move it on to …"))


def _who(suggestion: Suggestion, t: Language) -> b.Element:
    recorded = t("Only triagers may know. That you looked is recorded.")
    asked = b.confirm(t("Who wrote it?"), recorded, t("Show me"), t("Cancel"))
    label = t("See who wrote suggestion {number}", number=suggestion.reference)
    return b.button(t("Who wrote it"), "suggest.author", str(suggestion.id), confirm=asked, label=label)
