"""Who may start a pilot, and enter its values."""

from domain.core import words
from domain.permissions.people import TRIAGERS, Owned, Who, anybody_if, named
from domain.permissions.rights import Right
from domain.pilots.record import Pilot
from domain.processes.record import Process

DATA_OWNER: Who[Owned] = named(words("its data owner"), lambda pilot: (pilot.owner,))
PROCESS_OWNER: Who[Process | None] = named(
    words("the owner of its process"), lambda process: (process.owner,) if process else ()
)

START_PILOT = Right[Process | None](words("Only {who} can start a pilot. Ask one of them."), TRIAGERS, PROCESS_OWNER)
ENTER_PILOT_VALUES = Right[Pilot](
    words("Only {who} can enter values here. Ask one of them."),
    anybody_if(lambda pilot: not pilot.owner),
    DATA_OWNER,
    TRIAGERS,
)
