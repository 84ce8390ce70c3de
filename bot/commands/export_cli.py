"""`gemba export …`: what is stored, as files for people."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.environment import current_settings

export_cli = typer.Typer(no_args_is_help=True, help="Tables as files: the KPIs.")
KPIS = Path("kpis.csv")


@export_cli.callback()
def export() -> None:
    """Tables as files."""


@export_cli.command("kpis")
def export_kpis(
    out: Annotated[Path, typer.Option(help="Its name says the format: .csv (UTF-8, for Excel too) or .xlsx.")] = KPIS,
    language: Annotated[str, typer.Option(help="en or zh; the workspace's if left out.")] = "",
    team: Annotated[str, typer.Option(help="The workspace's id (T…), where the database has several.")] = "",
) -> None:
    """Each KPI with its newest value, in the columns of the monitoring table (T3)."""
    from bot.commands.exporting import export_kpis as exported

    for line in exported(current_settings(), team, out, language):
        typer.echo(line)
