"""`list`, `show NAME`, or the name alone: how people look up what has a name."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.text.likeness import nearest
from domain.text.lookup import UnknownName
from handlers.core.replies import Reply, Say
from handlers.core.request import Request
from handlers.core.typed import first_word
from views.core import notices
from views.core.blocks import Rendered
from views.core.language import Language

Handler = Callable[[Request], Reply]
WORDS = {"": "list", "列表": "list", "查看": "show"}
MOST_WORDS = 3
"""More words than this are a name, never a mistyped verb."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """The verbs of `/gemba NOUN`. `show` reads the name from the request's text, and raises UnknownName."""

    noun: str
    list: Handler
    show: Handler
    unknown: Callable[[UnknownName, Language], Rendered]

    def run(self, request: Request) -> Reply:
        typed = request.text.strip()
        first, rest = first_word(typed)
        word = WORDS.get(first, first.casefold())
        if word == "list":
            return self.list(request)
        request.text = rest if word == "show" else typed
        try:
            return self.show(request)
        except UnknownName as error:
            meant = nearest(word, ("list", "show")) if word != "show" and len(typed.split()) <= MOST_WORDS else None
            if meant is None:
                return Say(self.unknown(error, request.t))
        return Say(
            notices.did_you_mean("gemba", f"{self.noun} {meant} {rest}".strip(), f"{self.noun} {typed}", request.t)
        )
