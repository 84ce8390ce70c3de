"""`gemba export kpis`: the monitoring table of all KPIs (T3) as a file."""

from collections.abc import Iterator
from pathlib import Path

from bot.commands.team import team_of
from bot.database import open_as_it_is
from bot.refusal import Refusal
from bot.settings import Settings
from domain.kpis.queries import export_rows
from views.core import language, tag_of_locale
from views.core.spreadsheets import KINDS
from views.kpis.export import table

KNOWN = ("en", "zh", "zh_CN", "zh-CN")


def export_kpis(settings: Settings, team: str, out: Path, spoken: str) -> Iterator[str]:
    """Write the file in the format that its name says, and tell so. Raises Refusal, OSError.

    `spoken`: `en` or `zh`; empty: the workspace's language.
    """
    make = KINDS.get(out.suffix.casefold().removeprefix("."))
    if make is None:
        raise Refusal(f"{out.name}: the file's name ends in .csv or .xlsx")
    if spoken and spoken not in KNOWN:
        raise Refusal(f"--language is en or zh, not {spoken!r}")
    database = open_as_it_is(settings)
    with database.reading(team_of(database, team)) as work:
        tag = tag_of_locale(spoken) or work.workspace.language
        rows = export_rows(work)
    out.write_bytes(make(table(rows, language(tag))))
    yield f"{out}: {len(rows)} rows."
