"""What the bot shows is what Slack's own types allow."""

from collections.abc import Iterator
from typing import Any

from sandbox import limits
from tests.sandbox.authority.conftest import Ask, ask
from tests.sandbox.authority.newer import newer_kind, without_newer
from tests.sandbox.authority.slack_types import Typed
from tests.views.every import every_view
from tests.views.extremes import Extremes
from views.core import Rendered, language

__all__ = ["ask"]


def test_slacks_types_allow_everything_that_the_bot_shows(ask: Ask) -> None:
    shown = list(_shown())
    assert {typed.type for typed in shown} == {"KnownBlock", "ModalView", "HomeView"} and len(shown) > 1_000
    assert ask(shown) == {}


def _shown() -> Iterator[Typed]:
    """All views, empty, in between and as long as can be."""
    for parameter in every_view():
        view = parameter.values[0]
        for size in (0, 1, 2):
            arguments = Extremes(0, size).arguments(view)
            given = {"t": language("zh_CN", "Asia/Shanghai")} if "t" in arguments else {}
            yield from _typed(view(**arguments | given))


def _typed(made: Any) -> Iterator[Typed]:
    """The parts of what a view makes, each with its type: types allow any block in a view."""
    match made:
        case Rendered():
            yield from _typed(made.blocks)
        case {"type": "modal" | "home" as kind, "blocks": blocks}:
            yield Typed(made | {"blocks": []}, {"modal": "ModalView", "home": "HomeView"}[kind])
            yield from _typed(blocks)
        case {"type": kind} if kind in limits.BLOCKS and not newer_kind(made):
            yield Typed(without_newer(made))
        case list():
            for item in made:
                yield from _typed(item)
