"""Every button, menu and modal has a handler, and every handler can be reached from a view."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from handlers.core import Kind
from handlers.registry import all_routes

ROOT = Path(__file__).parents[2]
ID = re.compile(r"[a-z_]+(\.[a-z_]+)+")
"""Ids of what is pressed or submitted have a dot (`issue.close`); plain inputs carry the name of their field."""
PREFIX = re.compile(r"([a-z_]+\.)+")


def test_every_id_in_a_view_has_a_handler_and_every_handler_is_in_a_view() -> None:
    routes = all_routes()
    handled = routes.names(Kind.ACTION) | routes.names(Kind.SUBMISSION) | routes.names(Kind.OPTIONS)
    exact, prefixes = _ids_in_views()
    built = {name for name in handled if any(name.startswith(prefix) for prefix in prefixes)}
    assert exact - handled == set(), "no handler for these"
    assert handled - exact - built == set(), "no view leads to these"


def _ids_in_views() -> tuple[set[str], set[str]]:
    exact, prefixes = set(), set()
    for path in (ROOT / "views").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.JoinedStr):
                prefixes |= set(_prefix(node))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                name = node.value.partition(":")[0]
                if ID.fullmatch(name) and not name.endswith((".py", ".po", ".txt", ".slack.com")):
                    exact.add(name)
    return exact, prefixes


def _prefix(node: ast.JoinedStr) -> Iterator[str]:
    first = node.values[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str) and PREFIX.fullmatch(first.value):
        yield first.value
