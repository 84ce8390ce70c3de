"""The console script itself, as a process of its own: its answers, its exit status, its one line of reason."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine

from bot.cli import cli
from bot.database import SANDBOX_TEAM, SCHEMA, open_database
from bot.example.load import WORKSPACE, workspace
from bot.manifest import manifest
from bot.settings import Settings
from domain.cards.messages import Card
from domain.core import Ref
from domain.people.actions import register
from domain.schedules.record import ScheduleRun
from sandbox.server import Sandbox
from storage.engine import open_engine
from storage.outbox.outcomes import failed
from storage.outbox.queue import Queue
from tests.conftest import MONDAY
from tests.office import Office

pytestmark = pytest.mark.opens_at(MONDAY)
GEMBA = Path(sys.executable).with_name("gemba")
OURS = ("SLACK_", "GEMBA_", "DATABASE_URL")
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
NOBODY_THERE = "http://127.0.0.1:1/api/"


class Shell:
    """A folder to run `gemba` in, and the environment it gets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = dict(CLEAN)

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [GEMBA, *command.split()],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def does(self, command: str) -> str:
        """What it prints when all is well."""
        done = self.run(command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refuses(self, command: str) -> str:
        """The one line of reason."""
        done = self.run(command)
        assert done.returncode == 1, done.stdout
        (reason,) = done.stderr.splitlines()
        return reason.removeprefix("gemba: ")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def furnished(shell: Shell, office: Office) -> Shell:
    """A shell beside a running office: its workspace, its database."""
    shell.environment |= {
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_APP_TOKEN": "xapp-sandbox",
        "SLACK_API_URL": office.sandbox.api_url,
        "DATABASE_URL": str(office.program.settings.database),
    }
    return shell


def test_the_manifest_is_the_one_in_the_repository(shell: Shell) -> None:
    printed = json.loads(shell.does("manifest"))
    assert printed == manifest()
    assert printed == json.loads((Path(__file__).parents[2] / "manifest.json").read_text())


def test_the_manifest_follows_the_prefix(shell: Shell) -> None:
    shell.environment["GEMBA_PREFIX"] = "acme-"
    assert '"/acme-issue"' in shell.does("manifest")


def test_every_command_has_its_help(shell: Shell) -> None:
    shown = shell.does("--help")
    assert all(command.callback.__name__ in shown for command in cli.registered_commands if command.callback)


def test_the_doctor_of_a_fresh_checkout_finds_nothing_to_mend_and_changes_nothing(shell: Shell) -> None:
    found = shell.does("doctor")
    assert "the sandbox: no tokens needed" in found and "the first start makes it" in found and "→" not in found
    assert list(shell.folder.iterdir()) == []


def test_the_doctor_misses_the_tokens(shell: Shell) -> None:
    shell.environment["GEMBA_MODE"] = "socket"
    found = shell.run("doctor")
    assert (found.returncode, found.stderr) == (1, "gemba: 1 thing to mend, see above\n")
    assert "→ set SLACK_BOT_TOKEN" in found.stdout


def test_the_doctor_cannot_reach_slack(shell: Shell) -> None:
    shell.environment |= {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": NOBODY_THERE}
    found = shell.run("doctor")
    assert (found.returncode, found.stderr) == (1, "gemba: 1 thing to mend, see above\n")
    assert "→ check the network" in found.stdout


def test_the_doctor_of_a_connected_workspace(furnished: Shell) -> None:
    found = furnished.run("doctor").stdout
    assert "✓ Bot token: works" in found and "✓ Scopes: all" in found and "✓ App token: works" in found
    assert "✓ Messages" in found and "✗ Triage channel: none" in found


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "503"},
        {"kind": "refuse", "error": "ratelimited"},
        {"kind": "refuse", "error": "internal_error"},
    ],
    ids=["503", "too often", "Slack's own"],
)
def test_the_doctor_blames_no_token_for_what_is_wrong_at_slack(
    furnished: Shell, office: Office, fault: dict[str, str]
) -> None:
    for where, what in (("auth.test", "Bot token"), ("apps.connections.open", "App token")):
        office.clerk.inject({"where": where, **fault})
        found = furnished.run("doctor").stdout
        assert "✗ Slack: does not answer as it should" in found and "→ try again in a minute" in found
        assert f"✗ {what}" not in found
    office.clerk.mend()


