"""`gemba kpi …`: bring values from the command line, and say which programs may push them."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.environment import current_settings
from bot.refusal import Refusal

kpi_cli = typer.Typer(no_args_is_help=True, help="KPI values: push one, import a file; the programs that may push.")
sources_cli = typer.Typer(no_args_is_help=True, help="The programs that push KPI values, each with its token.")
kpi_cli.add_typer(sources_cli, name="source")
TOKEN = "GEMBA_PUSH_TOKEN"

Team = Annotated[str, typer.Option("--team", help="The workspace's id (T…), where the database has several.")]


@kpi_cli.command("push", context_settings={"ignore_unknown_options": True})  # a value may begin with a minus
def push(
    key: str,
    value: str,
    period: Annotated[str, typer.Option(help="2026-11-20, 2026-W47, 2026-11 or 2026-Q4; today if left out.")] = "",
    segment: Annotated[str, typer.Option(help="Of a KPI that has segments: which one.")] = "",
    unit: Annotated[str, typer.Option(help="Refused if it is not the KPI's.")] = "",
    url: Annotated[str, typer.Option(help=f"Of a running bot; its token is in {TOKEN}. Else: this database.")] = "",
    team: Team = "",
) -> None:
    """Push one value of the KPI with this KEY, over HTTP or directly into the database."""
    from bot.commands.pushing import push_directly, push_over_http

    reading = {"period": period, "value": value, "segment": segment, "unit": unit}
    sent = {name: said for name, said in reading.items() if said}
    token = os.environ.get(TOKEN, "")
    if url and not token:
        raise Refusal(f"set {TOKEN}; `gemba kpi source add NAME` makes a token")
    done = push_over_http(url, token, key, sent) if url else push_directly(current_settings(), team, key, sent)
    typer.echo(f"{done.kpi}: {done.new} new, {done.corrected} corrected, {done.same} the same.")


@kpi_cli.command("import")
def import_values(
    file: Path,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    period: Annotated[str, typer.Option(help="For a file without a column for it: 2026-11-20, 2026-11 …")] = "",
    team: Team = "",
) -> None:
    """Import KPI values from a CSV or XLSX file: all of them, or none where a row does not fit."""
    from bot.commands.importing import import_file

    for line in import_file(current_settings(), team, file, day=period, dry=dry_run, progress=_progress):
        typer.echo(line)


@sources_cli.command("add")
def add_source(
    name: str,
    kpi: Annotated[list[str], typer.Option("--kpi", help="Only this KPI's key; may be given several times.")] = [],  # noqa: B006  typer's way
    team: Team = "",
) -> None:
    """Let a program push values. Prints its token, once."""
    from bot.commands.pushing import add_source as add

    token = add(current_settings(), team, name, kpi)
    typer.echo(f"The token of {name}, shown this once:", err=True)
    typer.echo(token)


@sources_cli.command("list")
def list_sources(team: Team = "") -> None:
    """The programs that may push, and when each was last heard."""
    from bot.commands.pushing import list_sources as listed

    for line in listed(current_settings(), team):
        typer.echo(line)


@sources_cli.command("revoke")
def revoke_source(name: str, team: Team = "") -> None:
    """Refuse a program's token from now on."""
    from bot.commands.pushing import revoke_source as revoke

    revoke(current_settings(), team, name)
    typer.echo(f"The token of {name} is refused from now on.")


def _progress(done: int, total: int) -> None:
    """On a terminal, one line that counts."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done:,} of {total:,}" + ("\n" if done == total else ""))
        sys.stderr.flush()
