"""The modals around pilots: to start one, to enter a week's values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.core.wording import Command
from domain.forms.base import LONGEST_TEXT
from domain.pilots.form import MOST_METRICS
from domain.pilots.queries import MetricStanding, PilotStanding
from domain.processes.record import Process
from views.core import blocks as b
from views.core.choosing import group_menu, process_menu
from views.core.language import Language
from views.core.markup import Mrkdwn, bold, said
from views.pilots.card import figure, goal

SHOWN = 20


def add_form(
    name: str, processes: Sequence[Process], owner: str, today: date, t: Language, metadata: str
) -> dict[str, Any]:
    """To start a pilot: what it measures, from when to when, and who takes part."""
    return b.modal(
        "pilot.add",
        t("Start a pilot"),
        [
            b.field_input("name", t("Name"), b.text_input("name", initial=name, longest=150, focus=not name)),
            *_process_choice(processes, t),
            b.field_input(
                "site", t("Site"), b.text_input("site", longest=150, placeholder=t("Where it is tried")), optional=True
            ),
            b.field_input("starts", t("First day"), b.date_picker("starts", today.isoformat())),
            b.field_input("ends", t("Last day"), b.date_picker("ends")),
            b.field_input(
                "owner",
                t("Owner"),
                b.person_select("owner", owner),
                optional=True,
                hint=t("Enters the values, with triagers and leads."),
            ),
            b.field_input(
                "people",
                t("People who take part"),
                b.people_select("people"),
                optional=True,
                hint=t("They are asked once a week how it is going."),
            ),
            b.field_input(
                "group",
                t("User group"),
                group_menu(t),
                optional=True,
                hint=t("Everybody in it takes part too, whoever that is by then."),
            ),
            b.field_input(
                "channel",
                t("Channel"),
                b.channel_select("channel"),
                optional=True,
                hint=t("Everybody in it takes part too, and the pilot's card is posted there."),
            ),
            b.field_input(
                "metrics",
                t("Metrics"),
                b.text_input(
                    "metrics", multiline=True, longest=LONGEST_TEXT, placeholder=t("Order cycle; days; 5.0; ≤3.0")
                ),
                hint=t(
                    "One a line, at most {most}: name; unit; value before, or - for none; target", most=MOST_METRICS
                ),
            ),
        ],
        submit=t("Start"),
        close=t("Cancel"),
        metadata=metadata,
    )


def added(standing: PilotStanding, t: Language) -> dict[str, Any]:
    """After it was started: its number, and the way on."""
    pilot = standing.pilot
    told = t.markup("{reference} {name} is set up.", reference=bold(pilot.reference), name=t.name(pilot.name))
    how = t.markup(
        "Record its values every week: {command}", command=Command(f"gemba pilot record {pilot.reference} …")
    )
    return b.modal(b.READ_ONLY, t("Start a pilot"), [b.section(told), b.context(how)], close=t("Done"))


def enter_form(standing: PilotStanding, problem: str, t: Language, metadata: str) -> dict[str, Any]:
    """One field a metric of the present week; what is there already can be corrected."""
    pilot = standing.pilot
    about = Mrkdwn(f"{bold(pilot.reference)} {said(t.name(pilot.name))}")
    week = t.markup("Values for week {week}", week=standing.week)
    return b.modal(
        "pilot.enter",
        t("Enter values"),
        [
            b.section(Mrkdwn(f"{about}\n{week}")),
            *[_value_input(row, standing.week, t) for row in standing.metrics[:SHOWN]],
            b.field_input(
                "problem",
                t("Main problem of this week"),
                b.text_input("problem", initial=problem, multiline=True, longest=1_000),
                optional=True,
            ),
        ],
        submit=t("Save"),
        close=t("Cancel"),
        metadata=metadata,
    )


def block_of(metric_id: int) -> str:
    return f"metric-{metric_id}"


def _value_input(row: MetricStanding, week: int, t: Language) -> b.Block:
    metric, value = row.metric, row.values.get(week)
    hint = t("Target {target}", target=goal(metric, t))
    if row.latest is not None and row.latest_week != week:
        hint = t("Target {target}, last value {value}", target=goal(metric, t), value=figure(row.latest, metric, t))
    field = b.text_input("value", initial="" if value is None else t.format(value), longest=40)
    return b.field_input(block_of(metric.id), t.name(metric.name), field, hint=hint, optional=True)


def _process_choice(processes: Sequence[Process], t: Language) -> list[b.Block]:
    if not processes:
        return []
    return [b.field_input("process", t("Process"), process_menu(processes, None, t), optional=True)]
