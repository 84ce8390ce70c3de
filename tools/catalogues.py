"""`make messages`: collects what the code says and merges it into the translations. `--check` only looks.

A translation is complete when every message of the code is in it, not fuzzy, with the same {places}.
"""

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATION = ROOT / "views" / "locales" / "zh_CN" / "LC_MESSAGES" / "gemba.po"
CALLS = {"t", "_t", "markup", "words", "label", "UserError", "NotFound", "NotAllowed", "AlreadyDone"}
"""The functions that take a message as their first literal; `plural` takes two."""
SOURCES = ("domain", "views", "handlers", "jobs", "storage", "bot")


def collected() -> Catalog:
    """All messages of the code. (Babel's own extractor passes over a call inside another one.)"""
    catalogue = Catalog(project="Gemba", charset="utf-8")
    for path in sorted(path for source in SOURCES for path in (ROOT / source).rglob("*.py")):
        for message in _messages(path):
            catalogue.add(message)
    return catalogue


def _messages(path: Path) -> Iterator[str | tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        literals = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name == "plural" and len(literals) == 2:
            yield literals[0], literals[1]
        elif name in CALLS and literals and node.args[0].__class__ is ast.Constant:
            yield literals[0]


def merge(translations: dict[str, str] | None = None) -> Catalog:
    """The translation with exactly the messages of the code; new ones are empty unless `translations` has them."""
    code, merged = collected(), Catalog(locale="zh_CN", project="Gemba", charset="utf-8", fuzzy=False)
    known = _read() if TRANSLATION.exists() else Catalog(locale="zh_CN")
    for message in code:
        if not message.id:
            continue
        old = known.get(message.id[0] if isinstance(message.id, tuple | list) else message.id)
        new = (translations or {}).get(_key(message))
        string = (new if isinstance(message.id, str) else (new,)) if new else old.string if old else None
        merged.add(message.id, string)
    return merged


def write(catalogue: Catalog) -> None:
    buffer = BytesIO()
    write_po(buffer, catalogue, width=120, no_location=True, sort_output=True, omit_header=False)
    kept = [line for line in buffer.getvalue().decode().splitlines() if not line.startswith('"POT-Creation-Date')]
    TRANSLATION.parent.mkdir(parents=True, exist_ok=True)
    TRANSLATION.write_text("\n".join(kept) + "\n", "utf-8")


def incomplete() -> list[str]:
    """What is missing, fuzzy, left over, or has other {places} than its message."""
    known, code = _read(), collected()
    faults = [
        f"not in the code any more: {_key(entry)}" for entry in known if entry.id and _key(entry) not in _keys(code)
    ]
    for message in code:
        if not message.id:
            continue
        entry = known.get(_key(message))
        if entry is None or not entry.string or not all(_strings(entry)):
            faults.append(f"missing: {_key(message)}")
        elif entry.fuzzy:
            faults.append(f"fuzzy: {_key(message)}")
        elif any(_places(string) != _places(_key(message)) for string in _strings(entry)):
            faults.append(f"other places: {_key(message)}")
    return faults


def _read() -> Catalog:
    with TRANSLATION.open("rb") as file:
        return read_po(file, locale="zh_CN")


def _key(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, tuple | list) else message.id)


def _keys(catalogue: Catalog) -> set[str]:
    return {_key(message) for message in catalogue if message.id}


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


if __name__ == "__main__":
    if "--check" not in sys.argv:
        write(merge())
    faults = incomplete()
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    sys.exit(1 if faults else 0)
