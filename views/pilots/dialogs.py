"""The modals around pilots: to start one, to enter a week's values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.core import Command
from domain.pilots.form import PilotForm
from domain.pilots.queries import MetricStanding, PilotStanding
from domain.processes.record import Process
from views.core import Language, Mrkdwn, blocks as b, bold, inputs, said
from views.core.choosing import group_menu, process_menu
from views.pilots.card import figure, goal

SHOWN = 20


def add_form(
    name: str, processes: Sequence[Process], owner: str, today: date, t: Language, metadata: str
) -> dict[str, Any]:
    """To start a pilot: what it measures, from when to when, and who takes part."""
    menus = {"group": group_menu(t), "process": process_menu(processes, None, t)}
    typed = {"name": name, "starts": today, "owner": owner}
    fields = inputs(PilotForm, t, typed, elements=menus, focus="" if name else "name")
    return b.modal("pilot.add", t("Start a pilot"), fields, submit=t("Start"), close=t("Cancel"), metadata=metadata)


def added(standing: PilotStanding, t: Language) -> dict[str, Any]:
    """After it was started: its number, and the way on."""
    pilot = standing.pilot
    text = t.markup("{reference} {name} is set up.", reference=bold(pilot.reference), name=t.name(pilot.name))
    how = t.markup(
        "Record its values every week: {command}", command=Command(f"gemba pilot record {pilot.reference} …")
    )
    return b.modal(b.READ_ONLY, t("Start a pilot"), [b.section(text), b.context(how)], close=t("Done"))


def enter_form(standing: PilotStanding, problem: str, t: Language, metadata: str) -> dict[str, Any]:
    """One field a metric of the present week; what is there already can be corrected."""
    pilot = standing.pilot
    about = Mrkdwn(f"{bold(pilot.reference)} {said(t.name(pilot.name))}")
    week = t.markup("Values for week {week}", week=standing.week)
    problem_input = b.text_input("problem", initial=problem, multiline=True, longest=1_000)
    blocks = [
        b.section(Mrkdwn(f"{about}\n{week}")),
        *[_value_input(row, standing.week, t) for row in standing.metrics[:SHOWN]],
        b.field_input("problem", t("Main problem of this week"), problem_input, optional=True),
    ]
    return b.modal("pilot.enter", t("Enter values"), blocks, submit=t("Save"), close=t("Cancel"), metadata=metadata)


def block_of(metric_id: int) -> str:
    return f"metric-{metric_id}"


def _value_input(row: MetricStanding, week: int, t: Language) -> b.Block:
    metric, value = row.metric, row.values.get(week)
    hint = t("Target {target}", target=goal(metric, t))
    if row.latest is not None and row.latest_week != week:
        hint = t("Target {target}, last value {value}", target=goal(metric, t), value=figure(row.latest, metric, t))
    field = b.text_input("value", initial="" if value is None else t.format(value), longest=40)
    return b.field_input(block_of(metric.id), t.name(metric.name), field, hint=hint, optional=True)
