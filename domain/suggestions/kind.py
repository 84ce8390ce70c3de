"""Suggestions, as a kind of record."""

from domain.cards.actions import redraw_card
from domain.cards.messages import Receipt
from domain.core import Kind, Numbered, Stored, index, unique, words
from domain.suggestions.boxes import refresh_sign
from domain.suggestions.messages import BoxSign, SuggestionAnswer
from domain.suggestions.record import Box, Suggestion, WaitingSuggestion
from domain.suggestions.triage import answer_author

SUGGESTION: Kind[Suggestion] = Kind(
    "suggestion",
    words("suggestions"),
    (
        Stored(Suggestion, "suggestions", (unique("number"), index("code_hash"))),
        Stored(WaitingSuggestion, "waiting_suggestions", (unique("code_hash"),), recorded=False, shuffled=True),
        Stored(Box, "suggestion_boxes", (unique("channel_id"),)),
    ),
    numbered=Numbered(3, listed_by="suggest list", shown_by="suggest status"),
    messages=(SuggestionAnswer, BoxSign),
    said_as={Receipt: "SuggestionReceived"},
    after=(redraw_card, lambda work, change: refresh_sign(work, change.record), answer_author),
)
