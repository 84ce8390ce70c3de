"""What is said about tasks."""

from dataclasses import dataclass

from domain.core.message import Message


@dataclass(frozen=True, slots=True)
class TaskGiven(Message):
    """To the owner of a task that somebody else added."""

    task_id: int


@dataclass(frozen=True, slots=True)
class TaskAdded(Message):
    """To who added it: its number."""

    task_id: int
