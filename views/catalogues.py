"""`make messages`: collects what the code says and merges it into the translations. `--check` only looks.

A translation is complete when every message of the code is in it, not fuzzy, with the same {places}.
"""

import sys
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATION = ROOT / "views" / "locales" / "zh_CN" / "LC_MESSAGES" / "gemba.po"
KEYWORDS = {"t": None, "_t": None, "markup": None, "words": None, "label": None, "plural": (1, 2)}
"""The functions that take a message as their first literal (`plural`: the first two)."""
SOURCES = ("domain", "views", "handlers", "jobs", "bot")


def collected() -> Catalog:
    """All messages of the code."""
    catalogue = Catalog(project="Gemba", charset="utf-8")
    for source in SOURCES:
        found = extract_from_dir(str(ROOT / source), [("**.py", "python")], keywords=KEYWORDS)
        for name, _line, message, _comments, _context in sorted(found, key=lambda entry: (entry[0], entry[1])):
            catalogue.add(message, locations=[(f"{source}/{name}", 0)])
    return catalogue


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
        merged.add(message.id, string, locations=message.locations)
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
