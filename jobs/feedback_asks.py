"""Asks the participants of pilots how their week went."""

from datetime import timedelta

from domain.people.actions import unknown_members
from domain.people.rosters import NOBODY, Roster, look_up, meet, remember
from domain.pilots.feedback import places_of
from domain.pilots.feedback_asks import ask_participants, open_pilots
from domain.schedules.defaults import DefaultSchedules
from jobs.base import Job, Preparation, Run

SCHEDULES = DefaultSchedules(workspace="every 30")


def prepare(this: Preparation) -> Roster:
    """Who takes part in the pilots under way, and what Slack says of those whom the bot has never met."""
    with this.reading() as work:
        pilots = open_pilots(work, this.now)
    if not pilots:
        return NOBODY
    roster = look_up(this.directory, places_of(pilots))
    everybody = [*(user_id for pilot in pilots for user_id in pilot.people), *sorted(roster.everybody())]
    with this.reading() as work:
        strangers = unknown_members(work, everybody)
    return Roster(roster.places, meet(this.directory, strangers))


def run(this: Run[Roster]) -> str:
    remember(this.work, this.prepared, now=this.begun_at)
    asked, reminded = ask_participants(this.work, this.prepared, now=this.now)
    return f"{asked} asked, {reminded} reminded" if asked or reminded else ""


JOB = Job(
    "feedback-asks", "ask participants of pilots how their week went", run, timedelta(hours=1), SCHEDULES, prepare
)
