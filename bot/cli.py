"""The command line. Exit status 0 only when it did what it was asked; else a one-line reason on stderr."""

import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.error import URLError

import typer

from bot.commands.environment import check_tokens, current_settings, settings_as_they_are
from bot.commands.export_cli import export_cli
from bot.commands.kpi_cli import kpi_cli
from bot.logs import configure
from bot.refusal import Refusal
from bot.settings import Mode, Settings
from domain.core import NotNow

cli = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
database_cli = typer.Typer(no_args_is_help=True, help="The database: upgrade, back up, restore, move to PostgreSQL.")
jobs_cli = typer.Typer(no_args_is_help=True, help="What time does: list the jobs, run one by hand.")
cli.add_typer(database_cli, name="db")
cli.add_typer(jobs_cli, name="jobs")
cli.add_typer(kpi_cli, name="kpi")
cli.add_typer(export_cli, name="export")


def main() -> None:
    """The console script."""
    configure(pretty=sys.stderr.isatty())
    os.umask(0o077)  # data, copies and exports are for who runs the bot: files 0600, folders 0700
    try:
        cli(standalone_mode=True)
    except Exception as error:
        reason = _reason(error)
        if reason is None:
            raise
        sys.exit(f"gemba: {reason}")


def _reason(error: Exception) -> str | None:
    """What is told of a command that failed, in a line; None for what nobody expected."""
    if isinstance(error, Refusal):
        return str(error)
    from http.client import HTTPException  # these take 0.2 s, which no command that succeeds waits for

    from slack_sdk.errors import SlackApiError
    from sqlalchemy.exc import SQLAlchemyError

    match error:
        case SlackApiError():
            return f"Slack refused with '{error.response.get('error')}'; `gemba doctor` says what to do"
        case URLError():
            hint = "in the sandbox it is there while `gemba demo` runs; else `gemba doctor` says what to do"
            return f"Slack cannot be reached ({error.reason}); {hint}"
        case HTTPException():
            return f"Slack answers what is no HTTP ({type(error).__name__}); check SLACK_API_URL and the proxy"
        case OSError():
            return str(error)
        case NotNow():
            return error.reason
        case SQLAlchemyError():
            words = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            return f"the database cannot be used ({words}); check DATABASE_URL, its folder or its server"
    return None


def _tell_version(asked: bool) -> None:
    if asked:
        from bot.version import VERSION

        typer.echo(f"gemba {VERSION}")
        raise typer.Exit


