"""What is said about suggestions."""

from domain.core import Activity
from domain.suggestions.boxes import tally
from domain.suggestions.messages import BoxSign, SuggestionAnswer
from domain.suggestions.queries import SuggestionFacts, facts_of
from domain.suggestions.record import Box, Suggestion
from views.cards.looks import Look, Making
from views.core import Rendered
from views.suggestions import boxes, card, dialogs, form


def _facts(making: Making, suggestion: Suggestion) -> SuggestionFacts:
    return facts_of(making.work, suggestion)


def _answer(message: SuggestionAnswer, making: Making) -> Rendered:
    suggestion = making.work.of(Suggestion).get(message.suggestion_id)
    decision = making.work.of(Activity).get(message.activity_id)
    return dialogs.answer(_facts(making, suggestion), decision, making.t)


def _sign(message: BoxSign, making: Making) -> Rendered:
    box = making.work.of(Box).get(message.box_id)
    return boxes.sign(box, tally(making.work, box), making.t)


LOOK = Look(
    "suggestion",
    _facts,
    card=card.card,
    receipt=form.received,
    makers={SuggestionAnswer: _answer, BoxSign: _sign},
)
