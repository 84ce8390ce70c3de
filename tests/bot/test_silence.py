"""A bot of its own, logging as much as it can, sees a broad day with all its failures, and keeps people's secrets."""

import json
import logging
import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from shutil import copy
from sqlite3 import connect
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot import logs
from bot.database import SCHEMA
from bot.scheduling.clock import SystemClock
from domain.core import Bilingual
from domain.kpis.record import Kpi
from domain.pilots.record import Pilot
from sandbox.person import Person
from sandbox.server import Sandbox
from storage.engine import open_engine
from storage.unit_of_work import Database
from tests.bot.test_up import http, line, socket_mode, up
from tests.bridge import JSON, Slack
from tests.office import TEAM
from tests.site import SECRET, get

WORD = "quokka"
"""Stands in all that is typed; so does a Chinese word that means the same."""
TYPED = f"{WORD} 短尾矮袋鼠"
CHATTY = """
import logging, sys
from bot import cli
from bot import logs
cli.configure = lambda **_: logs.configure(level=logging.DEBUG)
sys.argv = ["gemba", "up"]
cli.main()
"""
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}")


class Stage:
    """A bot as a process, in whose workspace there is a KPI, a running pilot and a triage channel."""

    def __init__(self, sandbox: Sandbox, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address
        self.lead, self.clerk, self.stock = (Person(sandbox.url, who) for who in ("U0LEAD", "U0CLERK", "U0STOCK"))
        self.planner, self.service = Person(sandbox.url, "U0PLANNER"), Person(sandbox.url, "U0SERVICE")
        self.code = ""  # of the anonymous suggestion

    def states(self) -> list[str]:
        """The states that rows of the outbox are in."""
        with closing(connect(self.folder / "gemba.db")) as database:
            return [state for (state,) in database.execute("SELECT DISTINCT state FROM outbox")]

    def settle(self) -> None:
        self.lead.wait_for(lambda: not {"ready", "sending"} & set(self.states()) or None, 15)

    def file(self, text: str) -> Any:
        self.clerk.command(f"/issue {text}", "C0SALES")
        outcome = self.clerk.submit(self.clerk.modal(), {"what": text})
        if self.clerk.modal():
            self.clerk.close(clear=True)
        return outcome

    def goes_wrong(self, where: str, kind: str, times: int = 1, **more: Any) -> None:
        self.lead.inject({"where": where, "kind": kind, "times": times, **more})


def a_day(stage: Stage) -> None:
    """What people type in a day."""
    clerk, lead, stock = stage.clerk, stage.lead, stage.stock
    clerk.open_home()
    clerk.say(clerk.dm, f"hello {TYPED}")
    assert stage.file(f"The scale says {TYPED}").ok
    stage.settle()
    card = next(one for one in lead.messages("C0SALES") if TYPED in str(one))
    lead.press(card, "issue.take")
    lead.message_shortcut("message_to_issue", clerk.say("C0SALES", f"Look: {TYPED}"))
    lead.close(clear=True)
    stock.command(f"/suggest Less {TYPED}", "C0WAREHOUSE")
    assert stock.submit(stock.modal(), {"mode": "anonymous"}).ok
    stage.code = CODE.findall(str(stock.modal()))[0]
    stock.close(clear=True)
    stock.command(f"/suggest status {stage.code}", "C0WAREHOUSE")
    clerk.command("/feedback", "C0SALES")
    assert clerk.submit(clerk.modal(), {"rating": "4", "works": TYPED, "hinders": TYPED}).ok
    clerk.close(clear=True)
    clerk.command(f"/gemba kpi record Cycle of {WORD} 9.9 days", "C0SALES")
    clerk.command(f"/gemba task add Feed the {TYPED}", "C0SALES")
    clerk.command(f"/gemba {TYPED}", "C0SALES")
    stage.settle()


def its_failures(stage: Stage) -> None:
    """And what goes wrong, on the way in, here, and on the way out."""
    clerk, lead, planner, service = stage.clerk, stage.lead, stage.planner, stage.service
    stage.goes_wrong("views.open", "refuse", error="internal_error")
    clerk.command(f"/issue {TYPED}", "C0SALES")
    stage.goes_wrong("users.info", "429")
    planner.command(f"/issue {TYPED}", "C0SALES")
    stage.goes_wrong("chat.postMessage", "refuse", error="invalid_blocks")
    clerk.say(clerk.dm, f"refused {TYPED}")
    lead.wait_for(lambda: "failed" in stage.states())
    stage.goes_wrong("chat.postMessage", "drop_after")
    clerk.say(clerk.dm, f"no answer {TYPED}")
    lead.wait_for(lambda: "unsure" in stage.states())
    stage.goes_wrong("chat.postMessage", "refuse", error="user_disabled")
    service.say(service.dm, f"away {TYPED}")
    lead.wait_for(lead.injected)
    stage.goes_wrong("events", "redelivery")
    clerk.say(clerk.dm, f"twice {TYPED}")
    with taking_nothing_new(stage.folder / "gemba.db", "waiting_suggestions"):
        stage.stock.command(f"/suggest Even less {TYPED}", "C0WAREHOUSE")
        refused = stage.stock.submit(stage.stock.modal(), {"mode": "anonymous"})
    assert refused.errors, "and a reference in them"


@contextmanager
def taking_nothing_new(file: Path, table: str) -> Iterator[None]:
    """The database refuses statements that carry what people typed."""
    with closing(connect(file, isolation_level=None)) as database:
        database.execute(f"CREATE TRIGGER no BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END")
        yield
        database.execute("DROP TRIGGER no")


def only_over_http(stage: Stage) -> None:
    """What Slack would never send."""
    stranger = Slack(stage.address, "another secret")
    assert stranger.command(f"/issue {TYPED}")[0] == 401
    assert Slack(stage.address, SECRET).post(f'{{"text": "{TYPED}"', JSON)[0] == 400
    assert Slack(stage.address, SECRET).post(json.dumps({"type": "block_actions", "text": TYPED}), JSON)[0] >= 400


@pytest.fixture
def folder(upgraded_file: Path, tmp_path: Path) -> Path:
    engine = open_engine(f"sqlite:///{copy(upgraded_file, tmp_path / 'gemba.db')}")
    database = Database(engine, SystemClock(), SCHEMA)
    with database.writing(TEAM) as work:
        at = database.clock.now()
        today = at.date()
        work.set_workspace(by="", at=at, triage_channel="C0TRIAGE")
        work.of(Kpi).add(
            Kpi(name=Bilingual(f"Cycle of {WORD}"), target="≤3 days", channel="C0SALES", owner="U0CLERK"), by="", at=at
        )
        weeks = {"starts": today - timedelta(days=9), "ends": today + timedelta(days=9)}
        pilot = Pilot(number=1, name=Bilingual(f"{WORD} first"), owner="U0LEAD", channel="C0SALES", **weeks)
        work.of(Pilot).add(pilot, by="", at=at)
    engine.dispose()
    return tmp_path


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_no_log_line_and_no_metric_tells_what_was_typed_by_whom_or_with_which_token(
    workspace_server: Sandbox, folder: Path, free_port: int, mode: str
) -> None:
    clerk = Person(workspace_server.url, "U0CLERK")
    clerk._call("POST", "/reset", b"{}")
    over_http, address = mode == "http", f"http://127.0.0.1:{free_port}"
    environment = http(workspace_server.api_url) if over_http else socket_mode(workspace_server.api_url, 0)
    environment["GEMBA_HTTP_PORT"] = str(free_port)
    with up(folder, command=[sys.executable, "-c", CHATTY], PYTHONPATH=str(Path.cwd()), **environment) as process:
        said = line(process)
        assert "Gemba" in said
        stage = Stage(workspace_server, folder, f"{address}/slack/events")
        if over_http:
            clerk.deliver_to(stage.address)
        try:
            a_day(stage)
            its_failures(stage)
            if over_http:
                only_over_http(stage)
        finally:
            clerk.mend()
            clerk.deliver_by_socket()
        metrics = get(f"{address}/metrics")[1]
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
    told = [json.loads(entry) for entry in err.splitlines()]
    assert process.returncode == 0 and {entry["event"] for entry in told} >= {
        "request",
        "handler failed",
        "Slack does not answer",
        "Slack refused a message",
        "no answer from Slack",
        "Slack lets nothing through",
        "stopped",
    }
    assert {entry["reference"] for entry in told if entry["event"] == "request"}.isdisjoint({"", None})
    everything = said + out + json.dumps(told, ensure_ascii=False) + metrics
    people = ["U0LEAD", "U0CLERK", "U0STOCK", "U0PLANNER", "U0SERVICE", "D0CLERK", "D0STOCK", "D0SERVICE"]
    tokens = ["xoxb", "xapp", SECRET, "ticket", "hooks", "respond/"]
    for secret in (WORD, "短尾", stage.code, *people, *tokens):
        assert secret not in everything, _around(secret, everything)


def _around(secret: str, text: str) -> str:
    place = text.index(secret)
    return text[max(0, place - 300) : place + 100]


def test_a_thread_that_ends_by_an_error_is_told_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "excepthook", logs._thread_ended)

    def fail() -> None:
        raise ValueError(TYPED)

    with capture_logs(processors=[logs.without_words]) as told:
        thread = threading.Thread(target=fail, name="somebody")
        thread.start()
        thread.join()
    (entry,) = told
    assert entry["thread"] == "somebody" and entry["exception"][0].startswith("ValueError at tests/bot/")
    assert WORD not in str(told)


def test_libraries_are_heard_from_a_warning_on_and_some_not_at_all() -> None:
    """The socket, the client and Bolt quote what they cannot use; ours tells it without the words."""
    assert not logs.quiet("slack_sdk").isEnabledFor(logging.ERROR)
    assert not logs.quiet("slack_bolt", logging.ERROR).isEnabledFor(logging.WARNING)
