"""Who may define a KPI, silence its alerts, bring its values."""

from collections.abc import Iterable

from domain.core.errors import NotAllowed
from domain.core.wording import words
from domain.kpis.record import Kpi
from domain.people.record import Member
from domain.people.rights import is_triager
from domain.processes.record import Process


def may_add_kpi(member: Member, processes: Iterable[Process]) -> None:
    """A new KPI is for leads, triagers, and owners of one of `processes`."""
    if not is_triager(member) and member.user_id not in {process.owner for process in processes}:
        raise NotAllowed(words("Only process owners, triagers, leads and admins can add KPIs. Ask one of them."))


def may_change_kpi(member: Member, kpi: Kpi, process: Process | None) -> None:
    """Change what a KPI is, and from when on its usual range is worked out: who answers for it, triagers and leads."""
    if member.user_id not in {kpi.owner, process.owner if process else ""} and not is_triager(member):
        raise NotAllowed(words("Only its owner, the process owner, triagers and leads can do this. Ask one of them."))


def may_silence(member: Member, kpi: Kpi, process: Process | None) -> None:
    """Snooze an alert, or say that it is no problem: who answers for the KPI or its data, triagers and leads."""
    concerned = {kpi.owner, kpi.data_owner, process.owner if process else ""}
    if member.user_id not in concerned and not is_triager(member):
        raise NotAllowed(
            words("Only its owner, its data owner, the process owner, triagers and leads can do this. Ask one of them.")
        )


def may_record(member: Member, owner: str) -> None:
    """Values of a KPI or pilot: its data owner, triagers, leads and admins."""
    if owner and member.user_id != owner and not is_triager(member):
        raise NotAllowed(words("Only its data owner, triagers and leads can enter values here. Ask one of them."))
