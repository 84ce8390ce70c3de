"""What comes in twice is done once, in both modes and on both databases; and what fails is said or comes again."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bot.program import build
from bot.scheduling.clock import FixedClock
from domain.issues.record import Issue
from domain.people.record import Member
from domain.suggestions.record import Box
from sandbox.person import Person
from sandbox.server import Sandbox
from storage.outbox.rates import NONE
from storage.tables import handled
from tests.business_day import NOW
from tests.conftest import MONDAY
from tests.office import Office, texts
from tests.site import running, settings_for


@contextmanager
def over_http(sandbox: Sandbox, database: str, now: Any) -> Iterator[Office]:
    settings = settings_for(sandbox, None, database_url=database)
    with running(sandbox, build(settings, clock := FixedClock(now), limits=NONE), clock) as site:
        site.office.lead.deliver_to(site.bot.url)
        yield site.office


@pytest.fixture(params=[Office.open, over_http], ids=["socket", "http"])
def office(request: pytest.FixtureRequest, workspace_server: Sandbox, upgraded_url: str) -> Iterator[Office]:
    with capture_logs(), request.param(workspace_server, upgraded_url, NOW) as opened:
        yield opened
        opened.lead.mend()


def keys(office: Office) -> list[str]:
    """The requests that were carried out."""
    with office.program.database.engine.connect() as connection:
        return list(connection.execute(select(handled.c.key)).scalars())


def metric(office: Office, kind: str, outcome: str) -> float | None:
    shown = office.program.metrics.text().decode()
    line = f'gemba_requests_total{{kind="{kind}",outcome="{outcome}"}} '
    return next((float(text.removeprefix(line)) for text in shown.splitlines() if text.startswith(line)), None)


def twice(office: Office, where: str, act: Callable[[], Any], later: float = 0) -> None:
    """Do something whose request is delivered again `later` seconds later, and wait until that was answered too."""
    seen = max((entry["n"] for entry in office.lead.log()), default=0)
    office.lead.inject({"where": where, "kind": "redelivery", "times": 1, "delay": later})
    act()
    office.lead.wait_for(lambda: [e for e in office.lead.log(seen) if "(again)" in e["what"] and e["ms"] is not None])
    office.settle()


def filed(office: Office, title: str = "Broken scale") -> dict[str, Any]:
    """The card of a new issue."""
    office.clerk.command(f"/issue {title}", "C0SALES")
    assert office.clerk.submit(office.clerk.modal()).ok
    office.settle()
    return next(message for message in office.lead.messages("C0SALES") if not message.get("is_ephemeral"))


def said_to(person: Person) -> list[str]:
    """What the bot said to a person directly."""
    return texts(message for message in person.messages() if message.get("bot_id"))


def test_a_form_is_taken_once(office: Office) -> None:
    office.clerk.command("/issue Broken scale", "C0SALES")
    form = office.clerk.modal()
    twice(office, "interactive", lambda: office.clerk.submit(form))
    with office.records() as work:
        assert [issue.title for issue in work.of(Issue).find()] == ["Broken scale"]
    assert [key.partition(":")[0] for key in keys(office)] == ["view"]
    assert metric(office, "submission", "handled_before") == 1


def test_a_button_is_pressed_once(office: Office) -> None:
    card = filed(office)
    twice(office, "interactive", lambda: office.lead.press(card, "issue.close"))
    thread = texts(office.lead.messages("C0SALES", thread=card["ts"]))[1:]
    assert thread == ["<@U0LEAD> set the status to *Closed*."]
    assert not [text for text in texts(office.lead.messages("C0SALES")) if "already" in text], "a redelivery, no person"
    assert metric(office, "action", "handled_before") == 1


def test_an_event_is_heard_once(office: Office) -> None:
    twice(office, "events", lambda: office.clerk.say(office.clerk.dm, "hello"), later=0.3)
    assert len(office.clerk.wait_for(lambda: said_to(office.clerk))) == 1
    assert [key.partition(":")[0] for key in keys(office)] == ["event"]
    assert metric(office, "event", "handled_before") == 1


def test_a_command_is_carried_out_once(office: Office) -> None:
    office.lead.command("/gemba help", "C0SALES")  # from now on the bot knows the lead
    twice(office, "commands", lambda: office.lead.command("/suggest box here", "C0SALES"))
    with office.records() as work:
        assert len(work.of(Box).find()) == 1
    assert [key.partition(":")[0] for key in keys(office)] == ["command"]


def test_a_retry_is_no_reason_to_drop_an_event(office: Office) -> None:
    """The first delivery of it was lost on the way."""
    office.lead.inject({"where": "events", "kind": "drop_before", "times": 1})
    office.clerk.say(office.clerk.dm, "hello")
    office.clerk.wait_for(lambda: said_to(office.clerk))


def test_of_two_people_at_the_same_moment_one_does_it_and_the_other_is_told(office: Office) -> None:
    card = filed(office)
    people = [office.lead, office.clerk]
    for person in people:
        person.command("/gemba help", "C0SALES")
    start = Barrier(len(people))

    def press(person: Person) -> bool:
        start.wait()
        return bool(person.press(card, "issue.close").ok)

    with ThreadPoolExecutor() as crowd:
        assert all(crowd.map(press, people))
    office.settle()
    assert len(office.lead.messages("C0SALES", thread=card["ts"])) == 2, "the card, and one line below it"
    told = [person.id for person in people if "already" in str(person.messages("C0SALES"))]
    assert len(told) == 1, "who came second is told what happened"


@pytest.mark.parametrize("kind", ["429", "500", "drop_before"])
def test_slack_does_not_answer_is_not_slack_does_not_know(office: Office, kind: str) -> None:
    office.lead.inject({"where": "users.info", "kind": kind})
    outcome = office.stock.command("/issue list", "C0SALES")
    assert "Slack does not answer" in outcome.response["text"] and "know" not in outcome.response["text"]
    office.lead.mend()
    assert "Slack" not in office.stock.command("/issue list", "C0SALES").response["text"]


def test_a_person_that_slack_does_not_know_is_told_so(office: Office) -> None:
    office.lead.inject({"where": "users.info", "kind": "refuse", "error": "user_not_found"})
    assert "does not know this person" in office.stock.command("/issue list", "C0SALES").response["text"]


def test_who_is_known_goes_on_while_slack_does_not_answer(office: Office) -> None:
    with office.store() as work:
        long_ago = MONDAY - timedelta(days=400)
        work.of(Member).add(Member(user_id="U0STOCK", name="Stock", seen_at=long_ago), by="", at=MONDAY)
    office.lead.inject({"where": "users.info", "kind": "503"})
    assert "Slack" not in office.stock.command("/issue list", "C0SALES").response["text"]


def test_an_event_that_fails_is_not_acknowledged_and_comes_again(office: Office) -> None:
    office.lead.inject({"where": "views.publish", "kind": "500", "times": 1})
    assert not office.clerk.open_home().acked
    office.clerk.wait_for(office.clerk.home)
    office.clerk.wait_for(lambda: metric(office, "event", "done") == 1)
    assert metric(office, "event", "failed") == 1


def test_an_event_waits_for_slack_to_say_who_it_is_of(office: Office) -> None:
    office.lead.inject({"where": "users.info", "kind": "429", "times": 1})
    office.clerk.say(office.clerk.dm, "hello")
    office.clerk.wait_for(lambda: said_to(office.clerk))
    assert metric(office, "event", "slack_away") == 1


def test_a_person_reads_a_reference_that_stands_in_every_line_of_the_log(office: Office) -> None:
    office.clerk.command("/gemba help", "C0SALES")
    office.lead.inject({"where": "views.open", "kind": "refuse", "error": "internal_error"})
    with capture_logs(processors=[merge_contextvars]) as logs:
        said = str(office.clerk.command("/issue Broken scale", "C0SALES").response)
    failed, request = [line for line in logs if line.get("kind") == "command"]
    assert failed["event"] == "handler failed" and request["outcome"] == "failed"
    assert failed["reference"] == request["reference"] and failed["reference"] in said
    assert "Broken scale" in said, "what was typed is not lost"


def test_a_redelivery_is_not_told_of_what_it_did_itself(office: Office) -> None:
    """Handled when its first delivery is done: the handler would ask whether this is the same as that issue."""
    office.clerk.command("/issue Broken scale", "C0SALES")
    form = office.clerk.modal()
    twice(office, "interactive", lambda: office.clerk.submit(form), later=0.3)
    (again,) = [entry for entry in office.lead.log() if "(again)" in entry["what"] and "issue.file" in entry["what"]][
        -1:
    ]
    assert not again["response"]
    assert metric(office, "submission", "handled_before") == 1