def test_the_doctor_names_the_scopes_that_are_missing(furnished: Shell) -> None:
    poorer = manifest()
    poorer["oauth_config"]["scopes"]["bot"] = ["chat:write", "commands"]
    sandbox = Sandbox(workspace=WORKSPACE, manifest=poorer).start()
    try:
        furnished.environment["SLACK_API_URL"] = sandbox.api_url
        found = furnished.run("doctor").stdout
    finally:
        sandbox.stop()
    assert "✗ Scope missing: app_mentions:read: it does not answer when it is mentioned" in found
    assert "pins:write" in found and "chat:write:" not in found
    assert "→ paste `gemba manifest` again" in found


def test_the_doctor_names_what_could_not_be_sent_and_the_remedy(furnished: Shell, office: Office) -> None:
    office.program.worker.stop()
    with office.store() as work:
        work.outbox.say(Card(Ref("issue", 1)), to="C0SALES", once="lost")
    queue = Queue(office.program.database.engine, SCHEMA.words, "test")
    delivery = queue.claim()
    assert delivery is not None
    queue.settle(delivery, failed("not_in_channel"))
    assert "1 × not_in_channel\n    → /invite the bot into the channel" in furnished.run("doctor").stdout


def test_the_database_is_brought_up_to_date(shell: Shell) -> None:
    assert shell.does("db upgrade") == "The database is at revision 0002.\n"
    file = shell.folder / "data" / "sandbox.db"
    assert (S_IMODE(file.stat().st_mode), S_IMODE(file.parent.stat().st_mode)) == (0o600, 0o700)
    assert shell.does("db upgrade") == "The database is at revision 0002.\n"


LOOKS = ("jobs list", "export kpis", "kpi source list", "jobs run weekly-sync --dry-run", "kpi import a.csv --dry-run")


@pytest.mark.parametrize("command", LOOKS)
def test_who_only_looks_makes_no_database_and_changes_none(shell: Shell, command: str) -> None:
    (shell.folder / "a.csv").write_text("KPI,Period,Value\n")
    done = shell.run(command)
    assert "start the bot once" in done.stdout + done.stderr
    assert [made.name for made in shell.folder.iterdir()] == ["a.csv"]
    shell.does("db upgrade")
    engine = at_revision(shell, "0000")
    assert shell.refuses(command).startswith("the database is at revision 0000: a newer Gemba has made it")
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    assert "run `gemba db upgrade`" in shell.refuses(command)


def test_a_database_of_a_newer_version_is_left_alone(shell: Shell) -> None:
    shell.does("db upgrade")
    at_revision(shell, "9999")
    for command in ("demo", "db upgrade", "jobs run weekly-sync"):
        assert "a newer Gemba has made it; update this one" in shell.refuses(command)
    assert "revision 9999 of 0002\n    → a newer Gemba has made it; update this one" in shell.run("doctor").stdout


def at_revision(shell: Shell, revision: str) -> Engine:
    """The shell's database, as another version left it."""
    engine = open_engine(f"sqlite:///{shell.folder}/data/sandbox.db")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
    return engine


def test_nobody_takes_over_the_database_of_another_workspace(furnished: Shell, office: Office, tmp_path: Path) -> None:
    database = open_database(Settings(_env_file=None, database_url=f"sqlite:///{tmp_path}/other.db"))
    with database.writing("T0REAL") as work:
        work.set_workspace(by="", at=MONDAY)
    furnished.environment["DATABASE_URL"] = f"sqlite:///{tmp_path}/other.db"
    for command in ("up", "jobs run weekly-sync"):
        assert furnished.refuses(command).startswith("this database belongs to the workspace T0REAL, the bot token to")
    furnished.environment["GEMBA_MODE"] = "sandbox"
    for command in ("up", "example", "jobs run weekly-sync"):
        assert "and the sandbox takes only one of its own; unset DATABASE_URL" in furnished.refuses(command)
    assert workspace()["team"]["id"] == SANDBOX_TEAM


