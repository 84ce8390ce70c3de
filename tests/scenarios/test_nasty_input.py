"""What people paste and type: kept as it was typed, shown as it is, and never anything that acts."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from html import escape
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from domain.core import Bilingual
from domain.issues.record import Issue
from domain.optimizations.record import Optimization
from domain.pilots.record import Feedback, Pilot
from domain.suggestions.record import Suggestion
from sandbox.person import Person
from tests.business_day import DAY
from tests.office import Office

TEXTS = {
    "markup": "<!channel> <@U0SPONSOR> <#C0TRIAGE> <https://evil.example|click> *bold* _it_ ~no~ `code` :tada: @here\n"
    "a &lt;b&gt; &amp; &amp;lt; &copy; <!subteam^S1>\n```\n<!here>\n```\n> quote\n1. one\n• two",
    "scripts": "مرحبا بالعالم \u202eabc\u202c 库存 👩‍👩‍👧‍👦🇨🇳👍🏽 ☎️ :smile: @channel "
    "a\u200bb\u200d\ufeffc <\u200b!channel> "
    "a\x07b\x1b[31mc\x7f\u2028d <!everyone>",
    "3,000 signs": ("库存&<!channel>" * 300)[:3_000],
    "3,000 ampersands": "&" * 3_000,
    "one long word": "W" * 3_000,
}
LIVE = re.compile(r"<!|<@U0SPONSOR|<#C0TRIAGE|<https://evil|@here|@channel|@everyone")
EMOJI = re.compile(r":(tada|smile):")
REFERENCE = re.compile(r"\b[0-9a-f]{8}\b")
EAST = Pilot(
    number=1,
    name=Bilingual("East China"),
    channel="C0SALES",
    starts=DAY - timedelta(days=14),
    ends=DAY + timedelta(days=27),
)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_it_survives_the_round_trip_and_does_nothing(office: Office, text: str) -> None:
    before, title = office.lead.log()[-1]["n"], " ".join(text.split())[:150].strip()
    with office.store() as work:
        work.set_workspace(by="", at=office.clock.now(), triage_channel="C0TRIAGE")
        work.of(Pilot).add(EAST, by="", at=office.clock.now())
    clerk = office.clerk
    _file_issue(clerk, title, text)
    _submitted(clerk, f"/suggest {text}", {"mode": "named"})
    _submitted(clerk, "/feedback", {"rating": "3", "works": text, "hinders": text, "wish": text})
    figures = {"effect_1_metric": title[:100], "effect_1_percent": "20 %"}
    _submitted(clerk, "/optimize", {"background": text, "measures": title, "remarks": text} | figures)
    _file_from_message(office, text)
    office.settle()

    with office.records() as work:
        first, second = work.of(Issue).find(order="number")
        assert (first.title, first.what) == (title, text)
        assert text in (second.what, second.title)
        assert [suggestion.text for suggestion in work.of(Suggestion).find()] == [text]
        (answer,) = work.of(Feedback).find()
        assert (answer.works, answer.hinders, answer.wish) == (text, text, text)
        (logged,) = work.of(Optimization).find()
        assert (logged.background, logged.remarks, logged.measures) == (text, text, (title,))
    card = office.lead.messages("C0SALES")[0]
    assert card["blocks"][0]["text"]["text"] in f"I-1 · {title}" or card["blocks"][0]["text"]["text"].endswith("…")
    assert _quoted(card) == text or (_quoted(card)[:-1] == text[: len(_quoted(card)) - 1] and len(text) == 3_000)
    for command in ("/issue list", "/issue show I-1", "/optimize list", "/suggest list", "/feedback summary P-1"):
        office.lead.command(command, "C0SALES")
    office.lead.open_home()
    office.settle()
    assert office.undelivered() == {}
    assert _broken_since(office, before) == []
    assert _acting(_said_by_the_bot(office)) == []


def test_a_command_that_is_not_understood_is_answered_in_full(office: Office) -> None:
    before = office.lead.log()[-1]["n"]
    commands = (
        "/gemba",
        "/optimize",
        "/issue show",
        "/gemba task",
        "/gemba task list",
        "/gemba kpi show",
        "/gemba kpi record",
        "/gemba pilot show",
        "/feedback",
        "/suggest status",
    )
    for command, text in product(commands, TEXTS.values()):
        outcome = office.clerk.command(f"{command} {text}", "C0SALES")
        assert outcome.acked and outcome.error is None, (command, outcome)
        if office.clerk.modal() is not None:
            office.clerk.close(clear=True)
    office.settle()
    assert _broken_since(office, before) == []
    said = _said_by_the_bot(office)
    assert _acting(said) == []
    assert not any("went wrong" in found for found in said)


def test_a_title_that_nobody_can_see_is_asked_for(office: Office) -> None:
    office.clerk.command("/issue", "C0SALES")
    outcome = office.clerk.submit(office.clerk.modal(), {"title": "\u200b \u2060\u200d"})
    assert list(outcome.errors) == ["title"]


def test_a_failure_says_so_with_a_reference_that_is_in_the_log_and_nothing_typed_is_lost(
    office: Office, tmp_path: Path
) -> None:
    office.clerk.command("/issue Broken scale", "C0SALES")
    with capture_logs(processors=[merge_contextvars]) as logs, _lost_table(tmp_path):
        refused = office.clerk.submit(office.clerk.modal(), {"what": "Since Monday <!channel>"})
        listed = office.clerk.command("/issue list", "C0SALES")
    (sentence,) = refused.errors.values()
    assert "went wrong" in sentence and "lost" in sentence
    references = [entry["reference"] for entry in logs if entry["event"] == "handler failed"]
    assert REFERENCE.findall(sentence) == references[:1]
    assert REFERENCE.findall(listed.response["text"]) == references[1:]
    assert any(entry.get("exc_info") for entry in logs)

    form = office.clerk.modal()
    assert form is not None and "Broken scale" in str(form["state"]) and "Since Monday <!channel>" in str(form["state"])
    assert office.clerk.submit(form).ok  # the same again, now that the table is back
    office.settle()
    with office.records() as work:
        assert [(issue.title, issue.what) for issue in work.of(Issue).find()] == [
            ("Broken scale", "Since Monday <!channel>")
        ]


def test_a_failed_button_says_so_to_who_pressed_it(office: Office, tmp_path: Path) -> None:
    office.clerk.command("/issue Broken scale", "C0SALES")
    office.clerk.submit(office.clerk.modal())
    office.settle()
    card = office.clerk.messages("C0SALES")[0]
    with capture_logs(processors=[merge_contextvars]) as logs, _lost_table(tmp_path):
        assert office.clerk.press(card, "issue.close").acked
    told = office.clerk.wait_for(lambda: [m for m in office.clerk.messages("C0SALES") if "went wrong" in m["text"]])
    (failed,) = [entry for entry in logs if entry["event"] == "handler failed"]
    assert failed["reference"] in told[0]["text"] and told[0]["is_ephemeral"]
    assert office.clerk.press(card, "issue.close").ok
    office.settle()
    with office.records() as work:
        assert all(issue.finished for issue in work.of(Issue).find())


class _lost_table:  # noqa: N801  used like a function
    """Somebody works on the database: the table of issues is not there for a while."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "gemba.db"

    def __enter__(self) -> None:
        self._run("ALTER TABLE issues RENAME TO gone")

    def __exit__(self, *_: object) -> None:
        self._run("ALTER TABLE gone RENAME TO issues")

    def _run(self, statement: str) -> None:
        connection = sqlite3.connect(self._file, timeout=5)
        connection.execute(statement)
        connection.commit()
        connection.close()


