"""Who may change a task."""

from domain.core import words
from domain.permissions.people import DEPUTY, LEADS, OWNER, Who, named
from domain.permissions.rights import Right
from domain.tasks.record import Task

CREATOR: Who[Task] = named(words("who created it"), lambda task: (task.created_by,))

CHANGE_TASK = Right[Task](words("Only {who} can change {reference}."), OWNER, DEPUTY, CREATOR, LEADS)
