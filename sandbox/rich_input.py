"""What a client sends of a rich text input."""

from typing import Any

from sandbox.base import Json, Refused
from sandbox.limits import RICH_TEXT

VALUE = "rich_text_value"


def as_sent(state: Json) -> Json:
    """The state of a rich text input as a client sends it. A string is what was typed, in one paragraph.

    An empty field has no value at all: Bolt's types have none that is null. Raises Refused for what is no rich text.
    """
    value = state.get(VALUE)
    if isinstance(value, str):
        value = {"type": "rich_text", "elements": [_section(value)]}
    for fault in RICH_TEXT.check(value, f"/{VALUE}") if value is not None else ():
        raise Refused("invalid_rich_text", fault)
    kept = {key: other for key, other in state.items() if key != VALUE}
    return {**kept, VALUE: value} if _says(value) else kept


def _section(text: str) -> Json:
    return {"type": "rich_text_section", "elements": [{"type": "text", "text": text}] if text else []}


def _says(part: Any) -> bool:
    """Whether there is anything but space."""
    if not part:
        return False
    inner = part.get("elements")
    return any(map(_says, inner)) if inner is not None else part["type"] != "text" or bool(part["text"].strip())
