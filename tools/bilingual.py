"""Rewrites calls and records from pairs (`name=…, name_zh=…`, `Line`) to one value (`name=Bilingual(…)`).

`python -m tools.bilingual FILE …`; the formatter and the sorter of imports go over the files afterwards.
"""

import ast
import re
import sys
from pathlib import Path

FIELDS = dict.fromkeys(
    ("Process", "Department", "Kpi", "Pilot", "Metric", "Rollout", "Project", "Step", "Goal"), "name"
) | {"PilotProblem": "text"}
IMPORT = b"from domain.core.bilingual import Bilingual\n"
PAIR = re.compile(r"\.name\(([\w.]+)\.(name|text), \1\.\2_zh\)")


def rewritten(source: str) -> str:
    """The same file with one value in place of each pair."""
    source = PAIR.sub(r".name(\1.\2)", source)
    code, tree = source.encode(), ast.parse(source)
    starts = [0]
    for line in code.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("domain.")
        for alias in node.names
    }
    edits: list[tuple[int, int, bytes]] = []

    def begin(node: ast.AST) -> int:
        return starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]

    def end(node: ast.AST) -> int:
        return starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]

    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FIELDS.keys() & imported:
            field, given = FIELDS[node.func.id], {key.arg: key for key in node.keywords}
            first = node.args[0] if node.args else given[field].value if field in given else None
            second = node.args[1] if len(node.args) > 1 else given.get(f"{field}_zh")
            if first is None or isinstance(first, ast.Starred):
                continue
            if isinstance(first, ast.Call) and isinstance(first.func, ast.Name) and first.func.id == "Bilingual":
                continue
            if isinstance(second, ast.expr):
                edits.append((begin(first), begin(first), b"Bilingual("))
                edits.append((end(second), end(second), b")"))
                continue
            chinese = b""
            if second is not None:
                chinese = code[begin(second.value) : end(second.value)]
                before = max(end(one) for one in (*node.args, *node.keywords) if end(one) <= begin(second))
                edits.append((before, end(second), b""))
            joined = b"" if chinese in (b"", b'""') else b", " + chinese
            edits.append((begin(first), end(first), b"Bilingual(" + code[begin(first) : end(first)] + joined + b")"))
    for start, stop, text in sorted(edits, reverse=True):
        code = code[:start] + text + code[stop:]
    source = code.decode()
    if imported & {"Line", "NO_LINE"}:
        source = re.sub(r"\bLine\b", "Bilingual", re.sub(r"\bNO_LINE\b", "NO_TEXT", source))
        source = re.sub(
            r"from domain\.core\.record import ((?:NO_TEXT, )?Bilingual)(?:, (Record))?\n",
            lambda found: (
                f"from domain.core.bilingual import {found[1]}\n"
                + (f"from domain.core.record import {found[2]}\n" if found[2] else "")
            ),
            source,
        )
    if edits and "core.bilingual import" not in source:
        at = source.index("\nfrom ") + 1 if "\nfrom " in source else source.index("\nimport ") + 1
        source = source[:at] + IMPORT.decode() + source[at:]
    return source


def main(files: list[str]) -> None:
    for file in map(Path, files):
        source = file.read_text()
        if (new := rewritten(source)) != source:
            file.write_text(new)
            print(file)


if __name__ == "__main__":
    main(sys.argv[1:])
