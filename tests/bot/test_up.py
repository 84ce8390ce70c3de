"""`gemba up` as a process of its own: it serves, and ends by a signal, having answered."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import connect
from threading import Timer

import pytest

from sandbox.person import Person
from sandbox.server import Sandbox
from tests.bridge import Slack
from tests.site import PATIENCE, SECRET, figure, get, thoughtful

GEMBA = Path(sys.executable).with_name("gemba")
ALARM = 120  # seconds
Process = subprocess.Popen[str]


@contextmanager
def up(folder: Path, *, command: Sequence[Path | str] = (GEMBA, "up"), **environment: str) -> Iterator[Process]:
    """The process; killed where a test would wait for it for ever."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "GEMBA_"))}
    database = f"sqlite:///{folder}/gemba.db"
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**clean, "DATABASE_URL": database, "GEMBA_HTTP_PORT": "0", **environment},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    alarm = Timer(ALARM, process.kill)
    alarm.start()
    try:
        yield process
    finally:
        alarm.cancel()
        process.kill()
        process.communicate()


def http(api_url: str) -> dict[str, str]:
    return {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": api_url}


def socket_mode(api_url: str, port: int) -> dict[str, str]:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_APP_TOKEN": "xapp-sandbox"}
    return {**tokens, "SLACK_API_URL": api_url, "GEMBA_HTTP_PORT": str(port)}


def line(process: subprocess.Popen[str]) -> str:
    """The next line that it prints."""
    assert process.stdout is not None
    return process.stdout.readline()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_during_a_request_answers_it_and_ends_well(
    workspace_server: Sandbox, tmp_path: Path, number: signal.Signals
) -> None:
    with (
        thoughtful(workspace_server) as slack,
        up(tmp_path, **http(slack.url)) as process,
        ThreadPoolExecutor() as slacks,
    ):
        url = line(process).removeprefix("Gemba listens on ").partition(". ")[0]
        answer = slacks.submit(Slack(url, SECRET).command, "/issue Scale is broken")
        assert slack.thinks()
        process.send_signal(number)
        slack.may_go_on.set()
        assert answer.result()[0] == 200
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0 and "by force" not in said


@pytest.fixture
def clerk(workspace_server: Sandbox) -> Iterator[Person]:
    """Somebody in a fresh sandbox, where nothing goes wrong any more afterwards."""
    clerk = Person(workspace_server.url, "U0CLERK")
    clerk._call("POST", "/reset", b"{}")
    yield clerk
    clerk.mend()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_in_socket_mode_as_well(
    workspace_server: Sandbox, clerk: Person, tmp_path: Path, number: signal.Signals
) -> None:
    with up(tmp_path, **socket_mode(workspace_server.api_url, 0)) as process, ThreadPoolExecutor() as people:
        assert line(process).startswith("Gemba is connected")
        seen = clerk.log()[-1]["n"]
        clerk.inject({"where": "views.open", "kind": "slow", "delay": 0.6})
        answer = people.submit(clerk.command, "/issue Scale is broken", "C0SALES")
        clerk.wait_for(lambda: any(entry["what"] == "views.open" for entry in clerk.log(seen)))
        process.send_signal(number)
        assert answer.result().acked
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0 and "stopped" in said and "by force" not in said


@pytest.mark.parametrize(
    "fault", [{"kind": "503"}, {"kind": "refuse", "error": "internal_error"}, {"kind": "drop_before"}]
)
def test_it_asks_patiently_who_it_is_and_only_once(
    workspace_server: Sandbox, clerk: Person, tmp_path: Path, fault: dict[str, str]
) -> None:
    clerk.inject({"where": "auth.test", "times": 2, **fault})
    seen = clerk.log()[-1]["n"]
    with up(tmp_path, **socket_mode(workspace_server.api_url, 0)) as process:
        assert line(process).startswith("Gemba is connected")
    asked = [entry for entry in clerk.log(seen) if entry["what"] == "auth.test"]
    assert len(asked) == 3, "two that failed, and one"


def test_what_hangs_in_a_post_does_not_hold_it_up_and_its_lease_is_given_back(
    workspace_server: Sandbox, clerk: Person, tmp_path: Path
) -> None:
    with up(tmp_path, **socket_mode(workspace_server.api_url, 0)) as process:
        _post_into_the_void(process, clerk)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0 and "by force" not in said
    with closing(connect(tmp_path / "gemba.db")) as database:
        rows = database.execute("SELECT state, lease_until FROM outbox").fetchall()
    assert rows == [("unsure", None)]


def test_a_second_ctrl_c_ends_it_at_once(workspace_server: Sandbox, clerk: Person, tmp_path: Path) -> None:
    with up(tmp_path, **socket_mode(workspace_server.api_url, 0)) as process:
        _post_into_the_void(process, clerk)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        assert process.poll() is None, "it waits for the answer to the post"
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 130


def _post_into_the_void(process: subprocess.Popen[str], clerk: Person) -> None:
    """Let it say something that Slack takes and never answers."""
    assert line(process).startswith("Gemba is connected")
    clerk.inject({"where": "chat.postMessage", "kind": "timeout", "delay": 9})
    clerk.say(clerk.dm, "hello")
    clerk.wait_for(clerk.injected)


@pytest.mark.parametrize(
    "environment, reason",
    [
        pytest.param({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET", id="no secret"),
        pytest.param({"SLACK_BOT_TOKEN": "xoxb-1"}, "set SLACK_APP_TOKEN (Socket Mode) or", id="nor an app token"),
        pytest.param({"SLACK_APP_TOKEN": "x", "SLACK_SIGNING_SECRET": "s"}, "missing: SLACK_BOT_TOKEN (", id="no bot"),
        pytest.param({"SLACK_SIGNING_SECRET": "s"}, "missing: SLACK_BOT_TOKEN (", id="the secret alone"),
        pytest.param({"GEMBA_MODE": "http", "SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN", id="no token"),
        pytest.param(
            {"GEMBA_MODE": "http", "SLACK_BOT_TOKEN": "x"}, "missing: SLACK_SIGNING_SECRET", id="no secret for HTTP"
        ),
        pytest.param({"GEMBA_MODE": "socket"}, "missing: SLACK_BOT_TOKEN and SLACK_APP_TOKEN", id="a mode, no tokens"),
        pytest.param({"SLACK_BOT_TOKN": "x"}, "SLACK_BOT_TOKN (did you mean SLACK_BOT_TOKEN?)", id="misspelt"),
        pytest.param(
            {"SLACK_BOT_TOKEN": "x", "SLACK_APP_TOKEN": "x", "GEMBA_TIMZONE": "UTC"},
            "GEMBA_TIMZONE (did you mean GEMBA_TIMEZONE?)",
            id="misspelt beside the tokens",
        ),
    ],
)
@pytest.mark.parametrize("how", ["up", "up --or-demo"])
def test_with_half_an_environment_it_refuses_and_makes_nothing(
    tmp_path: Path, environment: dict[str, str], reason: str, how: str
) -> None:
    with up(tmp_path, command=(GEMBA, *how.split()), **environment) as process:
        printed, said = process.communicate()
    assert (process.returncode, printed) == (1, "")
    assert said.startswith("gemba: ") and reason in said and said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_without_tokens_it_refuses_and_says_both_ways_on(tmp_path: Path) -> None:
    with up(tmp_path) as process:
        printed, said = process.communicate()
    assert (process.returncode, printed) == (1, "") and list(tmp_path.iterdir()) == []
    assert said == (
        f"gemba: no Slack tokens are set (and there is no .env in {tmp_path}): set SLACK_BOT_TOKEN and SLACK_APP_TOKEN "
        "to serve a workspace, or start the sandbox with `gemba demo`\n"
    )


def test_an_environment_file_of_another_folder_is_missed(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\n")
    (elsewhere := tmp_path / "elsewhere").mkdir()
    with up(elsewhere) as process:
        _, said = process.communicate()
    assert process.returncode == 1 and f"there is no .env in {elsewhere}" in said


def test_make_run_says_that_it_serves_a_workspace(workspace_server: Sandbox, tmp_path: Path) -> None:
    with up(tmp_path, command=(GEMBA, "up", "--or-demo"), **http(workspace_server.api_url)) as process:
        assert line(process) == "Slack tokens are set: Gemba starts for your workspace (http mode).\n"
        assert line(process).startswith("Gemba listens on ")


def test_http_mode_refuses_an_address_that_is_taken(workspace_server: Sandbox, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environment = http(workspace_server.api_url) | {"GEMBA_HTTP_PORT": str(taken.getsockname()[1])}
        with up(tmp_path, **environment) as process:
            _, said = process.communicate()
    assert process.returncode == 1 and "set GEMBA_HTTP_HOST and GEMBA_HTTP_PORT" in said.splitlines()[-1]


def test_without_its_address_a_bot_with_a_socket_goes_on(workspace_server: Sandbox, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environment = socket_mode(workspace_server.api_url, taken.getsockname()[1])
        with up(tmp_path, **environment) as process:
            assert process.stderr is not None
            assert any("set GEMBA_HTTP_PORT" in said for said in process.stderr)
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0


def test_health_is_served_beside_the_socket_and_nothing_of_slack(workspace_server: Sandbox, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with up(tmp_path, **socket_mode(workspace_server.api_url, port)) as process:
        site = f"http://127.0.0.1:{port}"
        while not _ready(f"{site}/readyz"):
            assert process.poll() is None
            time.sleep(0.1)
        assert figure(get(f"{site}/metrics")[1], "gemba_sockets_connected") in (1, 2), "the second follows"
        assert get(f"{site}/slack/events")[0] == 404
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def _ready(url: str) -> bool:
    try:
        return get(url)[0] == 200
    except OSError:
        return False
