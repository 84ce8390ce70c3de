"""What is said about suggestions alone."""

from dataclasses import dataclass

from domain.core import Message


@dataclass(frozen=True, slots=True)
class SuggestionAnswer(Message):
    """To the author of a named or confidential suggestion: what was decided, and why (`activity_id`)."""

    suggestion_id: int
    activity_id: int


@dataclass(frozen=True, slots=True)
class BoxSign(Message):
    """The suggestion box that stands in a channel."""

    box_id: int
