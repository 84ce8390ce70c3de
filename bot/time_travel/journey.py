"""Business time that people move forward, in the sandbox only: the clock, and what is due when it has moved."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.program import Program
from bot.scheduling.periods import RunResult
from bot.scheduling.subjects import name_of
from domain.core import UnitOfWork
from domain.schedules.record import Schedule
from domain.schedules.slots import Every, rule
from views.core import Language, language, tag_of_locale
from views.schedules import jobs as words

PATIENCE = 3.0  # seconds without anything going out, after which a journey goes on


class TravelClock:
    """The time it is, moved ahead. Implements `domain.core.ports.Clock`."""

    def __init__(self, ahead: timedelta = timedelta(0)) -> None:
        self._ahead = max(ahead, timedelta(0))

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def travel_to(self, moment: datetime) -> None:
        """Move forward to a moment; one that has passed changes nothing."""
        self._ahead += max(timedelta(0), moment - self.now())


class Journey:
    """Moves the clock, runs what is due there, and waits until it is delivered. One step at a time."""

    def __init__(self, program: Program, clock: TravelClock) -> None:
        self._program = program
        self._clock = clock
        self._step = threading.Lock()

    def tick(self) -> None:
        """Run what is due now; for the ticker."""
        with self._step:
            self._program.runner.look()

    def move(self, moment: datetime, locale: str) -> dict[str, Any]:
        """Go to a moment; `happened` names, in order, what ran there."""
        with self._step:
            self._clock.travel_to(moment)
            outcomes = self._program.runner.run_due()
            self._wait_until_delivered()
        return {**self._time(), "happened": self._happened(outcomes, _reader(locale))}

    def jobs(self, locale: str) -> dict[str, Any]:
        """What is due next, the soonest first; what runs at intervals comes last."""
        t = _reader(locale)
        listed = [self._job(work, schedule, t) for work, schedule in self._schedules()]
        return {**self._time(), "jobs": sorted(listed, key=lambda job: (job.get("every", 0), job["next"]))}

    def run(self, schedule_id: int, locale: str) -> dict[str, Any]:
        """Run one now, for its latest period. Raises KeyError where there is no such schedule."""
        with self._step:
            done = self._program.runner.run_schedule(schedule_id, self._clock.now())
            self._wait_until_delivered()
        return {**self._time(), "happened": [words.outcome(done.outcome, _reader(locale))]}

    def _time(self) -> dict[str, str]:
        return {"now": self._clock.now().isoformat()}

    def _schedules(self) -> Iterator[tuple[UnitOfWork, Schedule]]:
        for team_id in self._program.database.teams():
            with self._program.database.reading(team_id) as work:
                for schedule in work.of(Schedule).find(paused=False):
                    yield work, schedule

    def _job(self, work: UnitOfWork, schedule: Schedule, t: Language) -> dict[str, Any]:
        job, subject, chosen = schedule.job, schedule.subject, rule(schedule.rule)
        described = {"name": words.name(job, subject, t), "description": words.purpose(job, subject, t)}
        described |= {"id": str(schedule.id), "next": schedule.next_due.isoformat()}
        every = {"every": chosen.minutes * 60} if isinstance(chosen, Every) else {}
        return described | every | ({"subject": name_of(work, subject)} if subject else {})

    def _happened(self, outcomes: list[RunResult], t: Language) -> list[str]:
        ran = [outcome for outcome in outcomes if outcome.outcome == "ran"]
        subjects = {one.subject: name_of(work, one.subject) for work, one in self._schedules() if one.subject}
        return [
            " · ".join(filter(None, [words.name(one.job, one.subject, t), subjects.get(one.subject, one.subject)]))
            for one in ran
        ]

    def _wait_until_delivered(self) -> None:
        """Let what was said go out before time goes on, as long as something does go out."""
        waiting, since = self._waiting(), time.monotonic()
        while waiting and time.monotonic() - since < PATIENCE:
            time.sleep(0.01)
            left = self._waiting()
            if left < waiting:
                since = time.monotonic()
            waiting = left

    def _waiting(self) -> int:
        depth = self._program.queue.depth()
        return sum(depth.get(state, 0) for state in ("ready", "sending"))


def _reader(locale: str) -> Language:
    return language(tag_of_locale(locale))
