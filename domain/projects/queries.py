"""Improvement projects as people look at them: which there are, and one with all that belongs to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.calendars.working_days import week_on
from domain.core import UnitOfWork
from domain.people.record import Department
from domain.people.routing import departments_by_id
from domain.processes.record import Process
from domain.projects.record import Project, Stage
from domain.risks.actions import risks_of
from domain.risks.record import Risk
from domain.rollouts.record import Rollout
from domain.suggestions.record import Suggestion


@dataclass(frozen=True, slots=True)
class ProjectStanding:
    """A project on a local date. `week` is its week then: 0 before it begins, None where it has no dates."""

    project: Project
    on: date
    week: int | None = None
    weeks: int | None = None
    stage: Stage | None = None  # of the plan, in that week

    @property
    def is_over(self) -> bool:
        return self.project.ends is not None and self.project.ends < self.on

    @property
    def is_running(self) -> bool:
        return bool(self.week) and not self.is_over


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A project with all that belongs to it; risks with the gravest first, departments by their id."""

    standing: ProjectStanding
    process: Process | None = None
    suggestion: Suggestion | None = None
    risks: Sequence[Risk] = ()
    rollouts: Sequence[Rollout] = ()
    departments: Mapping[int, Department] = field(default_factory=dict)


def project_standing(project: Project, on: date) -> ProjectStanding:
    if project.starts is None or project.ends is None:
        return ProjectStanding(project, on)
    week = week_on(project.starts, project.ends, on)
    current = [] if project.ends < on else [stage for stage in project.plan if stage.first <= week <= stage.last]
    weeks = week_on(project.starts, project.ends, project.ends)
    return ProjectStanding(project, on, week, weeks, next(iter(current), None))


def projects_by_turn(work: UnitOfWork, on: date) -> list[ProjectStanding]:
    """Those under way first, then those to come by their start, those without dates, and the ended ones."""
    standings = [project_standing(project, on) for project in work.of(Project).find(order="name")]
    return sorted(standings, key=_turn)


def project_facts(work: UnitOfWork, project: Project, on: date) -> ProjectFacts:
    return ProjectFacts(
        project_standing(project, on),
        process=work.of(Process).one(id=project.process_id) if project.process_id else None,
        suggestion=work.of(Suggestion).one(id=project.suggestion_id) if project.suggestion_id else None,
        risks=risks_of(work, project.id),
        rollouts=work.of(Rollout).find(project_id=project.id),
        departments=departments_by_id(work),
    )


def _turn(standing: ProjectStanding) -> tuple[int, date]:
    starts = standing.project.starts
    if starts is None or standing.week is None:
        return 2, date.max
    return 3 if standing.is_over else 0 if standing.week else 1, starts
