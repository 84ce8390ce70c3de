"""KPI values from a file: upload it or point at it, look at what it would change, then import all of it."""

from datetime import date
from hashlib import sha256
from itertools import islice

from domain.core import Command, FormErrors, SharedFile, UserError
from domain.kpis.imports.actions import carry_out, plan_import
from domain.kpis.imports.form import ImportForm
from domain.kpis.imports.rows import RawValue, raw_values
from domain.people.routing import today_of
from handlers.core import Long, Open, Reply, Request, Routes, Say, Update, form_of, metadata_of
from views.kpis import imports as views

routes = Routes()
TABLES = (".csv", ".xlsx", ".tsv", ".txt")
LARGEST, MOST_ROWS = 2_000_000, 10_000
"""Bytes and rows. 10,000 rows are looked through in some 0.3 s (XLSX 0.9 s) and imported in as much again."""


def open_form(request: Request) -> Reply:
    """`/gemba kpi import`."""
    return Open(views.form(request.t))


@routes.shortcut("import_kpi_values")
def look_at_message(request: Request) -> Reply:
    """'Import KPI values' on a message with a file: of several, the first that is a table by its name."""
    files = request.payload["message"].get("files") or []
    if not files:
        raise UserError(
            "This message has no file. Choose one with a CSV or XLSX file, or type {command}.",
            command=Command("gemba kpi import"),
        )
    file = next((one for one in files if str(one.get("name") or "").lower().endswith(TABLES)), files[0])
    return Long(lambda: Open(_preview(request, str(file["id"]), None)), views.reading(request.t))


@routes.submission("kpi.import")
def look_at_upload(request: Request) -> Reply:
    form = form_of(request, ImportForm)

    def look() -> Reply:
        try:
            return Update(_preview(request, form.file[0].id, form.day))
        except UserError as problem:
            raise FormErrors({"file": problem.words}) from None

    return Long(look, views.reading(request.t))


@routes.submission("kpi.import.all")
def import_all(request: Request) -> Reply:
    """'Import 128 values': what was looked at, and nothing else."""
    return Long(lambda: _import(request), views.importing(request.t))


def _import(request: Request) -> Reply:
    kept = request.metadata
    file = request.directory.file(kept["file"], LARGEST)
    if _hash(file) != kept["hash"]:
        raise UserError("The file is another one by now. Close this and choose it again.")
    day = date.fromisoformat(kept["day"]) if kept.get("day") else None
    rows, member = _rows(file, dated=day is not None), request.member
    with request.writing() as work:
        today = today_of(member, work.workspace, request.now)
        plan = plan_import(work, rows, member=member, day=day, today=today)
        if plan.bad:  # a KPI was archived or changed meanwhile
            return Update(views.preview(plan, file.name, request.t))
        via = f"file:{file.name}"
        brought = carry_out(work, plan, by=member.user_id, via=via, now=request.now)
    return Say(views.imported(brought, file.name, request.t))


def _preview(request: Request, file_id: str, day: date | None) -> dict[str, object]:
    file = request.directory.file(file_id, LARGEST)
    rows = _rows(file, dated=day is not None)
    with request.reading() as work:
        today = request.today(work)
        plan = plan_import(work, rows, member=request.member, day=day, today=today)
    metadata = metadata_of(file=file_id, hash=_hash(file), day=day.isoformat() if day else "")
    return views.preview(plan, file.name, request.t, metadata)


def _rows(file: SharedFile, *, dated: bool) -> list[RawValue]:
    """Raises UserError where there is none, or more than can be done while somebody waits."""
    rows = list(islice(raw_values(file.content, dated=dated), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise UserError(
            "This file has more than {limit} rows. Import it in parts, or ask who runs Gemba for "
            "“gemba kpi import”, which takes any number.",
            limit=MOST_ROWS,
        )
    if not rows:
        raise UserError("This file has headings, but no values.")
    return rows


def _hash(file: SharedFile) -> str:
    return sha256(file.content).hexdigest()
