"""What is said about tasks."""

from domain.commitments.queries import Commitment
from domain.tasks.record import Task
from views.cards.looks import Look

LOOK: Look[Task, Commitment] = Look("task")
