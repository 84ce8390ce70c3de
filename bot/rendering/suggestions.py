"""Messages about suggestions."""

from typing import Any

from bot.rendering.base import Maker, Making
from domain.core.activity import Activity
from domain.core.message import Message
from domain.suggestions.boxes import tally
from domain.suggestions.messages import BoxSign, SuggestionAnswer, SuggestionCard, SuggestionReceived
from domain.suggestions.queries import SuggestionFacts, facts_of
from domain.suggestions.record import Box, Suggestion
from views.core.blocks import Rendered
from views.suggestions import boxes as suggestion_boxes
from views.suggestions import card as suggestion_cards
from views.suggestions import dialogs as suggestion_dialogs
from views.suggestions import form as suggestion_form


def _facts(suggestion_id: int, making: Making) -> SuggestionFacts:
    return facts_of(making.work, making.work.of(Suggestion).get(suggestion_id))


def _card(message: SuggestionCard, making: Making) -> Rendered:
    return suggestion_cards.card(_facts(message.suggestion_id, making), making.t)


def _received(message: SuggestionReceived, making: Making) -> Rendered:
    return suggestion_form.received(_facts(message.suggestion_id, making), making.t)


def _answer(message: SuggestionAnswer, making: Making) -> Rendered:
    decision = making.work.of(Activity).get(message.activity_id)
    return suggestion_dialogs.answer(_facts(message.suggestion_id, making), decision, making.t)


def _sign(message: BoxSign, making: Making) -> Rendered:
    box = making.work.of(Box).get(message.box_id)
    return suggestion_boxes.sign(box, tally(making.work, box), making.t)


MAKERS: dict[type[Message], Maker[Any]] = {
    SuggestionCard: _card,
    SuggestionReceived: _received,
    SuggestionAnswer: _answer,
    BoxSign: _sign,
}
