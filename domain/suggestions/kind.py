"""Suggestions, as a kind of record."""

from domain.core.kind import Kind
from domain.core.stored import Stored, index, unique
from domain.lifecycle.moves import redraws
from domain.suggestions.actions import card_key
from domain.suggestions.boxes import refresh_sign
from domain.suggestions.record import Box, Suggestion
from domain.suggestions.triage import answer_author

SUGGESTION: Kind[Suggestion] = Kind(
    "suggestion",
    (
        Stored(Suggestion, "suggestions", (unique("number"), index("code_hash"))),
        Stored(Box, "suggestion_boxes", (unique("channel_id"),)),
    ),
    after=(redraws(card_key), lambda work, change: refresh_sign(work, change.record), answer_author),
)
