"""Health and metrics say how the bot is, and nothing about anybody."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from pydantic import SecretStr
from sqlalchemy import text, update
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bot.inbound.request import InboundRequest, taking
from bot.observability.readiness import Question
from bot.program import build
from bot.running.over_socket import SocketBot
from bot.scheduling.clock import FixedClock
from bot.scheduling.ticker import Ticker
from domain.cards.messages import Card
from domain.core import Ref
from sandbox.server import Sandbox
from storage.tables import outbox, schedules
from tests.conftest import MONDAY
from tests.office import TEAM
from tests.site import SECRET, Site, figure, running, settings_for

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Tracebacks of what fails on purpose take long to be drawn."""
    with capture_logs():
        yield


def test_it_is_ready_once_it_ticks(site: Site) -> None:
    assert site.ready() == (503, ["the ticker has not ticked yet"])
    assert site.get("/healthz")[0] == 200


def test_a_look_that_hangs_turns_it_red_and_green_again(workspace_server: Sandbox, tmp_path: Path) -> None:
    program = build(settings_for(workspace_server, tmp_path / "gemba.db"), clock := FixedClock(MONDAY))
    go_on = Event()
    go_on.set()
    with running(workspace_server, program, clock, Ticker(go_on.wait, every=0.1)) as site:
        site.office.lead.wait_for(lambda: site.ready() == (200, []) or None)
        go_on.clear()
        status, reasons = site.office.lead.wait_for(lambda: ((found := site.ready())[1] and found) or None)
        assert status == 503 and "the ticker has not ticked for" in reasons[0]
        go_on.set()
        site.office.lead.wait_for(lambda: site.ready() == (200, []) or None)


def test_a_ticker_whose_thread_has_died_turns_it_red(workspace_server: Sandbox, tmp_path: Path) -> None:
    """Then nothing is run any more, and the process lives on: so that its keeper sees it and starts another."""
    program = build(settings_for(workspace_server, tmp_path / "gemba.db"), clock := FixedClock(MONDAY))
    with running(workspace_server, program, clock, ticker := Ticker(lambda: None, every=0.1)) as site:
        site.office.lead.wait_for(lambda: site.ready() == (200, []) or None)
        ticker._scheduler.shutdown(wait=False)
        status, reasons = site.office.lead.wait_for(lambda: ((found := site.ready())[1] and found) or None)
        assert status == 503 and "the ticker has not ticked for" in reasons[0]
        assert site.get("/healthz")[0] == 200


def test_a_database_that_cannot_be_read_turns_it_red(site: Site) -> None:
    with site.office.program.database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE outbox RENAME TO elsewhere"))
    assert "the database cannot be read (OperationalError)" in site.ready()[1]
    assert site.figure("gemba_database_up") == 0
    assert site.figure("gemba_worker_up") == 1, "the rest is shown all the same"


def test_dead_delivery_threads_turn_it_red(site: Site) -> None:
    assert "the delivery threads are dead" not in site.ready()[1]
    site.office.program.worker.stop()
    assert "the delivery threads are dead" in site.ready()[1]


def test_a_lost_socket_turns_it_red(workspace_server: Sandbox, tmp_path: Path) -> None:
    settings = settings_for(workspace_server, tmp_path / "gemba.db", slack_app_token=SecretStr("xapp-sandbox"))
    program = build(settings, FixedClock(MONDAY))
    bot = SocketBot(program)
    lost = "there is no Socket Mode connection to Slack"
    assert lost in bot.readiness.faults()
    bot.start(tick=False)
    deadline = time.monotonic() + 30
    try:
        while figure(shown := program.metrics.text().decode(), "gemba_sockets_connected") != 2:
            assert time.monotonic() < deadline, "the second line follows by itself"
        assert lost not in bot.readiness.faults()
        assert bot._socket_mode is not None
        bot._socket_mode.connections[0].close()
        assert lost not in bot.readiness.faults(), "one is enough"
        assert [heard["connected"] for heard in bot.readiness.heard()] == [False, True]
    finally:
        bot.stop()
    assert lost in bot.readiness.faults() and "it is shutting down" in bot.readiness.faults()
    for socket in ("1", "2"):
        assert figure(shown, f'gemba_socket_frame_age_seconds{{socket="{socket}"}}') is not None


def test_the_metrics_tell_how_it_goes(site: Site) -> None:
    site.clerk.command("/gemba help", "C0SALES")
    site.clerk.command("/issue no such thing", "C0SALES")  # opens a modal
    assert site.figure('gemba_requests_total{kind="command",outcome="done"}') == 2
    assert site.figure('gemba_ack_seconds_count{kind="command"}') == 2
    assert site.figure('gemba_ack_seconds_bucket{kind="command",le="3.0"}') == 2
    for state in ("ready", "sending", "unsure", "failed"):
        assert site.figure(f'gemba_outbox_rows{{state="{state}"}}') == 0
    assert site.figure("gemba_sockets_connected") == 0
    assert site.figure("gemba_tick_age_seconds") is None
    assert site.figure("gemba_database_up") == 1


