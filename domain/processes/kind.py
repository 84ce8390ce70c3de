"""The process inventory, as a kind of record."""

from domain.core.kind import Kind
from domain.core.stored import Stored, unique
from domain.core.wording import words
from domain.processes.record import Process

PROCESS: Kind[Process] = Kind(
    "process",
    words("processes"),
    (Stored(Process, "processes", (unique("name"),), often=True),),
)
