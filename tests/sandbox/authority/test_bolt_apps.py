"""Bolt's documented apps run against the sandbox as they stand, as processes of their own, in both modes."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox.base import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from sandbox.person import ControlError, Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import TEAM

APPS = Path(__file__).parent / "apps"
Run = Callable[[str], Person]
MODES = ("socket", "http")


def newest(person: Person, channel: str = "") -> str:
    """The text of the newest message; empty while there is none."""
    return next((str(message["text"]) for message in reversed(person.messages(channel))), "")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workspace=TEAM) as running:
        yield running


@pytest.fixture
def launch(sandbox: Sandbox) -> Iterator[Callable[..., Person]]:
    """Start an app, wait until it is there, and return a person; `mode` is the one that its docs choose."""
    processes: list[subprocess.Popen[str]] = []

    def started(app: str, mode: str) -> Person:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SIGNING_SECRET, "PORT": str(port)}
        tokens |= {"SLACK_APP_TOKEN": APP_TOKEN} if mode == "socket" else {}
        command = [sys.executable, "-m", "sandbox.launch", "--sandbox", sandbox.url, str(APPS / app)]
        processes.append(subprocess.Popen(command, env=os.environ | tokens, stdout=subprocess.DEVNULL))
        lead = Person(sandbox.url, "U0LEAD")
        if mode == "socket":
            lead.wait_for(lambda: sandbox.platform.sockets.connected, timeout=20)
        else:
            lead.wait_for(lambda: _takes(lead, f"http://127.0.0.1:{port}/slack/events"), timeout=20)
        return lead

    yield started
    for process in processes:
        process.kill()
        process.wait()


def _takes(person: Person, url: str) -> bool:
    try:
        person.deliver_to(url)
    except ControlError:
        return False
    return True


@pytest.mark.parametrize("app, mode", [("hello.py", "socket"), ("hello_http.py", "http")])
def test_the_app_of_the_getting_started_guide(launch: Callable[..., Person], app: str, mode: str) -> None:
    lead = launch(app, mode)
    lead.say("C0TEAM", "hello, is anybody there?")
    card = lead.wait_for(lambda: [said for said in lead.messages("C0TEAM") if said["text"] == "Hey there <@U0LEAD>!"])
    assert lead.press(card[0], "button_click").ok
    lead.wait_for(lambda: newest(lead, "C0TEAM") == "<@U0LEAD> clicked the button")


@pytest.mark.parametrize("mode", MODES)
class TestTheConceptsOfBoltsDocs:
    """One app with what each page of them shows."""

    def test_commands_shortcuts_and_home(self, launch: Callable[..., Person], mode: str) -> None:
        lead = launch("concepts.py", mode)
        assert lead.command("/echo once more", "C0TEAM").ok
        lead.wait_for(lambda: newest(lead, "C0TEAM") == "once more")
        assert lead.command("/start-process dinner").ok
        texts = ("Accepted! (task: dinner)", "Completed! (task: dinner)")
        lead.wait_for(lambda: {said["text"] for said in lead.messages()} >= set(texts))
        said = lead.say("C0TEAM", "look at this")
        assert lead.message_shortcut("acknowledge", said).ok
        lead.wait_for(lambda: newest(lead, "C0TEAM") == "Seen: look at this")
        assert lead.open_home().ok
        assert "Welcome home" in lead.wait_for(lead.home)["blocks"][0]["text"]["text"]

    def test_modals(self, launch: Callable[..., Person], mode: str) -> None:
        lead = launch("concepts.py", mode)
        assert lead.shortcut("open_modal").ok
        assert lead.press(lead.wait_for(lead.modal), "button_abc").ok
        form = lead.wait_for(lambda: (view := lead.modal()) and view["callback_id"] == "view_2" and view)
        assert [option["value"] for option in lead.options(form, "external_action", "2")] == ["1-2"]
        values = {"input_c": "none", "choice": "Option 1"}
        assert lead.submit(form, values).errors == {"input_c": "The value must be longer than 5 characters"}
        assert lead.submit(form, values | {"input_c": "a great many"}).ok and lead.modal() is None
        lead.wait_for(lambda: newest(lead) == "Your submission: a great many")

    def test_messages_and_events(self, launch: Callable[..., Person], mode: str) -> None:
        lead = launch("concepts.py", mode)
        said = lead.say("C0TEAM", "hey you")
        lead.wait_for(lambda: [m for m in lead.messages("C0TEAM", said["ts"]) if m["text"] == "hey, how are you?"])
        photo = lead.say("C0TEAM", "", files=[lead.upload("photo.png", b"\x89PNG")["id"]])
        lead.wait_for(lambda: lead.message("C0TEAM", photo["ts"]).get("reactions"))
        lead._call("POST", "/people", b'{"id": "U0NEW", "name": "new"}')
        lead._call("POST", "/channels/C0TEAM/members", b'{"user": "U0NEW"}')
        lead.wait_for(lambda: any("Welcome, <@U0NEW>" in m["text"] for m in lead.messages("C0TEAM")))