def test_where_nothing_is_scheduled_the_list_says_what_to_do(shell: Shell) -> None:
    assert shell.does("jobs list").startswith("Nothing is scheduled yet")


def test_the_list_of_jobs_is_in_words_and_whole_in_a_pipe(furnished: Shell, office: Office) -> None:
    office.travel(minutes=1)
    [alerts] = [line.split("  ") for line in furnished.does("jobs list").splitlines() if "kpi-alerts" in line]
    assert [part.strip() for part in alerts if part.strip()] == [
        "kpi-alerts",
        "workspace",
        "every minute (UTC)",
        "2026-11-23 08:31",
        "nothing to say",
        "2026-11-23 08:32",
    ]


def test_a_job_is_tried_claimed_and_not_run_twice(furnished: Shell, office: Office) -> None:
    now = MONDAY.isoformat()
    tried = furnished.does(f"jobs run overdue-reminders --at {now} --dry-run")
    assert tried.startswith("2026-11-23T08:30Z  workspace  dry run, nothing to say")
    with office.records() as work:
        assert work.of(ScheduleRun).count() == 0
    with office.store() as work:
        register(work, office.program.gateway.member("U0CLERK"), now=MONDAY)
    on_tuesday = "jobs run overdue-reminders --at 2026-11-24T09:00+01:00"
    assert "2026-11-24  U0CLERK  nothing to say" in furnished.does(on_tuesday)
    assert "2026-11-24  U0CLERK  this period ran before" in furnished.does(on_tuesday)


@pytest.mark.parametrize(
    "command, reason",
    [
        pytest.param("jobs run weekly-snc", "there is no job 'weekly-snc'; did you mean weekly-sync?", id="a typo"),
        pytest.param("jobs run weekly-sync --at noon", "--at 'noon' is no ISO 8601 time", id="no moment"),
        pytest.param("jobs run weekly-sync", "nothing is scheduled for this job yet", id="nothing to run"),
    ],
)
def test_a_job_that_cannot_be_run_is_refused(shell: Shell, command: str, reason: str) -> None:
    assert shell.refuses(command).startswith(reason)


@pytest.mark.parametrize(
    "url, reason",
    [
        pytest.param("data/gemba.db", "a setting cannot be used: DATABASE_URL (not a URL", id="a path"),
        pytest.param("mysql://a:b@c/d", "a setting cannot be used: DATABASE_URL (mysql is not known", id="MySQL"),
        pytest.param("sqlite:////proc/gemba.db", "/proc/gemba.db cannot be written to (unable", id="no file there"),
        pytest.param("sqlite:////proc/no/gemba.db", "[Errno", id="no folder there"),
        pytest.param(
            "postgresql://u:secret@127.0.0.1:1/d", "the server of d cannot be reached (connection", id="no server"
        ),
    ],
)
def test_a_database_that_cannot_be_used_is_named_without_its_password(shell: Shell, url: str, reason: str) -> None:
    shell.environment["DATABASE_URL"] = url
    said = shell.refuses("db upgrade")
    assert said.startswith(reason) and "secret" not in said


def test_an_env_file_that_is_no_text_is_refused(shell: Shell) -> None:
    (shell.folder / ".env").write_bytes(b"GEMBA_LANGUAGE=\xff\n")
    assert shell.refuses("manifest").startswith(".env cannot be read")


def test_a_setting_that_cannot_be_used_is_named(shell: Shell) -> None:
    shell.environment |= {"GEMBA_HTTP_PORT": "eighty", "GEMBA_MODE": "carrier pigeon"}
    said = shell.refuses("manifest")
    assert "GEMBA_HTTP_PORT" in said and "GEMBA_MODE" in said


def test_tokens_that_slack_refuses_end_it_with_the_reason(furnished: Shell) -> None:
    furnished.environment |= {"SLACK_BOT_TOKEN": "xoxb-wrong", "DATABASE_URL": "sqlite:///other.db"}
    assert furnished.refuses("up").startswith("Slack refused with 'invalid_auth'")


