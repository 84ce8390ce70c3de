"""Where people act on what is kept: each act meets the database and Slack as they were kept."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from shutil import copy
from typing import Any

from prometheus_client import generate_latest

from bot.database import SCHEMA
from sandbox.blocks import find_element
from sandbox.messages import whisper
from sandbox.person import ControlError, Person
from sandbox.server import Sandbox
from storage.engine import open_engine
from storage.unit_of_work import Commit
from storage.upgrade import upgrade
from tests.corpus.filling import chosen, filled
from tests.corpus.kept import Act, Json, Scene, everybody_reads
from tests.office import Office

SAID = ("views.open", "views.push", "views.update", "response_url", "chat.postMessage", "chat.postEphemeral")
"""By what the bot answers, besides its acknowledgement."""
REMEMBERED = frozenset({"workspaces", "departments", "processes", "channels", "members", "issues"})
"""Tables of which the bot keeps something in memory."""
PASSING = frozenset({"trigger_id", "view_id", "hash", "token"})
LOST = re.compile(rb'^gemba_requests_total\{kind="\w+",outcome="(outdated|failed|unreadable)"\} (\S+)$', re.M)
ANOTHER = {
    r"\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b": "XXXXX-XXXXX",  # the code of a suggestion
    r"\bF[0-9A-F]{10}\b": "F0FILE",
    r"http://127\.0\.0\.1:\d+": "http://127.0.0.1",
}
"""What is another one each time."""


class Desk:
    """The office on a copy of a kept database. What an act has changed is undone before the next."""

    def __init__(self, sandbox: Sandbox, file: Path, scene: Scene, folder: Path, language: str) -> None:
        self._sandbox, self._scene = sandbox, scene
        self._kept, self._used = folder / "kept.db", folder / "used.db"
        copy(file, self._kept)
        _upgraded(self._kept)  # once, not at each opening
        everybody_reads(self._kept, language)
        _say_nothing(self._kept)
        self._text = json.dumps([scene.messages, scene.whispers, scene.homes])
        self._stack = ExitStack()
        self._office: Office | None = None
        self._changed: set[str] | None = None  # tables, since the database was as it was kept
        self._heard = 0

    @property
    def office(self) -> Office:
        """On the database as it was kept; opened anew where what it remembers was changed."""
        if self._office is None or (self._changed and not REMEMBERED.isdisjoint(self._changed)):
            self.close()
            for beside in ("-wal", "-shm"):
                Path(f"{self._used}{beside}").unlink(missing_ok=True)
            copy(self._kept, self._used)
            self._office = self._stack.enter_context(self._opened())
        elif self._changed is not None:
            with closing(sqlite3.connect(self._kept)) as kept, closing(sqlite3.connect(self._used)) as used:
                kept.backup(used)
        self._changed = None
        return self._office

    @contextmanager
    def _opened(self) -> Iterator[Office]:
        with Office.open(self._sandbox, f"sqlite:///{self._used}", self._scene.now) as opened:
            opened.program.worker.stop()  # nothing goes out but answers
            opened.program.database.listeners.append(self._note)
            yield opened

    def _note(self, commit: Commit) -> None:
        self._changed = (self._changed or set()) | commit.changed

    def do(self, act: Act) -> list[Any]:
        """What the bot answers, as it sends it. Raises AssertionError where it does not know what was pressed."""
        office = self.office
        person = office.person(act.who)
        self._read_log(person)
        lost = _lost(office)
        outcome = self._tried(act, person)
        assert outcome["acked"] and outcome["error"] is None, f"{act.title}: {outcome}"
        assert _lost(office) == lost, f"{act.title}: nobody answers this: {outcome}"
        return [_plain(answer) for answer in _answers(self._read_log(person), home=act.do == "home")]

    def close(self) -> None:
        self._stack.close()
        self._office = None

    def _read_log(self, person: Person) -> list[Json]:
        """What went between Slack and the app since it was read last."""
        entries = person.log(self._heard)
        self._heard = entries[-1]["n"] if entries else self._heard
        return entries

    def _lay_out(self) -> None:
        slack = self._sandbox.slack
        messages, whispers, homes = json.loads(self._text)
        slack.workspace.messages.update(messages)
        slack.ephemerals = whispers
        slack.workspace.homes.update(homes)
        for user in slack.workspace.users:
            slack.modals.clear(user)

    def _tried(self, act: Act, person: Person) -> Any:
        self._lay_out()
        try:
            return self._done(act, person)
        except ControlError as error:
            if error.error != "no_such_element":
                raise
        self._lay_out()  # the act before let the Home tab be shown anew, in the middle of this one
        return self._done(act, person)

    def _done(self, act: Act, person: Person) -> Any:
        match act.do:
            case "command":
                return person.command(act.name, act.on)
            case "home":
                return person.open_home()
            case "shortcut":
                return person.message_shortcut(act.name, self._surface(act)) if act.on else person.shortcut(act.name)
            case "submit":
                view = self._surface(act)
                return person.submit(view, filled(person, view) | json.loads(act.value or "{}"))
        surface = self._surface(act)
        found = find_element(surface["blocks"], act.name, act.block or None)
        assert found is not None, f"{act.title}: it is not there"
        return person.press(surface, act.name, chosen(person, surface, found[1], act.value), block_id=act.block or None)

    def _surface(self, act: Act) -> Json:
        """As the person sees it."""
        where, slack = self._scene.surfaces[act.on], self._sandbox.slack
        match where["in"]:
            case "message" | "said":
                return slack.workspace.messages[where["channel"]][where["ts"]] | {"channel": where["channel"]}
            case "whisper":
                return slack.ephemerals[act.who][where["ts"]] | {"channel": where["channel"]}
            case "home":
                return dict(slack.workspace.homes[act.who])
            case "answer":
                channel = slack.workspace.channels[where["channel"]]
                answered = whisper(slack, channel, act.who, {"text": "", "attachments": [], **where["message"]})
                return answered | {"channel": where["channel"]}
        return dict(slack.modals.open(act.who, where["view"]))


@contextmanager
def desk(sandbox: Sandbox, file: Path, scene: Scene, folder: Path, language: str) -> Iterator[Desk]:
    opened = Desk(sandbox, file, scene, folder, language)
    try:
        yield opened
    finally:
        opened.close()


def _upgraded(file: Path) -> None:
    engine = open_engine(f"sqlite:///{file}")
    upgrade(engine, SCHEMA.metadata)
    engine.dispose()


def _say_nothing(file: Path) -> None:
    """What waits in the outbox is another test's matter."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE outbox SET state = 'skipped' WHERE state IN ('ready', 'sending', 'unsure')")


def _answers(entries: list[Json], *, home: bool) -> Iterator[Any]:
    """What the app has sent: in its calls, and in its acknowledgements."""
    said = (*SAID, "views.publish") if home else SAID
    for entry in entries:
        if entry["what"] in said:
            yield {entry["what"]: entry["request"]}
        elif entry["direction"] == "slack→app" and entry["response"]:
            yield {"acknowledged": entry["response"]}


def _plain(answer: Any) -> Any:
    """Without what is another one each time."""
    if isinstance(answer, dict):
        return {name: _plain(value) for name, value in answer.items() if name not in PASSING}
    if isinstance(answer, list):
        return [_plain(value) for value in answer]
    if not isinstance(answer, str):
        return answer
    for pattern, instead in ANOTHER.items():
        answer = re.sub(pattern, instead, answer)
    return answer


def _lost(office: Office) -> list[tuple[bytes, ...]]:
    """How many requests nobody answered, or ended in a fault."""
    requests = office.program.metrics._registry.restricted_registry(["gemba_requests_total"])  # all takes 4 ms
    return [(found[1], found[2]) for found in LOST.finditer(generate_latest(requests))]
