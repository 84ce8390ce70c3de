"""Suggestions, as a kind of record."""

from domain.core.kind import Kind
from domain.core.stored import Stored, index, unique
from domain.suggestions.record import Box, Suggestion

SUGGESTION: Kind[Suggestion] = Kind(
    "suggestion",
    (
        Stored(Suggestion, "suggestions", (unique("number"), index("code_hash"))),
        Stored(Box, "suggestion_boxes", (unique("channel_id"),)),
    ),
)
