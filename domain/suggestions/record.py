"""What people would like to see changed, and the boxes they drop it into."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.core import NumberedRecord, Record


class SuggestionMode(StrEnum):
    NAMED = "named"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class SuggestionState(StrEnum):
    """Where a suggestion stands on its way from the box to a verified effect."""

    COLLECTED = "collected"
    CLASSIFIED = "classified"
    PRIORITISED = "prioritised"
    PLANNED = "planned"
    IMPLEMENTING = "implementing"
    VERIFIED = "verified"
    DECLINED = "declined"


PIPELINE = tuple(SuggestionState)[1:-1]
"""Where an accepted one goes, from classified to verified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion(NumberedRecord):
    """Something from the box. An anonymous one has no author and only a day; `code_hash` finds it by its code."""

    letter = "S"
    text: str
    mode: SuggestionMode
    author: str = ""
    code_hash: str | None = None
    state: SuggestionState = SuggestionState.COLLECTED
    reason: str = ""
    decided_by: str = ""
    issue_id: int | None = None
    box_id: int | None = None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSuggestion(Record):
    """An anonymous one that nobody has been shown yet. Its id is random: neither it nor anything else tells when."""

    text: str
    code_hash: str
    box_id: int | None = None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(Record):
    """A suggestion box standing in a channel: a pinned message with a button. `signs`: how often it was posted."""

    channel_id: str
    put_by: str = ""
    signs: int = 1
