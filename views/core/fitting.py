"""Cutting texts, and whole messages, to what Slack takes."""

from typing import Any

BLOCKS = 50
CHARACTERS = 12_000
"""Undocumented: near 13,200 Slack refuses a message (`msg_blocks_too_long`)."""
STEPS = (2_000, 1_200, 700, 400, 250, 150, 80, 40)


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, the last an ellipsis where something is missing."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def cut_markup(text: str, limit: int) -> str:
    """Cut mrkdwn before a link or entity that would be torn."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    for opening, closing in (("<", ">"), ("&", ";")):
        start = kept.rfind(opening)
        if start > kept.rfind(closing) and (opening == "<" or len(kept) - start < 6):
            kept = kept[:start]
    return f"{kept}…"


def fitting(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks of a message. If there is too much in them, the longest texts are cut until it fits.

    Views cut their lists themselves and say how much is left out; this is for what people wrote at length.
    """
    if len(blocks) > BLOCKS:
        left_out = {"type": "context", "elements": [{"type": "plain_text", "text": "…"}]}
        blocks = [*blocks[: BLOCKS - 2], left_out, blocks[-1]]
    for limit in STEPS:
        if characters(blocks) <= CHARACTERS:
            break
        blocks = [_shortened(block, limit) for block in blocks]
    return blocks


def characters(part: Any) -> int:
    """What Slack counts at most: all text, escaped, and some hundred for each header. A table has its own limit."""
    if isinstance(part, list):
        return sum(map(characters, part))
    if not isinstance(part, dict) or part.get("type") == "table":
        return 0
    count = 100 if part.get("type") == "header" else 0
    for value in part.values():
        if isinstance(value, dict | list):
            count += characters(value)
    text = part.get("text")
    return count + _escaped_length(text, part.get("type")) if isinstance(text, str) else count


def _escaped_length(text: str, kind: Any) -> int:
    if kind == "mrkdwn":  # escaped already
        return len(text)
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def _shortened(part: Any, limit: int) -> Any:
    if isinstance(part, list):
        return [_shortened(item, limit) for item in part]
    if not isinstance(part, dict):
        return part
    made = {name: _shortened(value, limit) for name, value in part.items()}
    if isinstance(part.get("text"), str):
        made["text"] = (cut_markup if part.get("type") == "mrkdwn" else cut)(part["text"], limit)
    return made
