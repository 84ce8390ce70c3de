"""Messages about pilots and to those who take part in them."""

from domain.calendars.working_days import start_of_week
from domain.pilots.feedback import answer_of, ask_key, takes_feedback
from domain.pilots.messages import FeedbackAsk
from domain.pilots.queries import PilotStanding, pilot_standing
from domain.pilots.record import Pilot
from views.cards.looks import Look, Making
from views.core import Rendered
from views.pilots import card, feedback


def _ask(message: FeedbackAsk, making: Making) -> Rendered | None:
    """Not asked any more: who has answered meanwhile, or when the week or the pilot is over."""
    work, week = making.work, message.week
    pilot = work.of(Pilot).get(message.pilot_id)
    answer = answer_of(work, pilot.id, message.member, week)
    if answer is not None:
        is_out = work.outbox.posted(ask_key(pilot.id, message.member, week, nudge=message.nudge)) is not None
        return feedback.answered(pilot, answer, making.t) if is_out else None
    if start_of_week(making.today) != week or not takes_feedback(pilot, making.today):
        return None
    asked_before = work.outbox.posted(ask_key(pilot.id, message.member, week)) is not None
    return feedback.ask(pilot, making.t, nudge=message.nudge and asked_before)


def _facts(making: Making, pilot: Pilot) -> PilotStanding:
    return pilot_standing(making.work, pilot, making.today)


LOOK = Look("pilot", _facts, card=card.card, makers={FeedbackAsk: _ask})