@cli.callback()
def gemba(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A Slack bot for teams that improve business processes."""


@cli.command()
def up(
    or_demo: Annotated[bool, typer.Option("--or-demo", help="Without Slack tokens, do as `gemba demo` does.")] = False,
) -> None:
    """Start the bot in your workspace: needs Slack tokens."""
    settings = current_settings()
    in_sandbox = settings.mode is Mode.SANDBOX
    if not (or_demo and in_sandbox):
        check_tokens(settings)
    if or_demo and in_sandbox:
        why = "GEMBA_MODE is sandbox" if settings.gemba_mode else "No Slack tokens are set"
        typer.echo(f"{why}: Gemba starts in its sandbox, with example data.")
    elif or_demo:
        typer.echo(f"Slack tokens are set: Gemba starts for your workspace ({settings.mode} mode).")
    _start(settings)


@cli.command()
def demo() -> None:
    """Start the sandbox, a Slack on this machine, with example data and the bot in it. Needs no tokens."""
    _start(current_settings().model_copy(update={"gemba_mode": Mode.SANDBOX}))


def _start(settings: Settings) -> None:
    from storage.sole_process import AlreadyRunning, sole_process

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # until it is up, it ends as by Ctrl-C, cleaning up
    try:
        with sole_process(settings.database):
            _run(settings)
    except AlreadyRunning as running:
        raise Refusal(f"another Gemba runs on {running.file}; stop it first, or set another DATABASE_URL") from None


def _run(settings: Settings) -> None:
    match settings.mode:
        case Mode.SANDBOX:
            from bot.sandboxed import run_in_sandbox

            run_in_sandbox(settings)
        case Mode.SOCKET:
            from bot.program import build
            from bot.running.over_socket import SocketBot

            bot = SocketBot(build(settings))
            bot.start()
            bot.run_until_signal(lambda: typer.echo("Gemba is connected. Ctrl-C stops it."))
        case Mode.HTTP:
            from bot.program import build
            from bot.running.over_http import HttpBot

            server = HttpBot(build(settings))
            server.start()
            server.run_until_signal(lambda: typer.echo(f"Gemba listens on {server.url}. Ctrl-C stops it."))


@cli.command()
def manifest(
    http: Annotated[str, typer.Option(metavar="URL", help="For HTTP mode: where Slack finds the bot, https://…")] = "",
) -> None:
    """Print the app manifest to paste at Slack."""
    from bot.manifest import manifest as made

    if http and not http.startswith("https://"):
        raise Refusal(f"Slack sends requests to https:// addresses only, not to {http!r}")
    typer.echo(json.dumps(made(current_settings().gemba_prefix, http=http), indent=2, ensure_ascii=False))


@cli.command()
def doctor() -> None:
    """Say what is missing or wrong, each with its remedy. Exit status 1 when something is."""
    from bot.observability.doctor import examine

    faults = 0
    for finding in examine(settings_as_they_are()):
        faults += bool(finding.remedy)
        sign = typer.style("✗", fg="red") if finding.remedy else typer.style("✓", fg="green")
        typer.echo(f"{sign} {typer.style(finding.what, bold=True)}: {finding.found}")
        if finding.remedy:
            typer.echo(f"    → {finding.remedy}")
    if faults:
        raise Refusal(f"{faults} thing{'s' if faults > 1 else ''} to mend, see above")


@cli.command()
def example() -> None:
    """Load the worked examples into the sandbox's database; does nothing where there are records already."""
    from bot.sandboxed import load_into_sandbox

    typer.echo("Loaded." if load_into_sandbox(current_settings()) else "There are records already; nothing was loaded.")


@database_cli.command("upgrade")
def upgrade_database() -> None:
    """Bring the database to the tables of this version; of one in SQLite a copy is kept first."""
    from bot.database import open_database
    from storage.upgrade import current_revision

    typer.echo(f"The database is at revision {current_revision(open_database(current_settings()).engine)}.")


@database_cli.command("backup")
def back_up_database(
    file: Path,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is there.")] = False,
) -> None:
    """Copy the SQLite database to FILE, also while the bot runs, and check the copy."""
    from bot.commands.upkeep import back_up_database as back_up

    typer.echo(back_up(current_settings().database, file, overwrite=force))


@database_cli.command("restore")
def restore_database(file: Path) -> None:
    """Put the backup FILE in the place of the SQLite database, which is kept beside it. The bot must be stopped."""
    from bot.commands.upkeep import restore_database as restore

    typer.echo(restore(current_settings().database, file))


@database_cli.command("copy")
def move_database(source: str, target: str) -> None:
    """Copy all records from SQLite (sqlite:///data/gemba.db, say) to an empty PostgreSQL database, and compare them."""
    from bot.commands.upkeep import move_database as move

    typer.echo(move(source, target))


@jobs_cli.command("list")
def list_jobs() -> None:
    """Each job's schedules in words: last run and its outcome, next run in local time."""
    from rich.console import Console
    from rich.table import Table

    from bot.commands.timetable import schedules_in_words
    from jobs.registry import JOBS

    rows = list(schedules_in_words(current_settings()))
    if not rows:
        typer.echo("Nothing is scheduled yet: start the bot once, then set up a channel in /gemba settings. The jobs:")
        for job in JOBS.values():
            typer.echo(f"  {job.name:18} {job.does}")
        return
    table = Table("Job", "For", "Schedule", "Last run", "Outcome", "Next run", box=None)
    for row in rows:
        table.add_row(*row)
    wide = None if sys.stdout.isatty() else 200  # a file or pipe has no width
    Console(width=wide, highlight=False, markup=False).print(table)


@jobs_cli.command("run")
def run_job(
    name: str,
    at: Annotated[str, typer.Option(help="Business time, ISO 8601; UTC where it names no zone.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
) -> None:
    """Run a job now, or as if it were another time. Claims that period for good, unless it is a dry run."""
    from bot.commands.by_hand import run_job_by_hand

    moment = _moment(at)
    for line in run_job_by_hand(current_settings(), name, moment, dry=dry_run):
        typer.echo(line)


def _moment(text: str) -> datetime:
    if not text:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(f"--at {text!r} is no ISO 8601 time; write 2026-11-23T09:00+01:00, say") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