def test_examples_are_not_loaded_into_a_real_workspace(furnished: Shell) -> None:
    assert furnished.refuses("example").startswith("the examples are for the sandbox")


@contextmanager
def running(shell: Shell, command: str = "demo") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`gemba demo`, and where its sandbox is."""
    with (shell.folder / "log").open("w") as log:
        process = subprocess.Popen(
            [GEMBA, *command.split()],
            cwd=shell.folder,
            env=shell.environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        assert process.stdout is not None
        told = next((line for line in process.stdout if "Open" in line), "")
        assert told, (shell.folder / "log").read_text()
        yield process, told.split()[-1]
    finally:
        process.kill()
        process.communicate()


def answers(address: str) -> bool:
    try:
        socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture
def usual_port_taken() -> Iterator[None]:
    """By us or by somebody else: what starts now has a port that nobody takes the moment it is free again."""
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            taken.bind(("127.0.0.1", 8091))
            taken.listen()
        yield


@pytest.mark.usefixtures("usual_port_taken")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_it_runs_in_its_sandbox_until_it_is_asked_to_stop(shell: Shell, how: signal.Signals) -> None:
    with running(shell) as (process, address):
        assert answers(address)
        if how is signal.SIGTERM:
            assert shell.refuses("demo").startswith("another Gemba runs on data/sandbox.db")
            assert shell.does("example") == "There are records already; nothing was loaded.\n"
            assert "C0SALES" in shell.does("jobs run weekly-sync --at 2026-11-23T09:00+01:00 --dry-run")
        process.send_signal(how)
        assert process.wait(timeout=30) == 0
    assert not answers(address)
    log = (shell.folder / "log").read_text()
    assert '"stopped"' in log and "Traceback" not in log


@pytest.mark.parametrize(
    "command, environment",
    [
        pytest.param("up", {"GEMBA_MODE": "sandbox"}, id="the mode that is set"),
        pytest.param("up --or-demo", {}, id="make run without tokens"),
        pytest.param("demo", {"SLACK_BOT_TOKEN": "xoxb-1", "GEMBA_MODE": "http"}, id="the demo, in spite of tokens"),
    ],
)
def test_the_sandbox_is_started_where_it_is_asked_for(shell: Shell, command: str, environment: dict[str, str]) -> None:
    shell.environment |= environment
    with running(shell, command) as (_, address):
        assert answers(address)
    assert (shell.folder / "data" / "sandbox.db").exists() and not (shell.folder / "data" / "gemba.db").exists()


def test_make_run_says_that_it_starts_the_sandbox(shell: Shell) -> None:
    process = subprocess.Popen(
        [GEMBA, "up", "--or-demo"], cwd=shell.folder, env=shell.environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "No Slack tokens are set: Gemba starts in its sandbox, with example data.\n"
    finally:
        process.kill()
        process.communicate()


def test_a_variable_that_is_nearly_one_of_ours_is_asked_about(shell: Shell) -> None:
    (shell.folder / ".env").write_text("DATABASE_ULR=sqlite:///mine.db\n")
    assert shell.refuses("db upgrade") == (
        "a variable is set that Gemba does not know: DATABASE_ULR (did you mean DATABASE_URL?); rename it, or unset it"
    )
    found = shell.run("doctor")
    assert found.returncode == 1 and "✗ DATABASE_ULR: is set, and not known" in found.stdout
    assert "→ did you mean DATABASE_URL?" in found.stdout


@pytest.mark.usefixtures("usual_port_taken")
def test_when_it_is_killed_its_sandbox_ends_too(shell: Shell) -> None:
    with running(shell) as (process, address):
        process.kill()
        process.wait()
        waited = monotonic()
        while answers(address) and monotonic() - waited < 30:
            sleep(0.05)
    assert not answers(address)


@pytest.mark.usefixtures("usual_port_taken")
def test_where_its_port_is_taken_it_takes_another(shell: Shell) -> None:
    with running(shell) as (_, address):
        assert not address.endswith(":8091") and answers(address)
