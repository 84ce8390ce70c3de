"""Messages about tasks."""

from typing import Any

from bot.rendering.base import Maker, Making
from domain.commitments.queries import commitment_of
from domain.core.message import Message
from domain.tasks.messages import TaskAdded, TaskGiven
from domain.tasks.record import Task
from views.core.blocks import Rendered
from views.tasks import card as task_card


def _added(message: TaskAdded, making: Making) -> Rendered:
    return task_card.added(making.work.of(Task).get(message.task_id), making.t)


def _given(message: TaskGiven, making: Making) -> Rendered | None:
    task = making.work.of(Task).get(message.task_id)
    return None if task.finished else task_card.given(task, commitment_of(making.work, task), making.t)


MAKERS: dict[type[Message], Maker[Any]] = {TaskAdded: _added, TaskGiven: _given}
