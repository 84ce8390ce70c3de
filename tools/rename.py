"""Gives names their plain terms, everywhere at once: `python tools/rename.py`. Once it has been run it finds nothing.

Names are renamed as tokens, never inside a text that people read; docstrings and comments follow.
"""

import io
import re
import tokenize
from pathlib import Path

ROOTS = ("domain", "views", "handlers", "jobs", "bot", "storage", "tests", "benchmarks", "tools")
EVERYWHERE = {
    "Problem": "UserError",
    "FormProblems": "FormErrors",
    "Rung": "EscalationLevel",
    "AlertRung": "AlertLevel",
    "know": "register",
    "kept_in": "metadata_in",
}
"""Names that mean one thing in the whole tree."""
IN_SOME = {
    "keep": ("metadata_of", re.compile(r"from handlers\.core\.request import|def kept_in|def metadata_in")),
    "unknown": ("unknown_members", re.compile(r"from domain\.people\.actions import .*\bunknown\b|def unknown\(work")),
}
"""Names that mean other things elsewhere: renamed only in files that say so."""
CACHED = re.compile(r"(?<=\.)known(?=\()|(?<=def )known(?=\(self, \*\*)")
"""A record as it was a second ago: `work.of(Workspace).known()`."""


def renamed(source: str) -> str:
    if "def known(self, team_id" not in source and "Tokens" not in source:
        source = CACHED.sub("cached", source)
    names = EVERYWHERE | {old: new for old, (new, where) in IN_SOME.items() if where.search(source)}
    lines = source.splitlines(keepends=True)
    for token in reversed(list(tokenize.generate_tokens(io.StringIO(source).readline))):
        text = token.string
        if token.type == tokenize.NAME:
            text = names.get(text, text)
        elif token.type == tokenize.COMMENT or (token.type == tokenize.STRING and text.startswith('"""')):
            text = re.sub(r"\b(Problem|FormProblems)\b(?!s? (with|of))", lambda found: EVERYWHERE[found[0]], text)
        if text != token.string:
            (row, start), (last, end) = token.start, token.end
            lines[row - 1 : last] = [lines[row - 1][:start] + text + lines[last - 1][end:]]
    return "".join(lines)


def main() -> None:
    for path in (path for root in ROOTS for path in Path(root).rglob("*.py")):
        if path.name == "rename.py" or "migrations" in path.parts:
            continue
        source = path.read_text("utf-8")
        if (made := renamed(source)) != source:
            path.write_text(made, "utf-8")


if __name__ == "__main__":
    main()
