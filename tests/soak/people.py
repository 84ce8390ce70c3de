"""People who file, move, suggest, record and say hello, and who press again when nobody answers."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from time import sleep

from domain.issues.record import IssueStatus
from sandbox.base import Json
from sandbox.person import ControlError, Outcome, Person
from tests.soak.ledger import Ledger
from tests.soak.town import CHANNELS, kpi_of

PRESSES = 12
"""So often somebody presses again before they give up."""
FAINT_HEARTED = 0.1
"""The share of those who press once and walk away, never to know whether it worked."""
ALREADY, TROUBLE = re.compile(r"is already"), re.compile(r"went wrong|was saved|try again|does not work any more")
FIRST_DAY = timedelta(days=3_000)
MOVES = {"issue.close": IssueStatus.CLOSED, "issue.reopen": IssueStatus.OPEN}


@dataclass
class Someone:
    """A person with things to say."""

    person: Person
    chance: Random
    ledger: Ledger
    number: int
    said: int = 0
    mine: list[tuple[str, str]] = field(default_factory=list)  # title, channel

    def act(self) -> None:
        acts: list[tuple[Callable[[], None], int]] = [
            (self.file_issue, 40),
            (self.move_issue, 30),
            (self.record_value, 15),
            (self.suggest, 10),
            (self.greet, 5),
        ]
        chosen: Callable[[], None] = self.chance.choices([act for act, _ in acts], [much for _, much in acts])[0]
        chosen()

    def file_issue(self) -> None:
        title, channel = self._something_new(), self.chance.choice(CHANNELS)
        view = self._form(f"/issue {title}", channel)
        if view is None:
            return
        self.ledger.issues[title] = False
        self.ledger.issues[title] = self._insist(lambda: self.person.submit(view, {"severity": "high"}))
        if self.ledger.issues[title]:
            self.mine.append((title, channel))

    def suggest(self) -> None:
        text, channel = self._something_new(), self.chance.choice(CHANNELS)
        view = self._form(f"/suggest {text}", channel)
        if view is None:
            return
        self.ledger.suggestions[text] = False
        self.ledger.suggestions[text] = self._insist(lambda: self.person.submit(view, {"mode": "named"}))

    def record_value(self) -> None:
        """A day after the other, now beyond the target and now within it."""
        self.said += 1
        kpi, day = kpi_of(self.person.id), datetime.now(UTC).date() - FIRST_DAY + timedelta(days=self.said)
        value = Decimal(self.chance.choice(("2", "3", "4", "5.5")))
        self.ledger.values[kpi, day] = (value, False)

        def recorded() -> bool | None:
            outcome = self.person.command(f"/gemba kpi record {kpi} {value} {day}", self.chance.choice(CHANNELS))
            return self._told(outcome, str((outcome.response or {}).get("text", "")))

        self.ledger.values[kpi, day] = (value, self._until(recorded))

    def move_issue(self) -> None:
        """Close one's own issue, or reopen it, on its card."""
        if not self.mine:
            return
        title, channel = self.chance.choice(self.mine)
        card = self._card(title, channel)
        if card is None:  # it is still on its way
            return
        action = next(name for name in MOVES if name in _action_ids(card))
        self.ledger.statuses[title] = None
        if self._until(lambda: self._press(title, channel, action)):
            self.ledger.statuses[title] = MOVES[action]
        else:  # it may come to pass later: who knows, and who would press another button now
            self.mine.remove((title, channel))

    def greet(self) -> None:
        self.said += 1
        self.person.say(self.person.dm, f"hello {self.said}")

    def _press(self, title: str, channel: str, action: str) -> bool | None:
        card = self._card(title, channel)
        assert card is not None
        if action not in _action_ids(card):
            return True  # an earlier press worked, as anybody can see
        before = self._last_whisper(channel)
        outcome = self.person.press(card, action)
        whispers = [message["text"] for message in self._whispers(channel) if message["ts"] > before]
        return self._told(outcome, " ".join(filter(TROUBLE.search, whispers)))

    def _form(self, command: str, channel: str) -> Json | None:
        """Type a command until its form is there."""
        for _ in range(PRESSES):
            for left_open in self.person.modals():
                with suppress(ControlError):
                    self.person.close(left_open)
            outcome = self.person.command(command, channel)
            view = self.person.modal()
            if outcome.acked and view is not None:
                return view
            self.ledger.not_answered()
            sleep(self.chance.uniform(0.2, 1))
        self.ledger.trouble(f"no form for {command}")
        return None

    def _insist(self, press: Callable[[], Outcome]) -> bool:
        def pressed() -> bool | None:
            outcome = press()
            return self._told(outcome, " ".join((outcome.errors or {}).values()))

        return self._until(pressed)

    def _until(self, attempt: Callable[[], bool | None]) -> bool:
        """Try until it is confirmed. Somebody faint-hearted tries once."""
        for _ in range(1 if self.chance.random() < FAINT_HEARTED else PRESSES):
            if attempt():
                return True
            sleep(self.chance.uniform(0.2, 1))
        return False

    def _told(self, outcome: Outcome, said: str) -> bool:
        """Whether an answer says that it is done."""
        if not outcome.acked:
            self.ledger.not_answered()
            return False
        if TROUBLE.search(said) or outcome.errors or outcome.error:
            self.ledger.trouble(said or str(outcome.error))
            return False
        return True

    def _card(self, title: str, channel: str) -> Json | None:
        found = (message for message in self.person.messages(channel) if title in message["text"])
        return next((message for message in found if not message.get("is_ephemeral") and _action_ids(message)), None)

    def _whispers(self, channel: str) -> list[Json]:
        return [message for message in self.person.messages(channel) if message.get("is_ephemeral")]

    def _last_whisper(self, channel: str) -> str:
        return max((message["ts"] for message in self._whispers(channel)), default="")

    def _something_new(self) -> str:
        """Words that nobody has said before and that are like no others."""
        self.said += 1
        return f"{self.chance.getrandbits(40):x} {self.number:02}n{self.said:05}"


def _action_ids(message: Json) -> list[str]:
    return [
        element["action_id"]
        for block in message.get("blocks", [])
        for element in block.get("elements", [])
        if "action_id" in element
    ]
