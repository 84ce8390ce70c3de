"""Rewrites `work.issues.find(…)` to `work.of(Issue).find(…)` everywhere, and imports the record."""

import ast
import re
import subprocess
from pathlib import Path

from domain.core.stored import Stored
from domain.kinds import KINDS
from storage.tables import CORE
from tools.move import ROOT, tracked

OTHER = {"metrics": "pilot_metrics", "readings": "pilot_readings", "boxes": "suggestion_boxes"}
"""What a unit of work called differently than its table."""
METHODS = {"find", "one", "get", "known", "add", "change", "count", "pick", "add_all", "change_all"}


def stored() -> dict[str, Stored]:
    all_of = {one.table: one for one in (*CORE, *(one for kind in KINDS for one in kind.stored))}
    return all_of | {said: all_of[table] for said, table in OTHER.items()}


def rewrite(path: Path, known: dict[str, Stored]) -> None:
    text = path.read_text()
    lines = text.splitlines(keepends=True)
    edits = []
    for node in ast.walk(ast.parse(text)):
        outer, inner = node, getattr(node, "value", None)
        if isinstance(outer, ast.Attribute) and outer.attr in METHODS and is_records(inner, known):
            edits.append(inner)
        elif is_records(outer, known) and isinstance(outer.value, ast.Name) and outer.value.id == "work":
            edits.append(outer)
    places = {(n.end_lineno, n.end_col_offset): n for n in edits}
    for _, node in sorted(places.items(), key=lambda pair: pair[0], reverse=True):
        record = known[node.attr].record
        line = lines[node.end_lineno - 1].encode()
        end = node.end_col_offset
        made = line[: end - len(node.attr)] + f"of({record.__name__})".encode() + line[end:]
        lines[node.end_lineno - 1] = made.decode()
    if edits:
        path.write_text("".join(lines))


def is_records(node: ast.AST | None, known: dict[str, Stored]) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in known and isinstance(node.ctx, ast.Load)


def main() -> None:
    known = stored()
    records = {one.record.__name__: one.record.__module__ for one in known.values()}
    for path in tracked("*.py"):
        if "migrations" in path.parts or "tools" in path.parts:
            continue
        before = path.read_text()
        rewrite(path, known)
        after = path.read_text()
        if after == before:
            continue
        used = set(re.findall(r"\.of\((\w+)\)", after)) & set(records)
        imports = "".join(f"from {records[name]} import {name}\n" for name in sorted(used))
        at = next(n.lineno for n in ast.parse(after).body if isinstance(n, ast.Import | ast.ImportFrom))
        lines = after.splitlines(keepends=True)
        path.write_text("".join([*lines[: at - 1], imports, *lines[at - 1 :]]))
    run = [str(ROOT / ".venv/bin/ruff")]
    subprocess.run([*run, "check", "-q", "--select", "I,F811,F401", "--fix", "."], cwd=ROOT, check=False)
    subprocess.run([*run, "format", "-q", "."], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
