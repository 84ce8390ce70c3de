"""What is said about issues alone."""

from dataclasses import dataclass

from domain.core import Message


@dataclass(frozen=True, slots=True)
class IssueFromMessage(Message):
    """In the thread of the message that an issue was made from."""

    issue_id: int
