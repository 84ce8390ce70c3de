"""Starting a pilot."""

from datetime import datetime

from domain.cards.actions import post_card
from domain.core import Bilingual, UnitOfWork
from domain.lifecycle.numbers import next_number
from domain.people.record import Member, Notice
from domain.people.routing import channel_for, process_of
from domain.pilots.form import PilotForm
from domain.pilots.record import Metric, Pilot
from domain.pilots.rights import START_PILOT


def add_pilot(work: UnitOfWork, member: Member, form: PilotForm, typed_in: str, *, now: datetime) -> Pilot:
    """Keep a pilot with its metrics, and post its card: in its own channel, else the process's, else where it was
    typed (`typed_in`).
    """
    process = process_of(work, form.process)
    START_PILOT.check(work, member, process)
    by = member.user_id
    channel = form.channel or channel_for(work, process, typed_in, Notice.PILOTS)
    pilot = work.of(Pilot).add(
        Pilot(
            number=next_number(work, Pilot),
            name=Bilingual(form.name),
            process_id=form.process,
            owner=form.owner or by,
            channel=channel,
            usergroups=(form.group,) if form.group else (),
            channels=(form.channel,) if form.channel else (),
            **form.model_dump(include={"site", "starts", "ends", "people"}),
        ),
        by=by,
        at=now,
    )
    for line in form.lines:
        metric = Metric(pilot_id=pilot.id, name=Bilingual(line.name), **line.model_dump(exclude={"name"}))
        work.of(Metric).add(metric, by=by, at=now)
    post_card(work, pilot, channel)
    return pilot
