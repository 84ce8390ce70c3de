"""What participants say about a pilot: one answer a person a week, and what all of them come to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from domain.calendars.working_days import start_of_week
from domain.core import Severity, UnitOfWork, UserError
from domain.people.record import Member
from domain.people.rosters import Roster
from domain.people.routing import today_of
from domain.pilots.form import FeedbackForm
from domain.pilots.record import Feedback, Pilot

PASSED = Decimal(4)
"""Acceptance is passed at an average of at least 4 of 5."""


@dataclass(frozen=True, slots=True)
class Average:
    """Of `count` answers; None without any."""

    value: Decimal | None
    count: int

    @property
    def passed(self) -> bool:
        return self.value is not None and self.value >= PASSED


@dataclass(frozen=True, slots=True)
class Summary:
    """What was said about a pilot, without who said it. `weeks` from the oldest to the newest, by their Monday.

    `answered` of the `participants` have answered in the week of `on`; texts are the newest first.
    """

    pilot: Pilot
    overall: Average
    minimum: int
    answered: int
    participants: int
    weeks: Sequence[tuple[date, Average]]
    problems: Sequence[tuple[Severity | None, Sequence[str]]]
    works: Sequence[str]
    wishes: Sequence[str]


def ask_key(pilot_id: int, user_id: str, week: date, *, nudge: bool = False) -> str:
    return f"pilot:{pilot_id}:feedback:{user_id}:{week}" + (":nudge" if nudge else "")


def takes_feedback(pilot: Pilot, on: date) -> bool:
    """It runs, or ran, on a day of this week: its last week can still be answered for after its last day."""
    return pilot.starts <= on and start_of_week(on) <= pilot.ends


def not_running(pilot: Pilot) -> UserError:
    return UserError("{reference} is not running this week, so it cannot be rated.", reference=pilot.reference)


def pilots_to_rate(work: UnitOfWork, on: date) -> list[Pilot]:
    return [pilot for pilot in work.of(Pilot).find(order="number") if takes_feedback(pilot, on)]


def only_own(pilots: Sequence[Pilot], member: Member) -> Pilot | None:
    """The pilot that this person surely means: the only one of these that names them as a participant."""
    own = [pilot for pilot in pilots if member.user_id in pilot.people]
    return own[0] if len(own) == 1 else None


def answer_of(work: UnitOfWork, pilot_id: int, user_id: str, week: date) -> Feedback | None:
    return work.of(Feedback).one(pilot_id=pilot_id, member=user_id, week=week)


def give_feedback(work: UnitOfWork, member: Member, form: FeedbackForm, *, now: datetime) -> Feedback:
    """Keep a person's answer for their present week; a second one in the week takes the place of the first."""
    pilot, today = work.of(Pilot).get(form.pilot), today_of(member, work.workspace, now)
    if not takes_feedback(pilot, today):
        raise not_running(pilot)
    week, by = start_of_week(today), member.user_id
    answers = form.model_dump(exclude={"pilot"}) | {"severity": form.severity if form.hinders else None}
    earlier = answer_of(work, pilot.id, by, week)
    if earlier is None:
        new = Feedback(pilot_id=pilot.id, member=by, week=week, at=now, **answers)
        answer = work.of(Feedback).add(new, by=by, at=now, verb="answered")
    else:
        answer = work.of(Feedback).change(earlier, by=by, at=now, verb="changed", **answers).record
    for nudge in (False, True):
        work.outbox.refresh(ask_key(pilot.id, by, week, nudge=nudge))
    return answer


def participants_of(work: UnitOfWork, pilot: Pilot, roster: Roster) -> tuple[str, ...]:
    """Who takes part: the people named, and who is in its user groups and channels; no bots, nobody twice."""
    named = list(pilot.people)
    for place in (*pilot.usergroups, *pilot.channels):
        named += roster.places.get(place, ())
    everybody = tuple(dict.fromkeys(named))
    away = {member.user_id for member in work.of(Member).find(user_id=everybody, active=False)} if everybody else set()
    return tuple(user_id for user_id in everybody if user_id not in away)


def places_of(pilots: Collection[Pilot]) -> tuple[str, ...]:
    """The user groups and channels whose people take part."""
    return tuple(dict.fromkeys(place for pilot in pilots for place in (*pilot.usergroups, *pilot.channels)))


def average_of(answers: Sequence[Feedback]) -> Average:
    if not answers:
        return Average(None, 0)
    mean = Decimal(sum(answer.rating for answer in answers)) / len(answers)
    return Average(mean, len(answers))


def summary(work: UnitOfWork, pilot: Pilot, participants: Collection[str], on: date) -> Summary:
    """What was said about a pilot up to a local date."""
    answers = work.of(Feedback).find(pilot_id=pilot.id, order="-id")
    week = start_of_week(on)
    return Summary(
        pilot=pilot,
        overall=average_of(answers),
        minimum=work.workspace.feedback_minimum,
        answered=len({answer.member for answer in answers if answer.week == week} & set(participants)),
        participants=len(participants),
        weeks=_by_week(answers),
        problems=_by_severity(answers),
        works=[answer.works for answer in answers if answer.works],
        wishes=[answer.wish for answer in answers if answer.wish],
    )


def _by_week(answers: Sequence[Feedback]) -> list[tuple[date, Average]]:
    """Every week from the first answer to the last, those without answers too."""
    if not answers:
        return []
    first, last = min(answer.week for answer in answers), max(answer.week for answer in answers)
    weeks = [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]
    return [(week, average_of([answer for answer in answers if answer.week == week])) for week in weeks]


def _by_severity(answers: Sequence[Feedback]) -> list[tuple[Severity | None, list[str]]]:
    """The worst first; at the end those of which nobody said how bad they are."""
    grouped = [
        (severity, [answer.hinders for answer in answers if answer.hinders and answer.severity is severity])
        for severity in (*Severity, None)
    ]
    return [(severity, texts) for severity, texts in grouped if texts]
