"""Who may change a process, and who owns that of a record."""

from typing import Protocol

from domain.core import UnitOfWork, words
from domain.people.routing import process_of
from domain.permissions.people import LEADS, OWNER, Who, looked_up
from domain.permissions.rights import Right
from domain.processes.record import Process


class InProcess(Protocol):
    @property
    def process_id(self) -> int | None: ...


def _owner(work: UnitOfWork, record: InProcess) -> tuple[str, ...]:
    process = process_of(work, record.process_id)
    return (process.owner,) if process else ()


PROCESS_OWNER: Who[InProcess] = looked_up(words("the process owner"), _owner)

CHANGE_PROCESS = Right[Process | None](words("Only {who} can change a process. Ask one of them."), OWNER, LEADS)
