"""`/gemba NOUN VERB …`: the verb chooses the handler; one that is nearly a verb is asked about, and nothing is lost."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import inf

from domain.text.command_words import nearly, word_of
from domain.text.lookup import UnknownName
from handlers.core.replies import Reply, Say
from handlers.core.request import Request
from handlers.core.routing import Handler
from views.core import Language, name_choice, notices
from views.core.name_choice import Sentences

MOST_WORDS = 3
"""More words than this are a name, never a mistyped verb."""


@dataclass(frozen=True, slots=True)
class Verbs:
    """What can be done with a noun; the noun alone lists.

    `named` takes a name without a verb, and raises UnknownName. `unknown` answers what is no verb, nor nearly one.
    """

    noun: str
    handlers: Mapping[str, Handler]
    unknown: Handler
    named: Handler | None = None
    most_words: float = inf

    def run(self, request: Request) -> Reply:
        """Carry out the request, whose text is what stands behind the noun."""
        first, rest = first_word(request.text)
        verb = word_of(first or "list", self.handlers)
        if verb:
            request.text = rest
            return self.handlers[verb](request)
        with suppress(UnknownName):
            if self.named:
                return self.named(request)
        short = len(request.text.split()) <= self.most_words
        meant = nearly(first, self.handlers) if short else ""
        return did_you_mean(request, self.noun, f"{meant} {rest}") if meant else self.unknown(request)


def looked_up(noun: str, listing: Handler, show: Handler, sentences: Callable[[Language], Sentences]) -> Verbs:
    """`list`, `show NAME` or the name alone. `show` reads the name from the request's text, and raises UnknownName."""

    def show_or_offer(request: Request) -> Reply:
        try:
            return show(request)
        except UnknownName as error:
            return Say(name_choice.unknown(error.text, error.near, sentences(request.t), request.t))

    return Verbs(noun, {"list": listing, "show": show_or_offer}, show_or_offer, named=show, most_words=MOST_WORDS)


def first_word(text: str) -> tuple[str, str]:
    """The first word and the rest. Any space parts them: a Chinese one (`任务　列表`), a tab, a line break."""
    first, rest = [*text.split(None, 1), "", ""][:2]
    return first, rest.rstrip()


def did_you_mean(request: Request, noun: str, meant: str) -> Reply:
    return Say(notices.did_you_mean("gemba", f"{noun} {meant}".strip(), f"{noun} {request.text}", request.t))
