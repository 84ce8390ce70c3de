"""What rooms offer to all is imported from them: `python tools/facade.py`. Once it has been run it finds nothing."""

import ast
import re
from pathlib import Path

ROOTS = ("domain", "views", "handlers", "jobs", "bot", "storage", "tests", "benchmarks", "tools")
OFFERED = {
    "domain.core": (
        *("activity", "bilingual", "errors", "kind", "message", "ports"),
        *("record", "reference", "severity", "stored", "wording"),
    ),
    "views.core": ("language", "markup", "measures", "forms", "blocks"),
    "handlers.core": ("forms", "replies", "request", "routing", "showing", "verbs"),
}

DOCS = {
    "domain.core": '"""What everything in domain is made of."""',
    "views.core": '"""What all views are made of."""',
    "handlers.core": '"""What all handlers are made of."""',
}


def used() -> dict[str, dict[str, set[str]]]:
    """What is imported from each module of a core outside of it."""
    found: dict[str, dict[str, set[str]]] = {core: {} for core in OFFERED}
    for path in sources():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module:
                core, _, module = node.module.rpartition(".")
                if module in OFFERED.get(core, ()) and not within(path, core):
                    names = {one.name for one in node.names if not one.name.startswith("_")}
                    found[core].setdefault(module, set()).update(names)
    return found


def sources() -> list[Path]:
    return [path for root in ROOTS for path in Path(root).rglob("*.py") if "migrations" not in path.parts]


def within(path: Path, core: str) -> bool:
    return path.parent == Path(*core.split("."))


def offer(core: str, modules: dict[str, set[str]]) -> None:
    lines = [DOCS[core], ""]
    for module in sorted(modules):
        names = ", ".join(sorted(modules[module]))
        lines.append(f"from {core}.{module} import {names}")
    (Path(*core.split(".")) / "__init__.py").write_text("\n".join(lines) + "\n", "utf-8")


def take(path: Path, offered: dict[str, dict[str, set[str]]]) -> None:
    source = path.read_text("utf-8")
    lines = source.splitlines(keepends=True)
    for node in reversed(ast.parse(source).body):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        core, _, module = node.module.rpartition(".")
        if module not in OFFERED.get(core, ()) or within(path, core):
            continue
        names = [one for one in node.names if one.name in offered[core].get(module, ())]
        if len(names) != len(node.names):
            continue
        told = ", ".join(f"{one.name} as {one.asname}" if one.asname else one.name for one in names)
        lines[node.lineno - 1 : node.end_lineno] = [f"from {core} import {told}\n"]
    made = "".join(lines)
    if made != source:
        path.write_text(made, "utf-8")


def main() -> None:
    offered = used()
    for core, modules in offered.items():
        offer(core, modules)
    for path in sources():
        take(path, offered)


if __name__ == "__main__":
    main()
