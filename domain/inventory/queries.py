"""The process inventory (T1, T2) as people look at it: a process with all that belongs to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.core import UnitOfWork
from domain.issues.record import Issue
from domain.kpis.record import Kpi
from domain.people.record import Department
from domain.people.routing import departments_by_id
from domain.processes.record import Process
from domain.projects.record import Project
from domain.rollouts.record import Rollout


@dataclass(frozen=True, slots=True)
class ProcessFacts:
    """`departments` by their id: the process's own, and those of its steps and batches."""

    process: Process
    departments: Mapping[int, Department] = field(default_factory=dict)
    projects: Sequence[Project] = ()
    kpis: Sequence[Kpi] = ()
    rollouts: Sequence[Rollout] = ()
    open_issues: int = 0


def process_facts(work: UnitOfWork, process: Process) -> ProcessFacts:
    return ProcessFacts(
        process,
        departments_by_id(work),
        projects=work.of(Project).find(process_id=process.id, order="name"),
        kpis=work.of(Kpi).find(process_id=process.id, archived_at=None, order="name"),
        rollouts=work.of(Rollout).find(process_id=process.id),
        open_issues=work.of(Issue).count(process_id=process.id, finished_at=None),
    )
