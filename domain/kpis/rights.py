"""Who may define a KPI, silence its alerts, bring its values."""

from collections.abc import Iterable

from domain.core import words
from domain.kpis.record import Kpi
from domain.permissions.people import OWNER, TRIAGERS, Who, anybody_if, named
from domain.permissions.rights import Right
from domain.processes.record import Process
from domain.processes.rights import PROCESS_OWNER

DATA_OWNER: Who[Kpi] = named(words("its data owner"), lambda kpi: (kpi.data_owner,))
PROCESS_OWNERS: Who[Iterable[Process]] = named(
    words("process owners"), lambda processes: (process.owner for process in processes)
)

ADD_KPI = Right[Iterable[Process]](words("Only {who} can add KPIs. Ask one of them."), PROCESS_OWNERS, TRIAGERS)
CHANGE_KPI = Right[Kpi](words("Only {who} can do this. Ask one of them."), OWNER, PROCESS_OWNER, TRIAGERS)
SILENCE_ALERT = Right[Kpi](
    words("Only {who} can do this. Ask one of them."), OWNER, DATA_OWNER, PROCESS_OWNER, TRIAGERS
)
ENTER_VALUES = Right[Kpi](
    words("Only {who} can enter values here. Ask one of them."),
    anybody_if(lambda kpi: not kpi.data_owner),
    DATA_OWNER,
    TRIAGERS,
)