def test_and_what_waits_or_went_wrong(site: Site) -> None:
    with site.office.store() as work:
        work.outbox.say(Card(Ref("issue", 7)), to="C0NOWHERE", once="a card of nothing")
    site.slack.command("/issue of no trigger")  # Slack refuses to open a modal without one
    assert site.figure('gemba_slack_errors_total{error="invalid_trigger_id",method="views.open"}') == 1
    site.office.program.worker.stop()
    with site.office.store() as work:
        work.outbox.say(Card(Ref("issue", 8)), to="C0SALES", once="a card that waits")
    with site.office.program.database.engine.begin() as connection:
        long_ago = datetime.now(UTC) - timedelta(seconds=90)
        connection.execute(update(outbox).where(outbox.c.state == "ready").values(created_at=long_ago))
    assert site.figure('gemba_outbox_rows{state="ready"}') == 1
    waited = site.figure('gemba_outbox_oldest_seconds{state="ready"}')
    assert waited is not None and 85 < waited < 100


def test_a_schedule_is_late_after_a_minute(site: Site) -> None:
    name = 'gemba_schedules_late{job="kpi-alerts"}'
    assert site.figure(name) == 0
    with site.office.program.database.engine.begin() as connection:
        connection.execute(
            update(schedules).where(schedules.c.job == "kpi-alerts").values(next_due=site.office.clock.now())
        )
    assert site.figure(name) == 0
    site.office.clock.travel_to(site.office.clock.now() + timedelta(minutes=2))
    assert site.figure(name) == 1


def test_the_metrics_name_no_person_no_text_no_token(site: Site) -> None:
    site.clerk.command("/issue The scale says nonsense", "C0SALES")
    site.clerk.submit(site.clerk.modal(), {})
    site.office.settle()
    shown = site.get("/metrics")[1]
    for secret in ("U0CLERK", "C0SALES", TEAM, "nonsense", "xoxb", SECRET, "Scale"):
        assert secret not in shown


def test_a_slow_answer_is_logged_with_the_reference_of_its_request(site: Site) -> None:
    """Slack waits three seconds; its arrival counts, however short the handler's own time was."""
    long_ago = InboundRequest(at=time.monotonic() - 2.7, kind="command", name="issue")
    with capture_logs(processors=[merge_contextvars]) as told, taking(long_ago):
        site.office.program.metrics.answered(long_ago)
    (line,) = told
    assert (line["event"], line["name"], line["reference"]) == ("a slow answer", "issue", long_ago.reference)
    assert site.figure('gemba_ack_seconds_bucket{kind="command",le="2.5"}') == 0
    assert site.figure('gemba_ack_seconds_bucket{kind="command",le="3.0"}') == 1


def test_the_operators_page_names_every_metric_and_no_other(site: Site) -> None:
    site.slack.command("/issue of no trigger")
    site.office.program.worker.stop()
    shown = set(re.findall(r"^# HELP (\w+)", site.get("/metrics")[1], re.MULTILINE))
    shown = {name for name in shown if not name.endswith("_created")}
    shown |= {"gemba_tick_age_seconds", "gemba_socket_frame_age_seconds"}  # not before the first of them
    page = (ROOT / "docs" / "operations.md").read_text().partition("## Health and metrics")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(gemba_\w+)", page, re.MULTILINE)) == shown


def test_who_never_answers_is_not_waited_for() -> None:
    with pytest.raises(TimeoutError):
        Question(lambda: Event().wait(1)).answer(0.05)


def test_two_programs_in_one_process_count_for_themselves(workspace_server: Sandbox, tmp_path: Path) -> None:
    one = build(settings_for(workspace_server, tmp_path / "one.db"))
    two = build(settings_for(workspace_server, tmp_path / "two.db"))
    one.metrics.request("command", "done")
    assert b'outcome="done"' in one.metrics.text() and b'outcome="done"' not in two.metrics.text()


def test_of_a_question_that_nobody_answers_only_one_is_under_way() -> None:
    """Each would keep a connection: a look every few seconds at a database that hangs would take them all."""
    back, asked = Event(), list[int]()

    def ask() -> int:
        asked.append(1)
        back.wait(5)
        return len(asked)

    question = Question(ask)
    for _ in range(3):
        with pytest.raises(TimeoutError):
            question.answer(0.01)
    assert len(asked) == 1
    back.set()
    assert question.answer(5), "once it is back"
