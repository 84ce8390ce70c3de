"""What is said about issues."""

from dataclasses import dataclass

from domain.core.message import Message


@dataclass(frozen=True, slots=True)
class IssueCard(Message):
    issue_id: int


@dataclass(frozen=True, slots=True)
class IssueFiled(Message):
    """To who filed it: its number and where its card is."""

    issue_id: int


@dataclass(frozen=True, slots=True)
class IssueNote(Message):
    """In the thread of the card: what somebody changed (`activity_id`)."""

    issue_id: int
    activity_id: int


@dataclass(frozen=True, slots=True)
class IssueFromMessage(Message):
    """In the thread of the message that an issue was made from."""

    issue_id: int


@dataclass(frozen=True, slots=True)
class IssueHandedOver(Message):
    """To the new owner of an issue."""

    issue_id: int
