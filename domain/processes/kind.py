"""The process inventory, as a kind of record."""

from domain.core import Kind, Stored, unique, words
from domain.processes.record import Process

PROCESS: Kind[Process] = Kind(
    "process",
    words("processes"),
    (Stored(Process, "processes", (unique("name"),), often=True),),
)
