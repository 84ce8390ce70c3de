"""What is said about tasks."""

from domain.commitments.queries import commitment_of
from domain.tasks.record import Task
from views.cards.looks import Look, Making
from views.tasks import card


def _facts(making: Making, task: Task) -> card.TaskFacts:
    return card.TaskFacts(task, commitment_of(making.work, task))


LOOK = Look("task", _facts, receipt=card.added, given=card.given)
