"""Payloads made from the sandbox's own rules: each block with the least and the most, and once with each field."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sandbox import limits
from sandbox.rules import Anything, Flag, Items, Number, OneOf, Pattern, Rule, Shape, String, Text, When
from sandbox.validate import block_faults

DEEPEST = 3
"""Blocks stand in blocks; deeper than this nothing new comes."""
VARIANTS = 6
"""Of each kind at most so many inside of something that is inside a block."""
SURFACES = ("message", "modal", "home")
HEADED = {"type": "data_table", "caption": "c"}
HEADER = [{"type": "raw_text", "text": "h"}]
ROWS = (
    {"type": "rich_text", "elements": []},
    {
        "type": "action_cell",
        "element": {"type": "button", "text": {"type": "plain_text", "text": "b"}},
        "fallback": {"type": "raw_text", "text": "f"},
    },
)
POINTS = [{"label": "a", "value": 1}]
AXIS = {"categories": ["a"], "x_label": "x", "y_label": "y"}
BY_HAND: tuple[dict[str, Any], ...] = (
    *({**HEADED, "rows": [HEADER, [cell]]} for cell in ROWS),
    {"type": "data_visualization", "title": "t", "chart": {"type": "pie", "segments": POINTS}},
    *(
        {
            "type": "data_visualization",
            "title": "t",
            "chart": {"type": kind, "series": [{"name": "s", "data": POINTS}], "axis_config": AXIS},
        }
        for kind in ("line", "bar", "area")
    ),
)
"""What follows rules between fields, which the making by fields does not know."""


def accepted(surface: str) -> Iterator[dict[str, Any]]:
    """The blocks that the sandbox takes on a surface."""
    made = (block for kind in sorted(limits.BLOCK_TYPES[surface]) for block in blocks(kind))
    here = (block for block in BY_HAND if block["type"] in limits.BLOCK_TYPES[surface])
    for block in (*made, *here):
        if not list(block_faults([block], surface, "/blocks")):
            yield block


def blocks(kind: str) -> Iterator[dict[str, Any]]:
    """Blocks of one kind."""
    for made in samples(limits.BLOCKS[kind]):
        yield {"type": kind, **made}


def samples(rule: Rule, depth: int = 0) -> Iterator[Any]:
    """Values that a rule takes: the least, the most, and each choice."""
    match rule:
        case String(choices=choices) if choices:
            yield from choices
        case String():
            yield from _texts(rule.least, rule.most)
        case Pattern():
            assert rule is limits.DECIMAL
            yield from ("-1", "2.5")
        case When():
            yield datetime(2026, 12, 31, 9, 5, tzinfo=UTC).strftime(rule.layout)
        case Flag():
            yield from (True, False)
        case Number():
            yield from _numbers(rule)
        case Text():
            yield from _text_objects(rule)
        case Items():
            yield from _lists(rule, depth)
        case Shape():
            yield from _objects(rule, depth)
        case OneOf():
            yield from _any_of(rule, depth)
        case Anything():
            yield []  # the blocks of a view, which have a test of their own
        case _:
            raise AssertionError(f"no samples for {rule}")


def fields(rule: Rule, name: str, seen: set[tuple[str, str]] | None = None) -> set[tuple[str, str]]:
    """Each field that the rules know, with the `type` of the object that has it (or the field it stands in)."""
    seen = set() if seen is None else seen
    match rule:
        case Items():
            fields(rule.of, name, seen)
        case OneOf():
            for kind in _kinds(rule):
                fields(rule.family[kind], kind, seen)
        case Shape():
            new = {(name, key) for key in rule.fields} - seen
            seen |= new
            for _, key in sorted(new):
                fields(rule.fields[key], key, seen)
    return seen


def fields_in(value: Any, name: str = "") -> set[tuple[str, str]]:
    """The same of a payload."""
    if isinstance(value, list):
        return {found for item in value for found in fields_in(item, name)}
    if not isinstance(value, dict):
        return set()
    name = value.get("type", name)
    own = {(name, key) for key in value if key != "type"}
    return own.union(*(fields_in(item, key) for key, item in value.items()))


def _texts(least: int, most: int) -> Iterator[str]:
    yield "x" * max(least, 1)
    if most > least:
        yield "x" * min(most, 3_000)


def _numbers(rule: Number) -> Iterator[float]:
    low = max(rule.least, -1.5) if not rule.whole else int(max(rule.least, -1))
    high = min(rule.most, 9_999_999_999)
    yield low
    yield int(high) if rule.whole else high


def _text_objects(rule: Text) -> Iterator[dict[str, Any]]:
    for kind in rule.kinds:
        yield {"type": kind, "text": "x"}
        yield {"type": kind, "text": "x" * rule.most, "emoji" if kind == "plain_text" else "verbatim": True}


def _lists(rule: Items, depth: int) -> Iterator[list[Any]]:
    if rule.least == 0:
        yield []
    for number, item in enumerate(samples(rule.of, depth)):
        yield [item] * max(rule.least, 1)
        if number == 0:
            yield [item] * min(rule.most, 10)


def _objects(rule: Shape, depth: int) -> Iterator[dict[str, Any]]:
    least = {name: next(samples(rule.fields[name], depth), None) for name in rule.required}
    starts = [least]
    if rule.one_of:
        starts = [{**least, name: next(samples(rule.fields[name], depth), None)} for name in rule.one_of]
    starts = [made for made in starts if None not in made.values()]
    if not starts:  # what it needs would be too deep
        return
    yield from starts
    yield _everything(rule, depth)
    for name, field in rule.fields.items():
        excluded = {first if second == name else second for first, second in rule.never_both if name in (first, second)}
        for value in samples(field, depth):
            yield {**{key: kept for key, kept in starts[0].items() if key not in excluded}, name: value}


def _everything(rule: Shape, depth: int) -> dict[str, Any]:
    made = {name: next(samples(field, depth), None) for name, field in rule.fields.items()}
    unwelcome = {second for _, second in rule.never_both}
    return {name: value for name, value in made.items() if value is not None and name not in unwelcome}


def _any_of(rule: OneOf, depth: int) -> Iterator[dict[str, Any]]:
    if depth < DEEPEST:
        for kind in _kinds(rule):
            for made in islice(samples(rule.family[kind], depth + 1), VARIANTS if depth else None):
                yield {"type": kind, **made}


def _kinds(rule: OneOf) -> list[str]:
    return sorted(kind for kind in rule.family if rule.only is None or kind in rule.only)
