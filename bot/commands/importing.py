"""`gemba kpi import`: the values of a file, after a look at what they would change."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.commands.team import team_of
from bot.database import open_as_it_is, open_database
from bot.http.push_models import in_english
from bot.refusal import Refusal
from bot.settings import Settings
from domain.core import UnitOfWork, UserError
from domain.kpis.imports.actions import BadRow, Plan, Progress, carry_out, plan_import
from domain.kpis.imports.rows import raw_values
from domain.kpis.values.actions import Upserted
from domain.people.routing import today_of
from domain.text.periods import day_in
from views.core import language

SHOWN = 20
LARGEST = 100_000_000  # bytes


def import_file(settings: Settings, team: str, file: Path, *, day: str, dry: bool, progress: Progress) -> Iterator[str]:
    """Lines that tell what is changed, or would be. Raises Refusal where a row does not fit: then nothing is."""
    if file.stat().st_size > LARGEST:
        raise Refusal(f"{file} is larger than {LARGEST // 1_000_000} MB; import it in parts")
    database = (open_as_it_is if dry else open_database)(settings)
    team_id, now = team_of(database, team), database.clock.now()
    content = file.read_bytes()

    def planned(work: UnitOfWork) -> Plan:
        fixed, today = day_in(day) if day else None, today_of(None, work.workspace, now)
        return plan_import(work, raw_values(content, dated=bool(day)), member=None, day=fixed, today=today)

    try:
        with database.reading(team_id, now=now) as work:
            plan = planned(work)
        if dry or plan.bad:
            yield from _summary(plan, dry=dry)
            return
        with database.writing(team_id, now=now) as work:  # planned anew: meanwhile somebody may have changed something
            plan = planned(work)
            brought = (
                Upserted()
                if plan.bad
                else carry_out(work, plan, by="", via=f"file:{file.name}", now=now, progress=progress)
            )
    except UserError as problem:
        raise Refusal(in_english(problem)) from None
    yield from _summary(plan, dry=False) if plan.bad else ()
    yield f"{brought.new} new, {brought.corrected} corrected, {brought.same} the same."


def _summary(plan: Plan, *, dry: bool) -> Iterator[str]:
    """What a plan would change. Raises Refusal after the rows that do not fit."""
    yield from _changes(plan) if dry else ()
    if plan.bad:
        yield from _bad(plan.bad)
        rows = "row" if len(plan.bad) == 1 else f"{len(plan.bad)} rows"
        raise Refusal(f"nothing was imported: mend the {rows} above and try again")
    yield f"{plan.new} new, {plan.corrected} corrected, {plan.same} the same; nothing was changed."


def _changes(plan: Plan) -> Iterator[str]:
    for kpi, value, before in plan.changes[:SHOWN]:
        name = f"{kpi.name}/{value.segment}" if value.segment else kpi.name
        what = f"{before} → {value.value}" if before is not None else f"{value.value} (new)"
        yield f"  {name}, {value.period}: {what}"
    if len(plan.changes) > SHOWN:
        yield f"  … and {len(plan.changes) - SHOWN} more"


def _bad(bad: Sequence[BadRow]) -> Iterator[str]:
    for row, reason in bad[:SHOWN]:
        yield f"  row {row}: {language('en').words(reason)}"
    if len(bad) > SHOWN:
        yield f"  … and {len(bad) - SHOWN} more"
