"""The command line. Exit status 0 only when it did what it was asked; else a one-line reason on stderr."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.logs import configure
from bot.settings import Mode, Settings

cli = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
database_cli = typer.Typer(no_args_is_help=True, help="The database: upgrade, backup, restore.")
jobs_cli = typer.Typer(no_args_is_help=True, help="What time does: list the jobs, run one by hand.")
cli.add_typer(database_cli, name="db")
cli.add_typer(jobs_cli, name="jobs")


class Refusal(Exception):
    """The command cannot be carried out; the text says why, and what to do."""


def main() -> None:
    """The console script."""
    from pydantic import ValidationError
    from slack_sdk.errors import SlackApiError

    try:
        cli(standalone_mode=True)
    except Refusal as refusal:
        sys.exit(f"gemba: {refusal}")
    except ValidationError as error:
        named = ", ".join(f"{str(detail['loc'][0]).upper()} ({detail['msg']})" for detail in error.errors())
        sys.exit(f"gemba: a setting cannot be used: {named}")
    except SlackApiError as error:
        sys.exit(f"gemba: Slack refused with '{error.response.get('error')}'; `gemba doctor` says what to do")


@cli.command()
def up() -> None:
    """Start the bot; without Slack tokens, the sandbox with example data and the bot in it."""
    settings = Settings()
    configure(pretty=sys.stderr.isatty())
    match settings.mode:
        case Mode.SANDBOX:
            from bot.sandboxed import run_in_sandbox

            run_in_sandbox(settings)
        case Mode.SOCKET:
            from bot.program import SocketBot, build

            if settings.slack_bot_token is None or settings.slack_app_token is None:
                raise Refusal("Socket Mode needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN; `gemba doctor` says where from")
            bot = SocketBot(build(settings))
            bot.start()
            print("Gemba is connected. Ctrl-C stops it.", flush=True)  # noqa: T201
            bot.run_until_signal()
            bot.stop()
        case Mode.HTTP:
            raise Refusal("HTTP mode is not there yet; use Socket Mode (SLACK_APP_TOKEN)")


@cli.command()
def manifest() -> None:
    """Print the app manifest to paste at Slack."""
    from bot.manifest import manifest as made

    typer.echo(json.dumps(made(Settings().gemba_prefix), indent=2, ensure_ascii=False))


@cli.command()
def doctor() -> None:
    """Say what is missing or wrong, each with its remedy. Exit status 1 when something is."""
    from rich.console import Console

    from bot.doctor import examine

    console, faults = Console(highlight=False), 0
    for finding in examine(Settings()):
        sign = "[red]✗[/red]" if finding.remedy else "[green]✓[/green]"
        console.print(f"{sign} [bold]{finding.what}[/bold]: {finding.found}")
        if finding.remedy:
            faults += 1
            console.print(f"    → {finding.remedy}")
    if faults:
        raise Refusal(f"{faults} thing{'s' if faults > 1 else ''} to mend, see above")


@cli.command()
def example() -> None:
    """Load the worked examples into the sandbox's database; does nothing where there are records already."""
    from bot.sandboxed import load_into_sandbox

    typer.echo("Loaded." if load_into_sandbox(Settings()) else "There are records already; nothing was loaded.")


@database_cli.command("upgrade")
def upgrade_database() -> None:
    """Bring the database to the tables of this version."""
    from storage.engine import open_engine
    from storage.upgrade import upgrade

    typer.echo(f"The database is at revision {upgrade(open_engine(Settings().database))}.")


@jobs_cli.command("list")
def list_jobs() -> None:
    """Each job's schedules in words: last run and its outcome, next run in local time."""
    from rich.console import Console
    from rich.table import Table

    from bot.by_hand import schedules_in_words

    table = Table("Job", "For", "Schedule", "Last run", "Outcome", "Next run", box=None)
    for row in schedules_in_words(Settings()):
        table.add_row(*row)
    Console(highlight=False).print(table)


@jobs_cli.command("run")
def run_job(
    name: str,
    at: Annotated[str, typer.Option(help="Business time, ISO 8601; UTC where it names no zone.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
) -> None:
    """Run a job now, or as if it were another time. Claims that period for good, unless it is a dry run."""
    from bot.by_hand import run_job_by_hand

    configure()
    moment = _moment(at)
    for line in run_job_by_hand(Settings(), name, moment, dry=dry_run):
        typer.echo(line)


def _moment(text: str) -> datetime:
    if not text:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(f"--at {text!r} is no ISO 8601 time; write 2026-11-23T09:00+01:00, say") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
