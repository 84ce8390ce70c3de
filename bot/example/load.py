"""The worked examples of process improvement, loaded once into the sandbox: something to look at and to try on."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.example.loading import Loading
from bot.program import Program
from domain.calendars.working_days import calendar_of
from domain.cards.actions import post_card
from domain.issues.actions import file_issue
from domain.issues.form import IssueForm, Source
from domain.kpis.actions import key_from
from domain.kpis.record import Frequency, Kpi
from domain.kpis.values.actions import record_value
from domain.kpis.values.periods import previous_end
from domain.optimizations.record import Optimization
from domain.people.actions import register
from domain.people.record import Department, Member, Role, TeamChannel
from domain.pilots.record import Metric, Pilot, PilotProblem, Reading
from domain.processes.record import Process
from domain.projects.record import Project
from domain.risks.record import Risk
from domain.rollouts.record import Rollout
from domain.schedules.actions import schedule_channel
from domain.suggestions.record import Suggestion
from domain.tasks.record import Task

WORKSPACE = Path(__file__).with_name("workspace.json")
STORY = Path(__file__).with_name("story.json")
LEAD = "U0LEAD"


def load_example(program: Program, team_id: str) -> bool:
    """Register the example team, then load the records in one transaction. False when there are records already."""
    with program.database.reading(team_id) as work:
        if work.of(Process).one() is not None:
            return False
    people = [program.gateway.member(person["id"]) for person in workspace()["people"]]
    with program.database.writing(team_id) as work:
        loading = Loading(work, program.database.clock.now())
        for member in people:
            register(work, member, now=loading.now)
        for load in (_organisation, _kpis, _pilots, _work, _improvements, _projects):
            load(loading)
    return True


def workspace() -> dict[str, Any]:
    """The example team as the sandbox takes it."""
    loaded: dict[str, Any] = json.loads(WORKSPACE.read_text("utf-8"))
    return loaded


def _organisation(loading: Loading) -> None:
    """Four teams in two time zones, in English, Chinese or both; each has its sync on Monday morning, its time."""
    work, now = loading.work, loading.now
    work.set_workspace(by="", at=now, **loading.rows("workspace"))
    lead = work.of(Member).one(user_id=LEAD)
    if lead is not None:
        work.of(Member).change(lead, by="", at=now, roles=(Role.LEAD, Role.TRIAGER))
    loading.add_all("departments", list[Department])
    loading.add_all("processes", list[Process])
    for channel in loading.add_all("channels", list[TeamChannel]):
        schedule_channel(work, channel, now=now)


def _kpis(loading: Loading) -> None:
    """T3, with enough values for a usual range; the newest stand first."""
    values = loading.rows("values")
    for kpi in loading.records("kpis", list[Kpi]):
        stored = loading.add("kpis", replace(kpi, key=key_from(kpi.name.text)))
        owner = Member(user_id=kpi.data_owner)
        for value, day in zip(values[kpi.name.text].split(), _days(loading, kpi.frequency), strict=False):
            record_value(loading.work, owner, stored.id, Decimal(value), day, now=loading.now)


def _days(loading: Loading, frequency: Frequency) -> Iterator[date]:
    """A day of this period, of the one before it, and so on."""
    day, calendar = loading.now.date(), calendar_of(loading.work.workspace.country)
    while True:
        yield day
        day = previous_end(day, frequency, calendar)


def _pilots(loading: Loading) -> None:
    """T7 three weeks in, and what came later: 3.2 days, 90 % of the way; and five ordinary product launches."""
    owners = {pilot.id: pilot.owner for pilot in loading.add_all("pilots", list[Pilot], number=0)}
    values = loading.rows("readings")
    for metric in loading.add_all("metrics", list[Metric]):
        by, at = owners[metric.pilot_id], loading.now
        for week, value in enumerate(values[metric.name.text].split(), 1):
            loading.add("readings", Reading(metric_id=metric.id, week=week, value=Decimal(value), by=by, at=at), by=by)
    loading.add_all("pilot_problems", list[PilotProblem])


def _work(loading: Loading) -> None:
    """The pain points (T6) as issues; and tasks from the pilot, one of them late already."""
    for row in loading.rows("issues"):
        member, channel = loading.work.of(Member).one(user_id=row.pop("reporter")), row.pop("channel")
        file_issue(loading.work, member, IssueForm.model_validate(row), Source(channel=channel), now=loading.now)
    created = loading.now - timedelta(days=14)
    loading.add_all("tasks", list[Task], by=LEAD, at=created, number=0, created_by=LEAD, created_at=created)


def _improvements(loading: Loading) -> None:
    """What was improved (T4), and a suggestion from the box, which the last of the projects goes back to."""
    work = loading.work
    for one in loading.records("optimizations", list[Optimization], number=0, by=LEAD):
        optimization = loading.add("optimizations", one, by=LEAD)
        post_card(work, optimization, optimization.channel)
    for other in loading.records("suggestions", list[Suggestion], number=0, on=loading.now.date()):
        suggestion = loading.add("suggestions", other, by=other.author)
        post_card(work, suggestion, work.workspace.triage_channel)


def _projects(loading: Loading) -> None:
    """Goal and scope with the plan (T5), their risks (T8), and roll-outs in batches."""
    loading.add_all("projects", list[Project])
    loading.add_all("risks", list[Risk], number=0)
    loading.add_all("rollouts", list[Rollout])
