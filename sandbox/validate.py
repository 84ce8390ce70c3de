"""Whether a message or a view is one that Slack would take."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sandbox import limits
from sandbox.base import Json, SlackError
from sandbox.blocks import elements_of, options_of
from sandbox.rules import Faults, Items, OneOf, fault


def check_message(content: Json, longest: int) -> None:
    """Raise what Slack answers to a message it does not take: `no_text`, `msg_too_long`, `invalid_blocks`, ..."""
    blocks, attachments = content.get("blocks"), content.get("attachments") or []
    if not (content.get("text") or blocks or attachments):
        raise SlackError("no_text")
    if len(content.get("text") or "") > longest:
        raise SlackError("msg_too_long")
    if not _objects(attachments) or not all(_objects(part.get("fields") or []) for part in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > limits.ATTACHMENTS:
        raise SlackError("too_many_attachments")
    faults = list(block_faults(blocks, "message", "/blocks")) if blocks is not None else []
    for number, part in enumerate(attachments):
        inner = part.get("blocks")
        faults += block_faults([] if inner is None else inner, "message", f"/attachments/{number}/blocks")
    if faults:
        raise SlackError("invalid_blocks", errors=faults, response_metadata={"messages": faults})
    if characters(blocks or []) > limits.BLOCKS_CHARACTERS:
        raise SlackError("msg_blocks_too_long")


def check_view(view: Any, kind: str) -> None:
    """Raise `invalid_arguments` with all faults of a view, or `view_too_large`."""
    faults = list(view_faults(view, kind))
    if faults:
        raise SlackError("invalid_arguments", response_metadata={"messages": faults})
    if len(json.dumps(view).encode()) > limits.VIEW_BYTES:
        raise SlackError("view_too_large")


def view_faults(view: Any, kind: str) -> Faults:
    """Find all that is wrong with a view of this kind (modal or home)."""
    yield from limits.VIEWS[kind].check(view, "/view")
    if not isinstance(view, dict):
        return
    yield from block_faults(view.get("blocks", []), kind, "/view/blocks")
    if kind == "modal" and not view.get("submit") and "input" in _types(view.get("blocks")):
        yield fault("missing required field: submit", "/view")


def block_faults(blocks: Any, surface: str, at: str) -> Faults:
    """Find all that is wrong with the blocks of a surface: message, modal or home."""
    rule = Items(OneOf(limits.BLOCKS, limits.BLOCK_TYPES[surface]), limits.BLOCK_COUNT[surface], least=0)
    found = list(rule.check(blocks, at))
    yield from found
    if not found:
        yield from _duplicates(blocks, at)
        yield from _counts(blocks, at)
        yield from _focus(blocks, at)
        yield from _choices(blocks, at)
        for number, block in enumerate(blocks):
            yield from SPECIAL.get(block["type"], _nothing)(block, f"{at}/{number}")


def characters(value: Any) -> int:
    """Count the text of blocks as Slack does for a whole message; tables have limits of their own."""
    if isinstance(value, list):
        return sum(characters(item) for item in value)
    if not isinstance(value, dict) or value.get("type") in (*limits.TABLE_CHARACTERS, "markdown"):
        return 0
    own = limits.HEADER_CHARACTERS if value.get("type") == "header" else 0
    own += len(value["text"]) if isinstance(value.get("text"), str) else 0
    return own + sum(characters(item) for item in value.values() if isinstance(item, (dict, list)))


def _duplicates(blocks: list[Json], at: str) -> Faults:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            yield fault(f"block_id already exists: {block_id}", f"{at}/{number}/block_id")
        seen |= {block_id} if block_id else set()
        actions = Counter(element.get("action_id") for element in elements_of(block))
        for action_id, count in actions.items():
            if action_id and count > 1:
                yield fault(f"action_id already exists: {action_id}", f"{at}/{number}")


def _counts(blocks: list[Json], at: str) -> Faults:
    counted = Counter(_types(blocks))
    for kind, most in limits.AT_MOST.items():
        if counted[kind] > most:
            yield fault(f"no more than {most} blocks of type {kind} allowed", at)
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > limits.MARKDOWN_CHARACTERS:
        yield fault(f"markdown blocks hold no more than {limits.MARKDOWN_CHARACTERS} characters together", at)


def _focus(blocks: list[Json], at: str) -> Faults:
    if sum(bool(element.get("focus_on_load")) for block in blocks for element in elements_of(block)) > 1:
        yield fault("only one element may set focus_on_load", at)


def _choices(blocks: list[Json], at: str) -> Faults:
    """What is chosen at first must be among the options, to the letter."""
    for number, block in enumerate(blocks):
        for element in elements_of(block):
            among = options_of(element)
            chosen = [element.get("initial_option"), *(element.get("initial_options") or [])]
            if among and any(one and one not in among for one in chosen):
                yield fault("initial options must exactly match options", f"{at}/{number}")


def _container(block: Json, at: str) -> Faults:
    if block.get("is_collapsible") and block.get("has_header_divider"):
        yield fault("cannot have a header divider when it is collapsible", f"{at}/has_header_divider")


def _table(block: Json, at: str) -> Faults:
    most = limits.TABLE_CHARACTERS[block["type"]]
    if sum(_cell_length(cell) for row in block["rows"] for cell in row) > most:
        yield fault(f"cells hold no more than {most} characters together", f"{at}/rows")


def _data_table(block: Json, at: str) -> Faults:
    yield from _table(block, at)
    if len({len(row) for row in block["rows"]}) > 1:
        yield fault("all rows must have the same number of cells", f"{at}/rows")
    if any(cell["type"] == "rich_text" for cell in block["rows"][0]):
        yield fault("header cells cannot be rich_text", f"{at}/rows/0")


def _chart(block: Json, at: str) -> Faults:
    chart = block["chart"]
    if chart["type"] == "pie":
        for number, segment in enumerate(chart["segments"]):
            if segment["value"] <= 0:
                yield fault("must be greater than 0", f"{at}/chart/segments/{number}/value")
        return
    categories = chart["axis_config"]["categories"]
    for number, series in enumerate(chart["series"]):
        if sorted(point["label"] for point in series["data"]) != sorted(categories):
            yield fault("must have one value for each category", f"{at}/chart/series/{number}/data")
    if len({series["name"] for series in chart["series"]}) < len(chart["series"]):
        yield fault("names must be unique", f"{at}/chart/series")


def _nothing(_block: Json, _at: str) -> Faults:
    yield from ()


SPECIAL = {"container": _container, "table": _table, "data_table": _data_table, "data_visualization": _chart}


def _objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _types(blocks: Any) -> list[str]:
    return [block.get("type", "") for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []


def _cell_length(cell: Any) -> int:
    return sum(len(text) for text in _strings(cell))


def _strings(value: Any) -> Iterator[str]:
    """All texts inside a cell."""
    for key, item in value.items() if isinstance(value, dict) else []:
        if key == "text" and isinstance(item, str):
            yield item
        for inner in item if isinstance(item, list) else [item]:
            yield from _strings(inner)
