"""Long lists: what a message leaves out, and the modal that holds ten times as much."""

import json
from collections.abc import Sequence
from typing import Any

from views.core import blocks as b
from views.core.language import Language
from views.core.markup import Mrkdwn, lines, said

ROWS, SECTIONS = 10, 95
BYTES = 200_000
"""Slack takes a view of 250 KB."""


def more(count: int, t: Language) -> Mrkdwn:
    """`… and 14 more`."""
    return said(t.plural("… and {count} more", "… and {count} more", count))


def left_out(count: int, t: Language) -> list[b.Block]:
    """The same as a block, where a list was cut."""
    return [b.context(more(count, t))] if count > 0 else []


def row(text: Mrkdwn, what: str, name: str, t: Language) -> b.Block:
    """A line of a list; its button shows `what` (`pilot show P-1`) in full."""
    return b.section(
        text, b.button(t("Show"), "command.run", f"gemba {what}", label=t("Show {reference}", reference=name))
    )


def sections(rows: Sequence[Mrkdwn]) -> list[b.Block]:
    """As few sections as hold the lines: ten lines and 3,000 characters each."""
    return [b.section(lines(*chunk)) for chunk in _chunks(rows)]


def whole(
    title: str, heading: b.Block, rows: Sequence[Mrkdwn], t: Language, *, count: int | None = None
) -> dict[str, Any]:
    """All lines in a modal, as far as one holds them; `count` where there are more than `rows`."""
    chunks = _chunks(_within(rows, BYTES))[:SECTIONS]
    rest = (len(rows) if count is None else count) - sum(map(len, chunks))
    blocks = [b.section(lines(*chunk)) for chunk in chunks]
    return b.modal(b.READ_ONLY, title, [heading, *blocks, *left_out(rest, t)], close=t("Close"))


def _chunks(rows: Sequence[Mrkdwn]) -> list[list[Mrkdwn]]:
    chunks: list[list[Mrkdwn]] = []
    for line in rows:
        last = chunks[-1] if chunks else []
        if not chunks or len(last) == ROWS or sum(map(len, last)) + len(last) + len(line) > b.SECTION:
            chunks.append([])
        chunks[-1].append(line)
    return chunks


def _within(rows: Sequence[Mrkdwn], most: int) -> list[Mrkdwn]:
    """The first lines that take up at most so many bytes as they are sent, where a Chinese sign takes six."""
    kept = list[Mrkdwn]()
    for line in rows:
        most -= len(json.dumps(line))
        if most < 0:
            break
        kept.append(line)
    return kept