def _file_issue(person: Person, title: str, text: str) -> None:
    assert person.command(f"/issue {text}", "C0SALES").ok
    outcome = person.submit(person.modal(), {"title": title, "what": text})
    assert outcome.ok, outcome


def _file_from_message(office: Office, text: str) -> None:
    """A message shortcut: Slack escapes what was typed into a message."""
    message = office.lead.say("C0SALES", escape(text, quote=False))
    assert office.clerk.message_shortcut("message_to_issue", message).ok
    form = office.clerk.modal() or {}
    asked = any(block["block_id"] == "same_as" for block in form["blocks"])  # it is like the first one
    assert office.clerk.submit(form, {"same_as": "new"} if asked else {}).ok
    if office.clerk.modal() is not None:
        assert office.clerk.submit(office.clerk.modal(), {"same_as": "new"}).ok


def _submitted(person: Person, command: str, values: dict[str, Any]) -> None:
    assert person.command(command, "C0SALES").ok
    form = person.modal()
    assert form is not None, command
    filled = {
        next(block["block_id"] for block in form["blocks"] if block["block_id"].partition(":")[0] == name): value
        for name, value in values.items()
    }
    outcome = person.submit(form, filled)
    assert outcome.ok, (command, outcome)
    if person.modal() is not None:
        person.close(clear=True)


def _quoted(message: dict[str, Any]) -> str:
    quote = next(block for block in message["blocks"] if block["type"] == "rich_text")
    return str(quote["elements"][0]["elements"][0]["text"])


def _broken_since(office: Office, before: int) -> list[Any]:
    """The rules of the platform that were broken; the sandbox's log is that of the whole run."""
    return [entry["broke"] for entry in office.lead.log(after=before) if entry["broke"]]


def _said_by_the_bot(office: Office) -> list[str]:
    """Everything of the bot's that is read as mrkdwn: texts of messages, and mrkdwn objects anywhere."""
    found: list[str] = []
    for person in (office.clerk, office.lead):
        surfaces: list[Any] = [person.home(), *person.modals()]
        for channel in ("C0SALES", person.dm, *(["C0TRIAGE"] if person is office.lead else [])):
            messages = [message for message in person.messages(channel) if message.get("bot_id")]
            found += [message["text"] for message in messages]
            surfaces += messages
        found += _mrkdwn(surfaces)
    assert found
    return found


def _acting(said: list[str]) -> list[str]:
    """Those in which something acts; in a code span nothing but a mention would."""
    return [text for text in said if LIVE.search(text) or EMOJI.search(re.sub(r"`[^`]*`", "", text))]


def _mrkdwn(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        value = list(value.values())
    for item in value if isinstance(value, list) else []:
        yield from _mrkdwn(item)
