"""The worked examples of process improvement, loaded once into the sandbox: something to look at and to try on."""

import json
from pathlib import Path
from typing import Any

from bot.example import channels, improvements, inventory, measures, places, projects, rollouts, work
from bot.example.base import Loading
from bot.program import Program
from domain.calendars.working_days import start_of_week
from domain.processes.record import Process

WORKSPACE = Path(__file__).with_name("workspace.json")
STORY = Path(__file__).with_name("story.json")


def load_example(program: Program, team_id: str) -> bool:
    """Meet the example team, then load the records in one transaction. False when there are records already."""
    with program.database.reading(team_id) as unit:
        if unit.of(Process).one() is not None:
            return False
    for person in workspace()["people"]:
        program.people.refresh(team_id, person["id"])
    now = program.database.clock.now()
    with program.database.writing(team_id) as unit:
        loading = Loading(unit, now, monday=start_of_week(now.date()))
        for part in (places, inventory, channels, measures, work, improvements, projects, rollouts):
            part.load(loading)
    return True


def workspace() -> dict[str, Any]:
    """The example team as the sandbox takes it."""
    loaded: dict[str, Any] = json.loads(WORKSPACE.read_text("utf-8"))
    return loaded
